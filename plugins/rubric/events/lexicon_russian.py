"""Russian words for rhythms, in the cases in which they occur."""

from __future__ import annotations

import re

from rubric.events.lexicon import MONTH, WEEK, YEAR, Entry, word

_FROM_THREE = ("три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять")
_NUMBERS = {"две": 2, "два": 2} | {name: n for n, name in enumerate(_FROM_THREE, 3)}
_NUMBER = rf"(?P<n>0?[1-9]|[1-9]\d|{'|'.join(_NUMBERS)})"
_ONCE = "(?:(?:1|один) )?раз в"
_EVERY = f"(?:{_ONCE}|каждые)"


def _number(match: re.Match[str]) -> int:
    text = match["n"].lower()
    return int(text) if text.isdigit() else _NUMBERS[text]


_MASCULINE = "(?:а|у|ом|е|и|ов|ам|ами|ах)?"
_FEMININE = "(?:а|ы|е|у|ой|ей|ам|ами|ах)?"
_DAYS = (
    rf"понедельник{_MASCULINE}|пн\.?",
    rf"вторник{_MASCULINE}|вт\.?",
    rf"сред{_FEMININE}|ср\.?",
    rf"четверг{_MASCULINE}|чт\.?",
    rf"пятниц{_FEMININE}|пт\.?",
    rf"суббот{_FEMININE}|сб\.?",
    r"воскресен(?:ье|ья|ью|ьем|ий|ьям|ьями|ьях)|вс\.?",
)
_HARD = "(?:ый|ой|ая|ое|ую|ого|ому|ом|ым|ые|ых)"
_SOFT = "(?:ий|яя|ее|юю|его|ей|ем|ему|им|ие|их)"
_ORDINALS = {
    1: f"перв{_HARD}",
    2: f"втор{_HARD}",
    3: "трет(?:ий|ья|ье|ью|ьего|ьему|ьей|ьем|ьим|ьи|ьих)",
    4: f"четв[её]рт{_HARD}",
    5: f"пят{_HARD}",
    -1: f"последн{_SOFT}",
    -2: f"предпоследн{_SOFT}",
}
_ENDING = "(?:й|я|е|ю|м|х|ый|ий|ой|ая|ья|ое|ье|ую|ью|го|ого|ом|ым)"
_MONTHS = (
    *("январ", "феврал", "март", "апрел", "ма", "июн"),
    *("июл", "август", "сентябр", "октябр", "ноябр", "декабр"),
)
_SHORT = ("янв", "февр?", "мар", "апр", "", "июн", "июл", "авг", "сент?", "окт", "нояб?", "дек")


def _month(number: int, stem: str, short: str) -> list[Entry]:
    hard = stem in ("март", "август")
    others = "|е|ом|у" if hard else "й|е|ем|ю" if stem == "ма" else "ь|е|ем|ю"
    abbreviation = [word(rf"{short}\.?", "M", (number, False))] if short else []
    return [
        word(f"{stem}{'а' if hard else 'я'}", "M", (number, True)),
        word(f"{stem}(?:{others})", "M", (number, False)),
        *abbreviation,
    ]


RUSSIAN: tuple[Entry, ...] = (
    *(word(pattern, "D", (n,)) for n, pattern in enumerate(_DAYS)),
    *(
        entry
        for number, (stem, short) in enumerate(zip(_MONTHS, _SHORT, strict=True), 1)
        for entry in _month(number, stem, short)
    ),
    *(word(pattern, "O", (n,)) for n, pattern in _ORDINALS.items()),
    word(rf"(?P<n>[1-5])-?{_ENDING}", "O", lambda match: (int(match["n"]),)),
    word(
        r"будн(?:и|ям|ях)|(?:будн|рабоч)(?:ие|им|их|ий) (?:дни|дням|дней|день)",
        "G",
        (0, 1, 2, 3, 4),
    ),
    word(
        r"выходн(?:ые|ым|ых|ой)(?: (?:дни|дням|дней|день))?",
        "?",
        "Write по субботам, по воскресеньям or по субботам и воскресеньям.",
    ),
    word(
        rf"через {_NUMBER} недел[иь]",
        "?",
        "Write раз в две недели or раз в 3 недели.",
    ),
    word("через месяц", "?", "Write раз в два месяца."),
    word("ежедневно|каждый день", "A", 1),
    word("через день", "A", 2),
    word(rf"{_EVERY} {_NUMBER} (?:день|дня|дней)", "A", _number),
    word(f"еженедельно|каждую неделю|{_ONCE} неделю", "F", (WEEK, 1)),
    word("через неделю|каждую (?:вторую|2-?ю) неделю", "F", (WEEK, 2)),
    word(rf"{_EVERY} {_NUMBER} недел[юиь]", "F", lambda match: (WEEK, _number(match))),
    word(f"ежемесячно|каждый месяц|{_ONCE} месяц", "F", (MONTH, 1)),
    word("каждый (?:второй|2-?й) месяц", "F", (MONTH, 2)),
    word(rf"{_EVERY} {_NUMBER} месяц(?:а|ев)?", "F", lambda match: (MONTH, _number(match))),
    word(f"ежегодно|каждый год|{_ONCE} год", "F", (YEAR, 1)),
    word("(?:каждого )?месяца|в месяце|в каждом месяце", "f"),
    word("кажд(?:ый|ая|ое|ую|ого|ой|ом|ые|ых|ым)", "E"),
    word("через", "2"),
    word("и|а также", "&"),
    word("до", ">"),
    word("со?", "<"),
    word(r"(?:но )?(?:(?:кроме|исключая|за исключением)(?: как)?(?: во?)?|не во?)", "X"),
    word("только|лишь", "!"),
    word("включительно", "i"),
    word("раз", "u"),
    word("во?|на", "p"),
    word("по", "B"),
)
