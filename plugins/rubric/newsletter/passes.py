"""Passes that gather the issues of newsletters, make their pages, and export them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubric.build import Build
from rubric.model.entry import Entry
from rubric.model.newsletter import Issue, MailingList
from rubric.newsletter.folder import fill, list_of
from rubric.newsletter.issues import build_issues
from rubric.newsletter.lists import form_hosts, parse_lists
from rubric.newsletter.views import make_newsletter_views

if TYPE_CHECKING:
    from rubric.newsletter.letters import LetterWriter

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NewsletterPlan:
    """The mailing lists by key, and an issue for each entry that is one."""

    lists: Mapping[str, MailingList]
    issues: Mapping[Entry, Issue]


def plan_issues(build: Build) -> None:
    """Read NEWSLETTER, gather the content of each issue, and make the pages of newsletters."""
    site = build.site
    lists: dict[str, MailingList] = {}
    try:
        lists = parse_lists(build.settings.get("NEWSLETTER", {}), site.languages)
    except ValueError as error:
        site.errors.add("pelicanconf.py", str(error), "")
    plan = NewsletterPlan(lists, build_issues(site, lists, build.editions))
    build.keep(plan)
    build.list_views += make_newsletter_views(
        build.frames, {mailing.lang for mailing in lists.values()}
    )
    build.form_hosts = form_hosts(lists.values())
    build.share(
        form_hosts=build.form_hosts,
        issues=plan.issues,
        lists_by_lang={
            lang: [each for each in lists.values() if each.lang == lang] for lang in site.languages
        },
    )


def export_issues(build: Build) -> None:
    """Write published issues beside the output folder, never in it."""
    if not build.outputs.in_shard("newsletter"):
        return
    name = build.settings.get("NEWSLETTER", {}).get("exports", "exports/newsletter")
    folder = build.output.parent / name
    build.outputs.register_external_output(folder)
    build.outputs.register_external_output(list_of(folder))
    if not build.get(NewsletterPlan).issues:
        fill(folder, {})
        return
    # css-inline takes long to load.
    from rubric.newsletter.letters import export_letters

    exports = letter_writer(build).exports(build.run.values)
    _, findings = export_letters(exports, folder)
    for finding in findings:
        if finding.level == "error":
            logger.error("%s", finding)


def letter_writer(build: Build) -> LetterWriter:
    """Renders the issues of a build, once all addresses are claimed."""
    from rubric.newsletter.images import Size, measure_file
    from rubric.newsletter.letters import LetterWriter
    from rubric.newsletter.rendering import Options, Templates

    site, settings, content = build.site, build.settings["NEWSLETTER"], build.content

    def measure(address: str) -> Size | None:
        return measure_file(content / address.removeprefix(f"{site.base}/"))

    return LetterWriter(
        site=site,
        issues=build.get(NewsletterPlan).issues,
        editions=build.editions,
        formats=build.formats,
        options=Options(
            templates=Templates.read(build.theme),
            utm=settings.get("utm", {}),
            feedback_url=settings.get("feedback_url", ""),
            measure=measure,
        ),
        authority=build.settings["FEEDS"]["authority"],
        exists=site.claims.__contains__,
    )
