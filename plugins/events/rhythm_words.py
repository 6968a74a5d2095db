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
    "1": ("first", "1st", "перв", "第一"),
    "2": ("second", "2nd", "втор", "第二"),
    "3": ("third", "3rd", "трет", "第三"),
    "4": ("fourth", "4th", "четвёрт", "четверт", "第四"),
    "5": ("fifth", "5th", "пят", "第五"),
    "-1": ("last", "последн", "最后", "最後"),
}
_EVERY_OTHER_WEEK = re.compile(
    r"every (?:other|second|two|2) weeks?|every fortnight|fortnightly|every other (?=\w+day)"
    r"|каждую вторую неделю|раз в (?:две|2) недели|каждые (?:две|2) недели|через неделю"
    r"|每[两兩2]\s?[周週]|每[两兩2][个個]?(?:星期|礼拜|禮拜)|隔[周週]"
)
_EVERY_OTHER_MONTH = re.compile(
    r"every (?:other|second|two|2) months?|каждый второй месяц|раз в (?:два|2) месяца"
    r"|каждые (?:два|2) месяца|每[两兩2][个個]月|隔月"
)
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})")
# Behind a number there is no word boundary: "7:30pm".
_MORNING = re.compile(r"(?<![^\W\d_])a\.?m\b")
_AFTERNOON = re.compile(r"(?<![^\W\d_])p\.?m\b|\bвечера\b|\bдня\b|下午|傍晚|晚上")
_UNKNOWN = re.compile(
    r"\d|\bother\b|\balternat|fortnight|\bbi-?(?:week|month)|\bodd\b|\beven\b|\btwo\b|\bthree\b"
    r"|\bexcept|\bquarter|\byear"
    r"|недел[юи]|чётн|четн|\bдв[ае]\b|\bтри\b|\bкроме\b|кварт|\bгод"
    r"|两|兩|隔|单|單|双|雙|除|季|年"
)
"""What would change the days, so that leaving it out would promise wrong ones."""
_MONTHLY = re.compile("month|меся|月")


def parse_words(text: str) -> tuple[str, str]:
    """The RRULE that words mean, and the time in them (or '').

    Understands English, Russian and Chinese. Raises ValueError for other words.
    """
    words = text.casefold()
    at = _find_time(words)
    words = _TIME.sub(" ", words)
    interval = ""
    if _EVERY_OTHER_WEEK.search(words):
        words, interval = _EVERY_OTHER_WEEK.sub(" ", words), "WEEKLY"
    elif _EVERY_OTHER_MONTH.search(words):
        words, interval = _EVERY_OTHER_MONTH.sub(" ", words), "MONTHLY"
    # Weekdays go first: «второй вторник» and «четвёртый четверг» share stems with ordinals.
    days, words = _take(words, _WEEKDAYS)
    ordinals, words = _take(words, _ORDINALS)
    by_day = _combine(ordinals, days)
    is_monthly = interval == "MONTHLY" or bool(_MONTHLY.search(words))
    is_weekly = interval == "WEEKLY"
    if not by_day or _UNKNOWN.search(words) or (is_weekly if ordinals else is_monthly):
        raise ValueError(
            f"“{text}” is not understood. Write words such as every first Thursday 18:30, or a "
            "rule such as FREQ=MONTHLY;BYDAY=1TH."
        )
    frequency = "MONTHLY" if ordinals else "WEEKLY"
    skip = ";INTERVAL=2" if interval else ""
    return f"FREQ={frequency}{skip};BYDAY={','.join(by_day)}", at


def _find_time(words: str) -> str:
    match = _TIME.search(words)
    if match is None:
        return ""
    hour = int(match[1])
    if hour < 12 and _AFTERNOON.search(words):
        hour += 12
    elif hour == 12 and _MORNING.search(words):
        hour = 0
    return f"{hour:02}:{match[2]}"


def _combine(ordinals: dict[int, str], days: dict[int, str]) -> list[str]:
    """`1TU, 3TU` of "first and third Tuesday"; `1TU, 3TH` of "first Tuesday, third Thursday".

    Empty where it isn't clear which ordinal belongs to which day.
    """
    groups: list[tuple[list[str], list[str]]] = []
    for place in sorted([*ordinals, *days]):
        if not groups or (place in ordinals and groups[-1][1]):
            groups.append(([], []))
        groups[-1][place in days].append(ordinals.get(place) or days[place])
    if len(groups) == 2 and not groups[0][0] and not groups[1][1]:
        groups = [(groups[1][0], groups[0][1])]  # "Tuesdays: first and third"
    if any(not named or (ordinals and not which) for which, named in groups):
        return []
    found = [f"{n}{day}" for which, named in groups for n in which or [""] for day in named]
    return list(dict.fromkeys(found))


def _take(words: str, table: dict[str, tuple[str, ...]]) -> tuple[dict[int, str], str]:
    """Where in the words which code's stems stand, and the words without them."""
    found = {}
    for code, stems in table.items():
        for stem in stems:
            # A stem begins a word, except in Chinese, which has no spaces.
            pattern = rf"(?<![^\W_]){stem}\w*" if stem[0] < "\u0500" else stem
            for match in re.finditer(pattern, words):
                found[match.start()] = code
            words = re.sub(pattern, lambda match: " " * len(match[0]), words)
    return found, words
