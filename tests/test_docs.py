"""What docs and catalogues must say: every setting, task, field and message."""

from __future__ import annotations

from typing import Any

import pytest

import pelicanconf
import tasks
from rubric.model.kinds import BUILT_IN
from tests.building import ROOT
from tools.catalogues import untranslated
from tools.reference import reference, schemas

DOCS = {path.name: path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")}
OWN_SETTINGS = (
    "DRAFTS",
    "FRONTMATTER",
    "EDITIONS",
    "FOLLOW",
    "EVENTS",
    "CALENDARS",
    "REDIRECTS",
    "FEEDS",
    "SEARCH",
    "INCREMENTAL",
    "NEWSLETTER",
    "SITEMAPS",
    "SOCIAL_IMAGES",
)


def test_the_reference_of_front_matter_is_what_the_models_say():
    assert DOCS["front-matter.md"] == reference()


def test_the_schemas_are_what_the_models_say():
    for kind, text in schemas().items():
        assert (ROOT / f"docs/schema/{kind}.schema.json").read_text("utf-8") == text


def test_every_field_says_what_it_is_for():
    fields = {f for kind in BUILT_IN for f in kind.model.model_fields.items()}
    assert [name for name, field in fields if not field.description] == []


@pytest.mark.parametrize("name", OWN_SETTINGS)
def test_every_setting_is_documented(name: str):
    value: dict[str, Any] = getattr(pelicanconf, name)
    text = DOCS["settings.md"] + DOCS["newsletter.md"]
    assert name in text
    assert [key for key in value if f'["{key}"]' not in text and f"`{key}`" not in text] == []


def test_every_task_is_documented():
    text = "\n".join([*DOCS.values(), (ROOT / "CONTRIBUTING.md").read_text("utf-8")])
    text += (ROOT / "README.md").read_text("utf-8") + (ROOT / "Makefile").read_text("utf-8")
    names = [str(name) for name in tasks.namespace.task_names]
    assert len(names) > 10
    assert [name for name in names if f"invoke {name}" not in text] == []


@pytest.mark.parametrize("lang", [lang for lang in pelicanconf.LANGUAGES if lang != "en"])
def test_every_message_is_translated(lang: str):
    assert untranslated(ROOT, lang) == []


def test_templates_of_a_theme_are_those_of_this_one_and_documented():
    from rubric.site.theme import SHEETS, TEMPLATES

    folder = ROOT / "theme/templates"
    own = {path.stem for path in folder.glob("*.html")} - {"base"}
    needed = {*TEMPLATES, *(kind.template for kind in BUILT_IN)}
    assert {name for name in needed if "/" not in name} == own
    for name in needed:
        assert f"`{name}`" in DOCS["theme.md"] or f"{name}.html" in DOCS["theme.md"]
    for name in SHEETS:
        assert name in DOCS["theme.md"]
