"""Reads what all texts share: rubrics, authors, and the layout of the content folder.

Settings: LANGUAGES, SITEURL, TIMEZONE.
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.site import passes

    pipeline.add("read", passes.load_site_files)
    pipeline.add("check", passes.claim_template_pages)
