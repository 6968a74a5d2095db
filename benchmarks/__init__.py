"""Measurements: never tests, always ratios of commands run in turn."""

import sys
from pathlib import Path

# The package is not installed; Pelican finds it by PLUGIN_PATHS.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "plugins"))
