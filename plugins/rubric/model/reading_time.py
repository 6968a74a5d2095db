"""How long it takes to read a text.

The speeds of scripts (`Script.reading_speed`) are those of Trauzettel-Klosinski and Dietz,
"Standardized Assessment of Reading Performance: The New International Reading Speed Texts", 2012.
"""

from __future__ import annotations

import re

from rubric.model.markup import to_text
from rubric.model.script import Script, characters, script_of

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_UNSPACED = re.compile(f"[{characters('letters', spaced=False)}]")


def reading_minutes(html: str, script: Script) -> int:
    """Return the minutes that a text takes, rounded up: 300 words in Latin script take 2.

    In a text without spaces between words, characters are counted, and words of other scripts
    in it, such as names of products, at the speed of Latin.
    """
    text = to_text(html)
    minutes = 0.0
    if not script.is_spaced:
        text, count = _UNSPACED.subn(" ", text)
        minutes = count / script.reading_speed
        script = script_of("en")
    minutes += len(_WORD.findall(text)) / script.reading_speed
    return -int(-minutes // 1)
