"""A rule in words that readers know, as messages for the catalogues."""

from __future__ import annotations

from collections.abc import Callable


def _messages(N_: Callable[[str], str]) -> dict[str, str]:  # noqa: N803 (gettext's own name)
    return {
        "MO": N_("every Monday"),
        "TU": N_("every Tuesday"),
        "WE": N_("every Wednesday"),
        "TH": N_("every Thursday"),
        "FR": N_("every Friday"),
        "SA": N_("every Saturday"),
        "SU": N_("every Sunday"),
        "1MO": N_("first Monday of the month"),
        "1TU": N_("first Tuesday of the month"),
        "1WE": N_("first Wednesday of the month"),
        "1TH": N_("first Thursday of the month"),
        "1FR": N_("first Friday of the month"),
        "1SA": N_("first Saturday of the month"),
        "1SU": N_("first Sunday of the month"),
        "2MO": N_("second Monday of the month"),
        "2TU": N_("second Tuesday of the month"),
        "2WE": N_("second Wednesday of the month"),
        "2TH": N_("second Thursday of the month"),
        "2FR": N_("second Friday of the month"),
        "2SA": N_("second Saturday of the month"),
        "2SU": N_("second Sunday of the month"),
        "3MO": N_("third Monday of the month"),
        "3TU": N_("third Tuesday of the month"),
        "3WE": N_("third Wednesday of the month"),
        "3TH": N_("third Thursday of the month"),
        "3FR": N_("third Friday of the month"),
        "3SA": N_("third Saturday of the month"),
        "3SU": N_("third Sunday of the month"),
        "4MO": N_("fourth Monday of the month"),
        "4TU": N_("fourth Tuesday of the month"),
        "4WE": N_("fourth Wednesday of the month"),
        "4TH": N_("fourth Thursday of the month"),
        "4FR": N_("fourth Friday of the month"),
        "4SA": N_("fourth Saturday of the month"),
        "4SU": N_("fourth Sunday of the month"),
        "-1MO": N_("last Monday of the month"),
        "-1TU": N_("last Tuesday of the month"),
        "-1WE": N_("last Wednesday of the month"),
        "-1TH": N_("last Thursday of the month"),
        "-1FR": N_("last Friday of the month"),
        "-1SA": N_("last Saturday of the month"),
        "-1SU": N_("last Sunday of the month"),
        "2 MO": N_("every other Monday"),
        "2 TU": N_("every other Tuesday"),
        "2 WE": N_("every other Wednesday"),
        "2 TH": N_("every other Thursday"),
        "2 FR": N_("every other Friday"),
        "2 SA": N_("every other Saturday"),
        "2 SU": N_("every other Sunday"),
        "2 1MO": N_("first Monday of every other month"),
        "2 1TU": N_("first Tuesday of every other month"),
        "2 1WE": N_("first Wednesday of every other month"),
        "2 1TH": N_("first Thursday of every other month"),
        "2 1FR": N_("first Friday of every other month"),
        "2 1SA": N_("first Saturday of every other month"),
        "2 1SU": N_("first Sunday of every other month"),
        "2 2MO": N_("second Monday of every other month"),
        "2 2TU": N_("second Tuesday of every other month"),
        "2 2WE": N_("second Wednesday of every other month"),
        "2 2TH": N_("second Thursday of every other month"),
        "2 2FR": N_("second Friday of every other month"),
        "2 2SA": N_("second Saturday of every other month"),
        "2 2SU": N_("second Sunday of every other month"),
        "2 3MO": N_("third Monday of every other month"),
        "2 3TU": N_("third Tuesday of every other month"),
        "2 3WE": N_("third Wednesday of every other month"),
        "2 3TH": N_("third Thursday of every other month"),
        "2 3FR": N_("third Friday of every other month"),
        "2 3SA": N_("third Saturday of every other month"),
        "2 3SU": N_("third Sunday of every other month"),
        "2 4MO": N_("fourth Monday of every other month"),
        "2 4TU": N_("fourth Tuesday of every other month"),
        "2 4WE": N_("fourth Wednesday of every other month"),
        "2 4TH": N_("fourth Thursday of every other month"),
        "2 4FR": N_("fourth Friday of every other month"),
        "2 4SA": N_("fourth Saturday of every other month"),
        "2 4SU": N_("fourth Sunday of every other month"),
        "2 -1MO": N_("last Monday of every other month"),
        "2 -1TU": N_("last Tuesday of every other month"),
        "2 -1WE": N_("last Wednesday of every other month"),
        "2 -1TH": N_("last Thursday of every other month"),
        "2 -1FR": N_("last Friday of every other month"),
        "2 -1SA": N_("last Saturday of every other month"),
        "2 -1SU": N_("last Sunday of every other month"),
    }


def phrase(rule: str) -> tuple[str, ...]:
    """The messages that say a rule; none for rules that no short words say."""
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    interval = parts.get("INTERVAL", "1")
    if not parts.keys() <= {"FREQ", "BYDAY", "INTERVAL"} or interval not in ("1", "2"):
        return ()
    every = "2 " if interval == "2" else ""
    known = _messages(str)
    days = [every + day.removeprefix("+") for day in parts.get("BYDAY", "").split(",")]
    return tuple(known[day] for day in days) if all(day in known for day in days) else ()
