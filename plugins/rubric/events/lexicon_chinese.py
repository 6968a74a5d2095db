"""Chinese words for rhythms, simplified and traditional."""

from __future__ import annotations

import re

from rubric.events.lexicon import MONTH, WEEK, YEAR, Entry, part, span

_DIGITS = "一二三四五六七八九十"
_DAYS = "一二三四五六日"
_DAY = "[一二三四五六日天]"
_WEEK = "(?:周|週|星期|礼拜|禮拜)"
_PIECE = "[个個]?"
_NUMBER = r"(?P<n>0?[1-9]|[1-9]\d|十[一二]?|[一二三四五六七八九两兩])"
_NOT_A_DAY = f"(?!{_DAY}|末)"
# A numeral before one of these is not another weekday: 周五六点, 周四一月除外.
_NOT_A_NUMBER = "(?![月点點时時号號])"
_ONCE = "(?:一次)?"


def number_of(text: str) -> int:
    """Return the value of a numeral up to 99: `12`, `两`, `十二`, `四十五`."""
    if text.isdigit():
        return int(text)
    text = text.replace("两", "二").replace("兩", "二").replace("零", "").replace("〇", "")
    tens, ten, ones = text.rpartition("十")
    value = (_DIGITS.index(tens) + 1 if tens else 1) * 10 if ten else 0
    return value + (_DIGITS.index(ones) + 1 if ones else 0)


def _number(match: re.Match[str]) -> int:
    return number_of(match["n"])


def _days(match: re.Match[str]) -> tuple[int, ...]:
    return tuple(_day(char) for char in match["days"] if char in f"{_DAYS}天")


def _range(match: re.Match[str]) -> tuple[int, ...]:
    return tuple(span(_day(match["first"]), _day(match["last"]), 7))


def _day(char: str) -> int:
    return _DAYS.index("日" if char == "天" else char)


def _ordinals(match: re.Match[str]) -> tuple[int, ...]:
    return tuple(number_of(char) for char in re.findall("[一二三四五1-5]", match[0]))


CHINESE: tuple[Entry, ...] = (
    part(rf"{_WEEK}(?P<days>{_DAY}(?:[、,]?{_DAY})*){_NOT_A_NUMBER}", "D", _days),
    part(rf"{_WEEK}(?P<first>{_DAY})[至到~–-](?P<last>{_DAY}){_NOT_A_NUMBER}", "G", _range),
    part("工作日|平日", "G", (0, 1, 2, 3, 4)),
    part("[周週]末", "?", "Write 周六, 周日 or 周六和周日."),
    part("[双雙单單][周週]", "?", "Write 每两周."),
    part(
        rf"每隔(?:[2-9]|[二三四五六七八九两兩]){_PIECE}{_WEEK}",
        "?",
        "Write 每两周 or 每3周.",
    ),
    part(
        rf"(?<![\d{_DIGITS}])(?P<n>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?",
        "M",
        lambda match: (_number(match), False),
    ),
    part("第[一二三四五1-5](?:[、,和及与與]第?[一二三四五1-5])*[个個]?", "O", _ordinals),
    part(
        "倒[数數]第(?P<n>[一二三四五1-5])[个個]?",
        "O",
        lambda match: (-number_of(match["n"]),),
    ),
    part("最[后後末](?:一?[个個]|一)?", "O", (-1,)),
    part("首[个個]", "O", (1,)),
    part("每[天日]|天天", "A", 1),
    part("隔[天日]", "A", 2),
    part(rf"每{_NUMBER}天", "A", _number),
    part(rf"每{_PIECE}{_WEEK}{_NOT_A_DAY}|每{_PIECE}{_WEEK}一次|一[周週]一次", "F", (WEEK, 1)),
    part(rf"隔{_WEEK}{_NOT_A_DAY}|每?隔[一1]{_PIECE}{_WEEK}", "F", (WEEK, 2)),
    part(
        rf"每{_NUMBER}{_PIECE}{_WEEK}{_ONCE}|{_NUMBER.replace('?P<n>', '?P<m>')}{_WEEK}一次",
        "F",
        lambda match: (WEEK, number_of(match["n"] or match["m"])),
    ),
    part(rf"每{_PIECE}月{_ONCE}|一[个個]?月一次", "F", (MONTH, 1)),
    part(rf"隔月|每?隔[一1]{_PIECE}月", "F", (MONTH, 2)),
    part(rf"每{_NUMBER}[个個]月{_ONCE}", "F", lambda match: (MONTH, _number(match))),
    part(rf"每年{_ONCE}|一年一次", "F", (YEAR, 1)),
    part("[当當]月", "f"),
    part(rf"每?逢|每(?:一?[个個])?(?![\d{_DIGITS}])", "E"),
    part(rf"隔(?={_WEEK}{_DAY})", "2"),
    part("和|以及|及|与|與|跟", "&"),
    part("(?:至|到)(?:次年|翌年|来年|來年|第二年)?", ">"),
    part("[从從自]", "<"),
    part("除了?|不包括|不含", "X"),
    part("除外|[以之]?外", "x"),
    part("[仅僅只]限?在?", "!"),
    part("[的在于於]", "p"),
)
