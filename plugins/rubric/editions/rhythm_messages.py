"""Messages about the days of a rhythm: the catalogues inflect each of them as a whole."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 (gettext's own name)
    """Mark a message for extraction."""
    return message


EVERY = (
    N_("every Monday"),
    N_("every Tuesday"),
    N_("every Wednesday"),
    N_("every Thursday"),
    N_("every Friday"),
    N_("every Saturday"),
    N_("every Sunday"),
)
"""By weekday, 0 is Monday."""

EVERY_OTHER = (
    N_("every other Monday"),
    N_("every other Tuesday"),
    N_("every other Wednesday"),
    N_("every other Thursday"),
    N_("every other Friday"),
    N_("every other Saturday"),
    N_("every other Sunday"),
)

NTH = {
    1: (
        N_("first Monday"),
        N_("first Tuesday"),
        N_("first Wednesday"),
        N_("first Thursday"),
        N_("first Friday"),
        N_("first Saturday"),
        N_("first Sunday"),
    ),
    2: (
        N_("second Monday"),
        N_("second Tuesday"),
        N_("second Wednesday"),
        N_("second Thursday"),
        N_("second Friday"),
        N_("second Saturday"),
        N_("second Sunday"),
    ),
    3: (
        N_("third Monday"),
        N_("third Tuesday"),
        N_("third Wednesday"),
        N_("third Thursday"),
        N_("third Friday"),
        N_("third Saturday"),
        N_("third Sunday"),
    ),
    4: (
        N_("fourth Monday"),
        N_("fourth Tuesday"),
        N_("fourth Wednesday"),
        N_("fourth Thursday"),
        N_("fourth Friday"),
        N_("fourth Saturday"),
        N_("fourth Sunday"),
    ),
    5: (
        N_("fifth Monday"),
        N_("fifth Tuesday"),
        N_("fifth Wednesday"),
        N_("fifth Thursday"),
        N_("fifth Friday"),
        N_("fifth Saturday"),
        N_("fifth Sunday"),
    ),
    -1: (
        N_("last Monday"),
        N_("last Tuesday"),
        N_("last Wednesday"),
        N_("last Thursday"),
        N_("last Friday"),
        N_("last Saturday"),
        N_("last Sunday"),
    ),
    -2: (
        N_("second to last Monday"),
        N_("second to last Tuesday"),
        N_("second to last Wednesday"),
        N_("second to last Thursday"),
        N_("second to last Friday"),
        N_("second to last Saturday"),
        N_("second to last Sunday"),
    ),
}
"""By ordinal and weekday."""

IN_MONTH = (
    N_("in January"),
    N_("in February"),
    N_("in March"),
    N_("in April"),
    N_("in May"),
    N_("in June"),
    N_("in July"),
    N_("in August"),
    N_("in September"),
    N_("in October"),
    N_("in November"),
    N_("in December"),
)
