"""Editions: the site in one language each, all built in one run.

Links translations, fills gaps with texts in other languages, and makes every list: home, tags,
authors, archive, and the language chooser. Settings: LANGUAGES, EDITIONS["page_size"],
["home_posts"], ["old_after_days"].
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.editions import passes

    pipeline.add("read", passes.add_functions)
    pipeline.add("plan", passes.plan_editions)
