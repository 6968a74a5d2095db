"""site.toml: what is read, and what is said of mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubric.model.errors import BuildFailed
from rubric.model.site_file import SiteFile, read_site_file

GOOD = """\
name = "Tea"
timezone = "Asia/Almaty"
authority = "tea.example"
since = "2026"

[languages.en]
tag = "en"
locale = "en_GB"
name = "English"
site_name = "Tea"
"""


def read(folder: Path, text: str) -> SiteFile:
    path = folder / "content" / "site.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return read_site_file(path)


def refused(folder: Path, text: str) -> list[str]:
    with pytest.raises(BuildFailed) as failure:
        read(folder, text)
    return list(map(str, failure.value.errors))


def test_the_least_that_a_site_needs(tmp_path: Path):
    site = read(tmp_path, GOOD)
    assert (site.name, site.url, site.timezone) == ("Tea", "", "Asia/Almaty")
    assert list(site.languages) == ["en"]
    assert not any(site.options.values())


def test_an_address_has_no_slash_at_its_end(tmp_path: Path):
    assert read(tmp_path, f'url = "https://a.example/blog/"\n{GOOD}').url == (
        "https://a.example/blog"
    )


def test_options_are_by_the_name_of_their_setting(tmp_path: Path):
    site = read(
        tmp_path, f"{GOOD}[editions]\npage_size = 7\n[follow.telegram]\nen = 'https://t.me/a'"
    )
    assert site.options["EDITIONS"] == {"page_size": 7}
    assert site.options["FOLLOW"] == {"telegram": {"en": "https://t.me/a"}}


def test_lists_have_the_defaults_of_all_lists(tmp_path: Path):
    text = """
[newsletter.lists.a]
lang = "en"
cadence = "daily"
[newsletter.lists.b]
lang = "en"
[newsletter.defaults]
cadence = "weekly"
"""
    assert read(tmp_path, GOOD + text).options["NEWSLETTER"] == {
        "lists": {"a": {"cadence": "daily", "lang": "en"}, "b": {"cadence": "weekly", "lang": "en"}}
    }


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"Tea"', '"Tea', "content/site.toml:1: can't be read: "),
        ('name = "Tea"\ntimezone', "timezone", "content/site.toml: name: is missing. Write it."),
        ('"Tea"\nt', '""\nt', 'content/site.toml:1: name: "" is not'),
        ("Asia/Almaty", "Mars/Olympus", 'content/site.toml:2: timezone: "Mars/Olympus" is not'),
        ("tea.example", "a b", 'content/site.toml:3: authority: "a b" is not a domain'),
        ('"2026"', "2026", 'RFC 4151). Write it as "2026".'),
        ("timezone", "time_zone", "is no setting. Did you mean timezone?"),
        ("[languages.en]", "[languages.EN]", "Write it in lowercase: “en”."),
        ("en_GB", "xx_YY", "content/site.toml:6: languages.en: locale “xx_YY” is unknown to CLDR."),
        ('locale = "en_GB"\n', "", "content/site.toml:6: languages.en: lacks locale."),
        ("[languages.en]", "[editions]", "content/site.toml: languages: is missing."),
        ("[languages.en]", "languages = 3\n[x]", "content/site.toml:6: languages: "),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line_with_its_place(old: str, new: str, line: str, tmp_path: Path):
    told = refused(tmp_path, GOOD.replace(old, new, 1))
    assert any(line in each for each in told), told
    assert all(each.startswith("content/site.toml") for each in told)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[editions]\npage_sise = 7", "12: editions.page_sise: is no option. Did you mean"),
        ("[editions]\npage_size = 0", "12: editions.page_size: 0 is not a whole number from 1 on."),
        ("[edition]\npage_size = 7", "11: edition: is no setting. Did you mean editions?"),
        ("[newsletter]\nlists = [1]", "12: newsletter.lists: is not a table of options. "),
        ("[newsletter.lists]\na = 1", "11: newsletter.lists: is not a table of options. "),
        ("[newsletter]\ndefaults = 1", "12: newsletter.defaults: is not a table of options. "),
        ("[drafts]\nshow = 'yes'", '12: drafts.show: "yes" is not True or False. '),
    ],
)  # fmt: skip
def test_a_mistake_in_a_table_has_its_line(text: str, line: str, tmp_path: Path):
    (told,) = refused(tmp_path, GOOD + text + "\n")
    assert told.startswith(f"content/site.toml:{line}")


def test_all_mistakes_are_said_together(tmp_path: Path):
    text = GOOD.replace("Asia/Almaty", "CST").replace("tea.example", "")
    assert len(refused(tmp_path, text)) == 2


def test_a_missing_file_names_the_task_that_writes_one(tmp_path: Path):
    with pytest.raises(BuildFailed, match=r"content/site\.toml: is missing\. `invoke new site`"):
        read_site_file(tmp_path / "content/site.toml")
