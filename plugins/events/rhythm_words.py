"""A rhythm in words, in the languages organisers write: "every first Thursday 18:30"."""

from __future__ import annotations

import re

# Stems: Russian weekdays and ordinals change their ends ("первый четверг", "первую среду").
_WEEKDAYS: dict[str, tuple[str, ...]] = {
    "MO": ("monday", "понедельник", "星期一", "周一", "週一", "礼拜一", "禮拜一"),
    "TU": ("tuesday", "вторник", "星期二", "周二", "週二", "礼拜二", "禮拜二"),
    "WE": ("wednesday", "сред", "星期三", "周三", "週三", "礼拜三", "禮拜三"),
    "TH": ("thursday", "четверг", "星期四", "周四", "週四", "礼拜四", "禮拜四"),
    "FR": ("friday", "пятниц", "星期五", "周五", "週五", "礼拜五", "禮拜五"),
    "SA": ("saturday", "суббот", "星期六", "周六", "週六", "礼拜六", "禮拜六"),
    "SU": ("sunday", "воскресень", "星期日", "星期天", "周日", "週日", "礼拜天", "禮拜天"),
}
_ORDINALS: dict[str, tuple[str, ...]] = {
    "1": ("first", "1st", "перв", "第一个", "第一個"),
    "2": ("second", "2nd", "втор", "第二个", "第二個"),
    "3": ("third", "3rd", "трет", "第三个", "第三個"),
    "4": ("fourth", "4th", "четвёрт", "четверт", "第四个", "第四個"),
    "-1": ("last", "последн", "最后一个", "最後一個"),
}
_EVERY_OTHER_WEEK = re.compile(
    r"every (?:other|second) week|каждую вторую неделю|раз в две недели|每两周|每兩週|隔周|隔週"
)
_EVERY_OTHER_MONTH = re.compile(
    r"every (?:other|second) month|каждый второй месяц|раз в два месяца|每两个月|每兩個月|隔月"
)
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})")


def parse_words(text: str) -> tuple[str, str]:
    """The RRULE that words mean, and the time in them (or '').

    Understands English, Russian and Chinese. Raises ValueError for other words.
    """
    words = text.casefold()
    at = _TIME.search(words)
    interval = ""
    if _EVERY_OTHER_WEEK.search(words):
        words, interval = _EVERY_OTHER_WEEK.sub(" ", words), "WEEKLY"
    elif _EVERY_OTHER_MONTH.search(words):
        words, interval = _EVERY_OTHER_MONTH.sub(" ", words), "MONTHLY"
    # Weekdays go first: «второй вторник» and «четвёртый четверг» share stems with ordinals.
    days, words = _take(words, _WEEKDAYS)
    ordinals, _ = _take(words, _ORDINALS)
    if not days or (interval == "MONTHLY" and not ordinals):
        raise ValueError(
            f"“{text}” is not understood. Write words such as every first Thursday 18:30, or a "
            "rule such as FREQ=MONTHLY;BYDAY=1TH."
        )
    by_day = ",".join(f"{n}{day}" for n in ordinals or [""] for day in days)
    frequency = "MONTHLY" if ordinals else "WEEKLY"
    skip = ";INTERVAL=2" if interval else ""
    return f"FREQ={frequency}{skip};BYDAY={by_day}", f"{at[1]}:{at[2]}" if at else ""


def _take(words: str, table: dict[str, tuple[str, ...]]) -> tuple[list[str], str]:
    """The codes whose stems stand in the words, in the words' order; the words without them."""
    found = []
    for code, stems in table.items():
        for stem in stems:
            # A stem begins a word, except in Chinese, which has no spaces.
            pattern = rf"(?<![^\W_]){stem}\w*" if stem[0].isascii() or stem[0] < "\u0500" else stem
            match = re.search(pattern, words)
            if match:
                found.append((match.start(), code))
                words = words[: match.start()] + " " * len(match[0]) + words[match.end() :]
                break
    return [code for _, code in sorted(found)], words
