"""What is offered to read next, and what an old post is answered by."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from gettext import NullTranslations
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from rubric.editions.editions import build_editions
from rubric.editions.old_posts import mark_old
from rubric.editions.related import RelatedIndex
from rubric.model.edition import Edition, Listing
from rubric.model.entry import Entry
from rubric.model.kinds import FAQ
from rubric.model.language import Language, Languages
from rubric.model.now import Now
from rubric.model.site import Site
from rubric.model.view import View
from tests.newsletters import NOW, ZONE, make_post

TAGS = st.lists(st.sampled_from("abcd"), max_size=3, unique=True)


def make_editions(*entries: Entry) -> dict[str, Edition]:
    languages = [
        Language(key, key, key, key, "S", "T", "ltr", "full", chain)
        for key, chain in (("en", ("ru",)), ("ru", ("en",)))
    ]
    site = Site("https://example.org", ZONE, NOW, Languages(languages))
    for entry in entries:
        site.take(entry)
    return build_editions(site, lambda _: NullTranslations(), lambda _, code: code)


def nearest(edition: Edition, entry: Entry) -> list[Listing]:
    """Counted anew for one post: what shares most topics, of the newest 24 of each."""
    score: Counter[Listing] = Counter()
    for tag in entry.tags:
        for item in islice(edition.tags[tag.identity].listings, 24):
            if item.entry.is_post and item.entry.key != entry.key and not item.is_fallback:
                score[item] += 1
    return [item for item, _ in score.most_common(3)]


@given(st.lists(st.tuples(TAGS, st.sampled_from(["en", "ru", "both"])), max_size=40))
def test_posts_with_the_same_topics_are_offered_the_same_but_themselves(
    posts: list[tuple[list[str], str]],
) -> None:
    entries = [
        make_post(f"p{n}", NOW - timedelta(hours=n // 2), own, " ".join(tags))
        for n, (tags, lang) in enumerate(posts)
        for own in (("en", "ru") if lang == "both" else (lang,))
    ]
    for edition in make_editions(*entries).values():
        around = RelatedIndex(edition, NOW)
        for item in edition.posts:
            assert list(around.context_of(item.entry).related) == nearest(edition, item.entry)


def faq(name: str, tags: str) -> Entry:
    entry = make_post(name, datetime(2026, 1, 1, tzinfo=ZONE), tags=tags)
    entry.kind = FAQ
    return entry


def test_an_old_post_is_answered_by_the_first_faq_on_any_of_its_topics() -> None:
    old = datetime(2020, 1, 1, tzinfo=ZONE)
    posts = [
        make_post("one", old, tags="c b"),
        make_post("two", old, tags="c"),
        make_post("three", old, tags="d"),
        make_post("new", NOW, tags="b"),
    ]
    edition = make_editions(faq("y", "c"), faq("x", "b"), faq("z", "b c"), *posts)["en"]
    views = [View("post", edition, post.url, post.title, subject=post) for post in posts]
    mark_old(views, NOW, 365)
    answers = [view.context.answers.entry.key if view.context.answers else "" for view in views]
    assert answers == ["posts/x", "posts/y", "", ""]
    assert [view.context.is_old for view in views] == [True, True, True, False]


@given(st.lists(st.integers(-40, 40), max_size=30), st.integers(1, 30))
def test_the_clock_tells_how_long_posts_stay_as_old_as_they_are(ages: list[int], days: int) -> None:
    posts = [make_post(f"p{n}", NOW - timedelta(days=age)) for n, age in enumerate(ages)]
    edition = make_editions(*posts)["en"]
    views = [View("post", edition, post.url, post.title, subject=post) for post in posts]
    now = Now.at(NOW)
    mark_old(views, now, days)
    assert [view.context.is_old for view in views] == [age > days for age in ages]
    since = [NOW - timedelta(days=age - days) for age in ages if age > days]
    until = [NOW - timedelta(days=age - days) for age in ages if age <= days]
    # The moment itself is not old yet; the next instant that the clock knows is.
    if since:
        assert now.span.since == max(since) + datetime.resolution
    if until:
        assert now.span.until == min(until) + datetime.resolution
