"""Social sharing: Open Graph and X tags, and a preview image for each page.

Images are drawn by the build from the texts of a page and cached by content. Setting:
SOCIAL_IMAGES.
"""


def register() -> None:
    """Add this plugin's passes. Called by Pelican."""
    from rubric import pipeline
    from rubric.social import passes

    pipeline.add_external_input(passes.font_version)
    pipeline.add("read", passes.add_function)
    pipeline.add("plan", passes.plan_images)
    pipeline.add("make", passes.draw_images)
