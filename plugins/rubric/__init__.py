"""Rubric: multilingual sites of customer communities, made with Pelican.

Each subpackage except `model` and `importers` is a plugin of Pelican. A site lists them in PLUGINS,
as pelicanconf.py does, or writes:

    import rubric

    PLUGINS = ["rubric"]
    THEME = rubric.THEME
"""

from importlib import import_module
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# An installed package contains the theme; in a clone, it is beside the folder of plugins.
_INSTALLED = _PACKAGE / "theme"
THEME = str(_INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parents[1] / "theme")
"""The folder of Rubric's theme."""


def register() -> None:
    """Register all plugins of Rubric in their order; Pelican calls this."""
    from rubric.model.setting_rules import PLUGIN_ORDER

    for name in PLUGIN_ORDER:
        import_module(name).register()
