"""What SpamAssassin thinks of a mail, where it is installed; no network is asked."""

from __future__ import annotations

import re
import shutil
import subprocess

LIMIT = 2.0
"""Scores from here on are refused; filters usually begin at 5."""


def spam_score(eml: bytes) -> float | None:
    """The score of `spamassassin -L -t` for a mail, None without the program."""
    program = shutil.which("spamassassin")
    if program is None:
        return None
    run = subprocess.run([program, "-L", "-t"], input=eml, capture_output=True, check=False)
    found = re.search(rb"^X-Spam-Status:.*?score=(-?[0-9.]+)", run.stdout, re.MULTILINE)
    return float(found[1]) if found else None
