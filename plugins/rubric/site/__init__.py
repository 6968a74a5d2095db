"""Reads data shared by all texts (rubrics, authors) and checks the content folder.

Settings: LANGUAGES, SITEURL, TIMEZONE.
"""


def register() -> None:
    """Add this plugin's passes. Called by Pelican."""
    from rubric import pipeline
    from rubric.site import passes

    pipeline.add("read", passes.load_site_files)
    pipeline.add("check", passes.claim_template_pages, passes.check_templates)
