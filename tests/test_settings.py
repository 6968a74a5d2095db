"""Every configuration ends in a site or in one line per mistake, which names the setting."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import pelicanconf
from rubric.bridge.dry_run import read_site
from rubric.calendars.passes import CalendarPlan
from rubric.feeds.passes import FeedPlan
from rubric.markup.links import LinkResolver
from rubric.model.setting_rules import OPTIONS, REQUIRED
from tests.building import NOW, ROOT, Build, build, write_site
from tests.pages import write_text


class Case(NamedTuple):
    """A setting, its value, and what became of a build with it."""

    name: str
    value: str
    status: int
    printed: str
    is_same: bool


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """All cases, built in one process: Pelican's own globals must not reach other tests."""
    folder = tmp_path_factory.mktemp("settings")
    run = subprocess.run(
        [sys.executable, "-m", "tests.many_settings", str(folder)],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert run.returncode == 0, run.stderr
    return [Case(*json.loads(line)) for line in run.stdout.splitlines()]


def test_a_wrong_setting_is_one_line_that_names_it(built: list[Case]):
    wrong = []
    for case in (case for case in built if case.status):
        _, found, told = case.printed.partition("nothing written.\n")
        lines = told.strip().splitlines()
        names_it = any(case.name in line for line in lines)
        has_fix = all(line.rstrip(".").count(". ") for line in lines)
        if not (found and lines and names_it and has_fix):
            wrong.append(case)
    assert not wrong, _show(wrong)


def test_settings_without_effect_are_named(built: list[Case]):
    case = next(case for case in built if case.name.count(" = ") > 10)
    assert case.status == 0, case.printed
    names = case.name.split(" = ")
    assert [name for name in names if f"Notice: {name} has no effect: " not in case.printed] == []


def test_unknown_options_are_errors_with_a_suggestion(built: list[Case]):
    strange = [case for case in built if case.value == '{"nope": 1}' and case.name in OPTIONS]
    wrong = [
        case
        for case in strange
        if not (
            case.status and f'{case.name}["nope"]: is not an option. Options are ' in case.printed
        )
    ]
    assert strange
    assert not wrong, _show(wrong)


def test_unknown_options_of_libraries_are_named(built: list[Case]):
    strange = [case for case in built if case.value == '{"nope": 1}' and case.status == 0]
    named = [case.name for case in strange if f'{case.name}["nope"] has no effect' in case.printed]
    assert {"MARKDOWN", "JINJA_ENVIRONMENT"} <= set(named)


def test_a_right_setting_has_no_notice(built: list[Case]):
    assert built[0].status == 0, built[0].printed
    assert "Notice" not in built[0].printed


def test_no_setting_ends_in_a_traceback(built: list[Case]):
    wrong = [case for case in built if "Traceback" in case.printed]
    assert not wrong, _show(wrong)


def test_a_wrong_setting_leaves_the_output_as_it_was(built: list[Case]):
    wrong = [case for case in built if case.status and not case.is_same]
    assert not wrong, _show(wrong)


def test_sites_and_errors_are_among_the_cases(built: list[Case]):
    sites = {case.name for case in built if not case.status}
    errors = {case.name for case in built if case.status}
    assert len(sites) > 25
    assert len(errors) > 40


def built_with(folder: Path, settings: str) -> Build:
    """A site of one text with lines of settings after the project's own."""
    content = write_site(folder, {"en/posts/tea.md": write_text("Tea", tags=["tea"])})
    file = folder / "siteconf.py"
    lines = ["import sys", f"sys.path.insert(0, {str(ROOT)!r})", "from pelicanconf import *"]
    lines += [f"THEME = {str(ROOT / 'theme')!r}", "SOCIAL_IMAGES = {'images': False}", settings]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return build(content, folder / "output", may_warn=True, settings_file=file)


def test_the_settings_of_quickstart_make_a_site(tmp_path: Path):
    """What pelican-quickstart writes, besides what it comments out."""
    built = built_with(
        tmp_path,
        """AUTHOR = "Ann"
SITENAME = "Tea"
SITEURL = ""
TIMEZONE = "Europe/Rome"
DEFAULT_LANG = "en"
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
LINKS = (("Pelican", "https://getpelican.com/"),)
SOCIAL = (("You can add links in your config file", "#"),)
DEFAULT_PAGINATION = 10""",
    )
    assert built.status == 0, built.told
    for name in ("LINKS", "SOCIAL"):
        assert f"Notice: {name} has no effect: " in built.told
    assert "Notice: SITEURL is empty" in built.told
    assert built.told.count("Notice: ") == 3
    assert "Ann" in built.page("en/tea/")
    assert '<link rel="canonical" href="http://localhost:8000/en/tea/">' in built.page("en/tea/")


def test_notices_are_printed_by_every_build(tmp_path: Path):
    first = built_with(tmp_path, 'SITEMAP = {"format": "xml"}')
    file = tmp_path / "siteconf.py"
    again = build(tmp_path / "content", first.output, settings_file=file)
    assert "Nothing has changed" in again.told
    assert "Notice: SITEMAP has no effect" in again.told


@pytest.mark.parametrize(
    ("setting", "suggestion"),
    [
        ("EDITION = {'page_size': 5}", "EDITION has no effect. Did you mean EDITIONS?"),
        ("SITE_URL = 'https://example.org'", "SITE_URL has no effect. Did you mean SITEURL?"),
        ("FOLLOW = {'telegram': {'fr': 'https://t.me/a'}}", 'FOLLOW["telegram"]["fr"]'),
        ("MARKDOWN = {**MARKDOWN, 'tables': True}", 'MARKDOWN["tables"] has no effect'),
    ],
)
def test_a_misspelled_setting_is_named(setting: str, suggestion: str, tmp_path: Path):
    built = built_with(tmp_path, setting)
    assert built.status == 0, built.told
    assert suggestion in built.told


@pytest.mark.parametrize(
    ("setting", "error"),
    [
        (
            "EDITIONS = {'page_sise': 5}",
            'EDITIONS["page_sise"]: is not an option. Did you mean page_size?',
        ),
        ("FEEDS = {**FEEDS, 'itms': 20}", 'FEEDS["itms"]: is not an option. Did you mean items?'),
    ],
)
def test_a_misspelled_option_is_an_error(setting: str, error: str, tmp_path: Path):
    built = built_with(tmp_path, setting)
    assert built.status == 1
    assert error in built.told


def test_partial_settings_are_completed(tmp_path: Path):
    partial = built_with(tmp_path, "EDITIONS = {'page_size': 5}\nJINJA_ENVIRONMENT = {}")
    assert partial.status == 0, partial.told
    files = partial.files()
    whole = built_with(tmp_path, "EDITIONS['page_size'] = 5")
    assert whole.files() == files


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ("SITEURL = SITEURLS['main']", "siteconf.py:6: can't be used: NameError"),
        ("import no_such_module", "siteconf.py:6: can't be used: ModuleNotFoundError"),
    ],
)
def test_a_settings_file_that_fails_is_named_with_its_line(
    settings: str, line: str, tmp_path: Path
):
    built = built_with(tmp_path, settings)
    assert built.status == 1
    assert "Traceback" not in built.told
    assert line in built.told


