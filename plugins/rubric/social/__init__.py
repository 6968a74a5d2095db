"""Social sharing: Open Graph and X tags, and a preview image for each page.

Images are drawn by the build from the texts of a page and cached by content. Setting:
SOCIAL_IMAGES.
"""

from collections.abc import Mapping
from typing import Any


def external_inputs(settings: Mapping[str, Any]) -> str:
    """Return the version of the system's fonts, on which images depend; empty without images."""
    if not settings["SOCIAL_IMAGES"]["images"]:
        return ""
    from rubric.model.language import Languages
    from rubric.social.font_files import find_fonts

    languages = Languages.from_settings(settings["LANGUAGES"]).values()
    scripts = [language.script for language in languages]
    return find_fonts(settings["SOCIAL_IMAGES"]["fonts"], scripts).version


def register() -> None:
    """Add this plugin's passes. Called by Pelican."""
    from rubric import pipeline
    from rubric.social import passes

    pipeline.add("read", passes.add_function)
    pipeline.add("plan", passes.plan_images)
    pipeline.add("make", passes.draw_images)
