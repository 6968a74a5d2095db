"""Where newsletters meet Pelican."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import ArticlesGenerator, Generator
from pelican.writers import Writer

from plugins.model.site import Site
from plugins.newsletter.folder import fill, list_of
from plugins.newsletter.issues import build_issues
from plugins.newsletter.lists import form_hosts, parse_lists

logger = logging.getLogger(__name__)


def connect() -> None:
    signals.all_generators_finalized.connect(attach_issues)
    signals.article_writer_finalized.connect(export_issues)


def attach_issues(generators: list[Generator]) -> None:
    """All editions are made, and no page is rendered yet."""
    context: dict[str, Any] = generators[0].context
    site: Site = context["site"]
    try:
        lists = parse_lists(generators[0].settings.get("NEWSLETTER", {}), site.languages)
    except ValueError as error:
        site.errors.add("pelicanconf.py", str(error), "")
        lists = {}
    context["mailing_lists"] = lists
    context["lists_by_lang"] = {
        lang: [mailing for mailing in lists.values() if mailing.lang == lang]
        for lang in site.languages
    }
    context["form_hosts"] = form_hosts(lists.values())
    context["issues"] = build_issues(site, lists, context["editions"])


def export_issues(generator: ArticlesGenerator, writer: Writer) -> None:
    """Published issues are exported beside the output folder, never in it."""
    if not writer.is_ours("newsletter"):
        return
    name = generator.settings.get("NEWSLETTER", {}).get("exports", "exports/newsletter")
    folder = Path(generator.output_path).parent / name
    writer.note_beside(folder)
    writer.note_beside(list_of(folder))
    if not generator.context["issues"]:
        fill(folder, {})
        return
    # What makes letters takes long to load.
    from plugins.newsletter.letters import LetterWriter, export_letters

    letters = LetterWriter.from_context(generator.context, Path(generator.path))
    _, findings = export_letters(letters.exports(generator.context["values"]), folder)
    for finding in findings:
        if finding.level == "error":
            logger.error("%s", finding)