def test_objects_are_printed_in_a_few_words(tmp_path: Path):
    """A template that prints one by mistake doesn't print the whole site."""
    content = write_site(tmp_path, {"en/posts/tea.md": write_text("Tea", tags=["tea"])})
    build = read_site(content, ROOT / "pelicanconf.py")
    edition = build.editions["en"]
    found = [
        build,
        build.site,
        build.site.entries[0],
        edition,
        edition.posts[0],
        *edition.tags.values(),
        *build.views,
        *(view.context for view in build.views),
        *build.get(FeedPlan).channels,
        build.environment.globals["part"],
        build.run.texts,
        build.get(LinkResolver),
        *build.get(CalendarPlan).files,
    ]
    assert [repr(each) for each in found if len(repr(each)) > 300] == []


def test_every_setting_has_its_default_in_pelicanconf():
    """`completed` gives what is left out; both places say the same."""
    for name, options in OPTIONS.items():
        given = getattr(pelicanconf, name)
        assert given.keys() == options.keys(), name
        for key, option in options.items():
            # pelicanconf.py is for previews; a site that leaves DRAFTS out publishes none.
            if option.default is not REQUIRED and name not in ("DRAFTS", "NEWSLETTER"):
                assert given[key] == option.default, (name, key)


def _show(cases: list[Case]) -> str:
    lines = [f"{case.name} = {case.value}\n    {case.printed.strip()[-600:]}" for case in cases]
    return f"{len(cases)} cases\n" + "\n".join(lines)
