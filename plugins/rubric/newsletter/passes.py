"""Passes that build the issues of newsletters, make their pages, and export them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubric.build import Build
from rubric.model.entry import Entry
from rubric.model.newsletter import Issue, MailingList
from rubric.newsletter.folder import manifest_path, sync_folder
from rubric.newsletter.issues import build_issues
from rubric.newsletter.lists import form_hosts, parse_lists
from rubric.newsletter.views import make_newsletter_views

if TYPE_CHECKING:
    from rubric.newsletter.issue_mail import MailBuilder

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NewsletterPlan:
    """The mailing lists by key, and the issue of each issue entry."""

    lists: Mapping[str, MailingList]
    issues: Mapping[Entry, Issue]


def plan_issues(build: Build) -> None:
    """Read NEWSLETTER, build all issues, and make the pages of newsletters."""
    site = build.site
    lists: dict[str, MailingList] = {}
    try:
        lists = parse_lists(build.settings.get("NEWSLETTER", {}), site.languages)
    except ValueError as error:
        site.errors.add("pelicanconf.py", str(error), "")
    plan = NewsletterPlan(lists, build_issues(site, lists, build.editions))
    build.keep(plan)
    build.list_views += make_newsletter_views(
        build.view_factory, {mailing.lang for mailing in lists.values()}
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
    """Write published issues to the export folder, which is never below the output folder."""
    if not build.outputs.in_shard("newsletter"):
        return
    name = build.settings.get("NEWSLETTER", {}).get("exports", "exports/newsletter")
    folder = build.output.parent / name
    build.outputs.register_external_output(folder)
    build.outputs.register_external_output(manifest_path(folder))
    if not build.get(NewsletterPlan).issues:
        sync_folder(folder, {})
        return
    # Imported here because css-inline is slow to import.
    from rubric.newsletter.issue_mail import export_mails

    exports = mail_builder(build).exports(build.run.values)
    _, findings = export_mails(exports, folder)
    for finding in findings:
        if finding.level == "error":
            logger.error("%s", finding)


def mail_builder(build: Build) -> MailBuilder:
    """Return the builder for the issues of a build. Call it after all addresses are claimed."""
    from rubric.model.image_size import Size, measure_image
    from rubric.newsletter.issue_mail import MailBuilder
    from rubric.newsletter.rendering import Options, Templates

    site, settings, content = build.site, build.settings["NEWSLETTER"], build.content

    def measure(address: str) -> Size | None:
        # All mail programs show these formats.
        return measure_image(content / address.removeprefix(f"{site.base}/"), ("PNG", "JPEG"))

    return MailBuilder(
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
