"""Parts of pages: rendered once, and whoever shows one depends on what it was made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from rubric.editions.parts import Parts
from rubric.model.tracking import Tracked, recording_to
from rubric.store.inputs import Inputs
from rubric.store.recording import Recording
from rubric.store.templates import RecordingEnvironment

TEMPLATES = {
    "card": (
        "<b>{{ edition().tags[item.tag] }} {{ item.name }} {{ heading | default(3) }}</b>"
        "{{ spy() }}"
    ),
    "page": "{% for item in items %}{{ part('card', item=item) }}{% endfor %}",
    "curious": "{{ part('whole') }}",
    "whole": "{{ own | default('nothing') }} {{ view.url | default('nowhere') }} {{ title }}",
}


class Edition(Tracked):
    def __init__(self, lang: str) -> None:
        self.lang, self.tags = lang, {"tea": f"Tea {lang}", "cake": f"Cake {lang}"}

    @property
    def tracking_key(self) -> str:
        return f"the edition {object.__getattribute__(self, 'lang')}"


@dataclass(eq=False)
class Item:
    name: str
    tag: str


@dataclass
class View:
    edition: Edition
    url: str = "here/"


class Desk:
    def __init__(self) -> None:
        self.editions = [Edition("en"), Edition("ru")]
        self.rendered = 0
        self.context: dict[str, Any] = {"title": "<T>", "spy": self.spy, "edition": None}
        plain = Environment(loader=DictLoader(TEMPLATES), autoescape=True)
        self.environment = RecordingEnvironment(plain, autoescape=True)
        self.environment.globals["part"] = Parts(self.context).part
        self.inputs = Inputs(
            {each.tracking_key: each for each in self.editions}, {}, TEMPLATES.__getitem__
        )

    def spy(self) -> str:
        self.rendered += 1
        return ""

    def render(self, template: str, edition: Edition, **own: Any) -> tuple[str, set[Any]]:
        """The page, and the shared inputs that it read."""
        recording = Recording(self.inputs, own)
        self.context["edition"] = lambda: edition
        with recording_to(recording):
            page = self.environment.get_template(template)
            html = page.render({**self.context, "view": View(edition), **own})
        return html, set(recording.shared)


@pytest.fixture
def desk() -> Desk:
    return Desk()


TEA, CAKE = Item("<Green>", "tea"), Item("Apple", "cake")


def test_a_part_is_rendered_once_an_edition(desk: Desk):
    first, _ = desk.render("page", desk.editions[0], items=[TEA, CAKE])
    assert first == "<b>Tea en &lt;Green&gt; 3</b><b>Cake en Apple 3</b>"
    again, _ = desk.render("page", desk.editions[0], items=[CAKE, TEA, TEA])
    assert again == "<b>Cake en Apple 3</b>" + 2 * "<b>Tea en &lt;Green&gt; 3</b>"
    assert desk.rendered == 2
    other, _ = desk.render("page", desk.editions[1], items=[TEA])
    assert "Tea ru" in other
    assert desk.rendered == 3


def test_what_it_is_given_tells_it_apart(desk: Desk):
    desk.render("page", desk.editions[0], items=[TEA])
    same, _ = desk.render("page", desk.editions[0], items=[Item("<Green>", "tea")])
    assert "Tea en" in same
    assert desk.rendered == 2, "a twin may be changed by whoever holds it"


def test_whoever_shows_it_has_read_what_it_was_made_of(desk: Desk):
    _, first = desk.render("page", desk.editions[0], items=[TEA])
    _, again = desk.render("page", desk.editions[0], items=[TEA])
    assert desk.rendered == 1
    assert first == again
    assert ("item", "the edition en", "tags", "tea") in first
    assert ("template", "card") in first
    assert not any("cake" in key for key in first)


def test_it_knows_nothing_of_the_page_but_the_edition(desk: Desk):
    html, _ = desk.render("curious", desk.editions[0], own="mine")
    assert html == "nothing nowhere &lt;T&gt;"


def test_it_is_html(desk: Desk):
    context = desk.environment.get_template("page").new_context(
        {**desk.context, "view": View(desk.editions[0])}
    )
    assert isinstance(context.call(context["part"], "whole"), Markup)
