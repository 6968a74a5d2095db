"""Messages about the days of a rhythm. Catalogues translate each message as a whole."""

from __future__ import annotations

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ORDINALS = {
    1: "first",
    2: "second",
    3: "third",
    4: "fourth",
    5: "fifth",
    -1: "last",
    -2: "second to last",
}

EVERY = [f"every {day}" for day in _WEEKDAYS]
"""By weekday; 0 is Monday."""

EVERY_OTHER = [f"every other {day}" for day in _WEEKDAYS]
NTH = {number: [f"{word} {day}" for day in _WEEKDAYS] for number, word in _ORDINALS.items()}
"""By ordinal and weekday: `NTH[-1][3]` is `last Thursday`."""

IN_MONTH = [f"in {month}" for month in _MONTHS]

ALL = [*EVERY, *EVERY_OTHER, *(message for row in NTH.values() for message in row), *IN_MONTH]
"""All messages. `invoke catalogues` adds them, because they are not literals in the code."""
