"""Measurements: never tests, always ratios of commands run in turn."""

import os
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent

# The package is not installed; Pelican finds it by PLUGIN_PATHS.
sys.path.insert(0, str(_ROOT / "plugins"))

# Texts and settings are those of the tests' site, whatever the project's own content is.
os.environ.setdefault("RUBRIC_SITE", str(_ROOT / "tests/sites/community"))
