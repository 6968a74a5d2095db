"""Templates that tell what they read write what plain Jinja writes."""

from __future__ import annotations

from typing import Any, cast

import pytest
from jinja2 import DictLoader, Environment, TemplateError, Undefined

from rubric.model.tracking import MISSING, Recorder, recording_to
from rubric.store.templates import RecordingEnvironment
from tests.cases import cases

OPTIONS: dict[str, Any] = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
TEMPLATES = {
    "base": "<main>\n{% block main %}{% endblock %}\n</main>\n{% include 'foot' %}",
    "page": (
        "{% extends 'base' %}\n{% block main %}\n  {% include 'card' %}\n{{ title }}{% endblock %}"
    ),
    "card": "{% set title = 'inner' %}\n<b>{{ title }}</b>{% include 'dot' %}\n",
    "dot": "{{ n | default(1) }}.\n\n",
    "foot": "{% if note is defined %}{{ note }}{% endif %}\n  {% include 'dot' %}",
    "list": (
        "{% for n in items %}{% include 'dot' %}{{ loop.index }}{% include 'row' %}\n{% endfor %}"
    ),
    "row": "{% for n in [n + 10] %}{{ n }}-{% include 'dot' %}{% endfor %}{{ n }}",
    "kind": "{% include ['card_' ~ kind, 'card'] %}",
    "macros": "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}",
    "uses": "{% from 'macros' import m %}{{ m(title) }}{% include 'macros' %}",
    "self": "{{ n }}{% if n > 0 %}{% with n = n - 1 %}{% include 'self' %}{% endwith %}{% endif %}",
    "lost": "{% include 'nowhere' ignore missing %}{{ title }}",
    "shy": "{% include 'dot' without context %}",
}
CONTEXT = {"title": "<T>", "items": [1, 2], "kind": "post", "n": 2}


class Reads:
    def __init__(self) -> None:
        self.names: dict[str, object] = {}
        self.templates: set[str] = set()

    def name(self, name: str, value: object) -> None:
        self.names.setdefault(name, value)

    def template(self, name: str) -> None:
        self.templates.add(name)


def environments(templates: dict[str, str]) -> tuple[Environment, RecordingEnvironment]:
    plain = Environment(loader=DictLoader(templates), **OPTIONS)
    return plain, RecordingEnvironment(plain, **OPTIONS)


@cases("name", TEMPLATES)
def test_they_write_what_plain_jinja_writes(name: str):
    plain, telling = environments(TEMPLATES)
    assert telling.get_template(name).render(CONTEXT) == plain.get_template(name).render(CONTEXT)


def read(name: str, templates: dict[str, str] = TEMPLATES) -> Reads:
    _, telling = environments(templates)
    reads = Reads()
    with recording_to(cast("Recorder", reads)):
        telling.get_template(name).render(CONTEXT)
    return reads


def test_every_template_that_had_a_part_in_it_is_told():
    assert read("page").templates == {"page", "base", "card", "dot", "foot"}
    assert read("uses").templates == {"uses", "macros"}
    assert read("kind").templates == {"kind", "card_post", "card", "dot"}  # one could be added


def test_names_are_told_with_their_values_also_those_that_are_missing():
    names = read("page").names
    assert names["title"] == "<T>"
    assert names["note"] is MISSING
    assert "items" not in names


@cases("broken", ["{% if %}", "{% include 'gone' %}", "{{ title.x.y }}"])
def test_mistakes_are_those_of_plain_jinja(broken: str):
    told = []
    for environment in environments({**TEMPLATES, "card": broken}):
        with pytest.raises(TemplateError) as caught:
            environment.get_template("page").render(CONTEXT)
        told.append((type(caught.value), str(caught.value)))
    assert told[0] == told[1]


def test_what_is_undefined_stays_so():
    _, telling = environments({"t": "{% include names %}"})
    with pytest.raises(TemplateError):
        telling.get_template("t").render(names=Undefined())
