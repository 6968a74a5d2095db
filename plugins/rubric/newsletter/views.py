"""Views of newsletters: the page where one subscribes and reads back, and a thank-you."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rubric.model.view import View
from rubric.model.view_factory import ViewFactory


def make_newsletter_views(factory: ViewFactory, subscribable: Collection[str]) -> Iterator[View]:
    """Two pages for each edition that has issues, or a list (`subscribable`: languages)."""
    having = [e.lang for e in factory.editions.values() if e.issues or e.lang in subscribable]
    for lang in having:
        edition = factory.editions[lang]
        _ = edition.gettext
        title = _("Newsletter")
        view = factory.make_list(edition, "newsletter", "newsletter/", title, langs=having)
        view.description = _("New texts, by e-mail.")
        if "events" in factory.site.features:
            view.description = _("New texts and the next dates, by e-mail.")
        yield from factory.split_by_age(view, edition.issues)
        thanks = factory.make_list(
            edition, "newsletter_thanks", "newsletter/thanks/", _("Thank you"), langs=having
        )
        thanks.description = _(
            "Your answer tells us what to write next. If there is more to say, just reply to "
            "the letter."
        )
        thanks.is_indexed, thanks.alternates, thanks.x_default = False, {}, ""
        yield thanks
