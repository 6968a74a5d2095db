"""Views of newsletters: the page where one subscribes and reads back, and a thank-you."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rubric.model.frames import Frames
from rubric.model.view import View


def make_newsletter_views(frames: Frames, subscribable: Collection[str]) -> Iterator[View]:
    """Two pages for each edition that has issues, or a list (`subscribable`: languages)."""
    having = [e.lang for e in frames.editions.values() if e.issues or e.lang in subscribable]
    for lang in having:
        edition = frames.editions[lang]
        _ = edition.gettext
        title = _("Newsletter")
        view = frames.make_list(edition, "newsletter", "newsletter/", title, langs=having)
        view.description = _("New texts, by e-mail.")
        if "events" in frames.site.features:
            view.description = _("New texts and the next dates, by e-mail.")
        yield from frames.split_by_age(view, edition.issues)
        thanks = frames.make_list(
            edition, "newsletter_thanks", "newsletter/thanks/", _("Thank you"), langs=having
        )
        thanks.description = _(
            "Your answer tells us what to write next. If there is more to say, just reply to "
            "the letter."
        )
        thanks.is_indexed, thanks.alternates, thanks.x_default = False, {}, ""
        yield thanks
