"""How a page looks where it is shared: Open Graph and X tags, and an image for each page.

Images are drawn by the build from the words of a page, and cached by content, so that each is
drawn once. Setting: SOCIAL_IMAGES.
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.social import passes

    pipeline.add_external_input(passes.font_version)
    pipeline.add("read", passes.add_function)
    pipeline.add("plan", passes.plan_images)
    pipeline.add("make", passes.draw_images)
