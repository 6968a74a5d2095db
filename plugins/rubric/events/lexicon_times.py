"""Lexicon entry for times of day: `18:30`, “at 7 pm”, «в 7 вечера», 晚上7点半, and ranges."""

from __future__ import annotations

import re
from datetime import time

from rubric.events.lexicon import Entry
from rubric.events.lexicon_chinese import number_of
from rubric.events.rrule import RhythmError

_MORNING = ("am", "утра", "早上", "早晨", "上午", "凌晨")
_AFTERNOON = ("pm", "дня", "下午", "傍晚")
_EVENING = ("вечера", "晚上")

_BEFORE = "早上|早晨|上午|凌晨|中午|下午|傍晚|晚上"
_AFTER = r"a\.?m\.?|p\.?m\.?|утра|дня|вечера|ночи|часов|часа|ч\.?"
_NUMERAL = r"\d{1,2}|[一二三四五六七八九十两兩]{1,3}"
_MINUTES = r"\d{1,2}|[零〇]?[一二三四五六七八九十]{1,3}"


def _clock(n: int) -> str:
    """Return the pattern of one time; `n` is the suffix of its group names."""
    return (
        rf"(?:(?P<before{n}>{_BEFORE})\s*)?"
        rf"(?:(?P<hour{n}>\d{{1,2}}):(?P<minute{n}>\d{{2}})(?:\s*(?P<after{n}>{_AFTER})(?!\w))?"
        rf"|(?P<whole{n}>\d{{1,2}})\s*(?P<half{n}>{_AFTER})(?!\w)"
        rf"|(?P<han{n}>{_NUMERAL})[点點时時](?:(?P<rest{n}>半|(?:{_MINUTES})(?=分|\D|$)分?)|[钟鐘整])?)"
    )


_TIMES = (
    rf"(?:(?<!\w)(?:at|from|во?|со?)\s+|[从從自])?{_clock(1)}"
    rf"(?:\s*(?:[-–—~至到]|(?<!\w)(?:to|until|till|до)(?!\w))\s*{_clock(2)})?(?![\d:])"
)


def _read(match: re.Match[str]) -> tuple[time, time | None]:
    has_end = any(match[name] for name in ("hour2", "whole2", "han2"))
    first, last = _marker(match, 1), _marker(match, 2) if has_end else ""
    start = _time(match, 1, first)
    if not has_end:
        return start, None
    end = _time(match, 2, last)
    # One marker may apply to both times: 6:30–8:30 pm, 晚上7点到9点.
    if last and not first and start < (shared := _time(match, 1, last, strict=False)) < end:
        start = shared
    if first and not last and end <= start < (shared := _time(match, 2, first, strict=False)):
        end = shared
    return start, end


def _marker(match: re.Match[str], n: int) -> str:
    found = match[f"before{n}"] or match[f"after{n}"] or match[f"half{n}"] or ""
    return found.lower().replace(".", "")


def _time(match: re.Match[str], n: int, marker: str, *, strict: bool = True) -> time:
    hour = number_of(match[f"hour{n}"] or match[f"whole{n}"] or match[f"han{n}"])
    rest = match[f"minute{n}"] or match[f"rest{n}"] or "0"
    minute = 30 if rest == "半" else number_of(rest.removesuffix("分"))
    changed = _hour_of_day(hour, marker)
    if changed is None or changed > 23 or minute > 59:
        if not strict:
            return time(0)
        raise RhythmError(
            f"“{match[0].strip()}” is not a clear time of day.", "Write it as 18:30.", "meets"
        )
    return time(changed, minute)


def _hour_of_day(hour: int, marker: str) -> int | None:
    """Return the hour from 0 to 23; None if it is ambiguous with this marker."""
    if marker in _MORNING:
        return hour % 12 if hour <= 12 else None
    if marker in _AFTERNOON:
        return hour + 12 if hour < 12 else hour
    if marker in _EVENING:  # midnight of which day?
        return None if hour in (0, 12) else hour + 12 if hour < 12 else hour
    if marker == "ночи":
        return hour % 12 if hour <= 4 or hour == 12 else None
    if marker == "中午":
        return hour + 12 if hour < 6 else hour
    return hour


TIME = Entry(_TIMES, "T", _read, re.IGNORECASE)
