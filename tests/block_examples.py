"""The examples of docs/blocks.md."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

from tests.building import ROOT

DOCUMENT = (ROOT / "docs/blocks.md").read_text("utf-8")
_FENCE = re.compile(r"^(```+)markdown\n(?P<example>.*?)^\1$", re.DOTALL | re.MULTILINE)
EXAMPLES = [match["example"] for match in _FENCE.finditer(DOCUMENT)]
"""The Markdown of each example, in the order of the document."""


def write_files(content: Path) -> None:
    """Write the files that the examples refer to."""
    for name in ("images", "files"):
        (content / name).mkdir()
    Image.new("RGB", (90, 120), "teal").save(content / "images/ann.png")
    (content / "files/checklist.pdf").write_bytes(b"%PDF-1.4\n")
