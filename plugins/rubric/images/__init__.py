"""Pictures in several sizes and formats, made from the pictures of texts.

Browsers choose a file by the width of the column and the resolution of the screen. Renditions are
upright, in sRGB and without metadata. Without this plugin, pages show the pictures themselves.
Setting: IMAGES.
"""


def register() -> None:
    """Add this plugin's passes. Called by Pelican."""
    from rubric import pipeline
    from rubric.images import passes

    pipeline.add("link", passes.choose_covers, passes.find_files_of_recordings)
    pipeline.add("plan", passes.plan_renditions)
    pipeline.add("check", passes.check_pictures)
    pipeline.add("make", passes.render_pictures)
