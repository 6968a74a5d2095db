"""Computes the SpamAssassin score of a mail, if it is installed; without network access."""

from __future__ import annotations

import re
import shutil
import subprocess

LIMIT = 2.0
"""The lowest score that is refused; mail filters usually refuse from 5."""


def spam_score(eml: bytes) -> float | None:
    """Return the score of `spamassassin -L -t` for a mail, or None if it is not installed."""
    program = shutil.which("spamassassin")
    if program is None:
        return None
    run = subprocess.run([program, "-L", "-t"], input=eml, capture_output=True, check=False)
    match = re.search(rb"^X-Spam-Status:.*?score=(-?[0-9.]+)", run.stdout, re.MULTILINE)
    return float(match[1]) if match else None
