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
        "MONTHLY": N_("every other month"),
        "WEEKLY": N_("every other week"),
    }


def phrase(rule: str) -> tuple[str, ...]:
    """The messages that say a rule; none for rules that no short words say."""
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    known = _messages(str)
    days = parts.get("BYDAY", "").split(",")
    interval = parts.get("INTERVAL", "1")
    is_plain = parts.keys() <= {"FREQ", "BYDAY", "INTERVAL"} and interval in ("1", "2")
    if not is_plain or not all(day.removeprefix("+") in known for day in days):
        return ()
    words = [known[day.removeprefix("+")] for day in days]
    return (*words, *([known[parts["FREQ"]]] if interval == "2" else []))
