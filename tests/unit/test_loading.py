"""rubrics.toml and authors.toml: what is read, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubric.model.errors import ErrorLog
from rubric.model.language import Language, Languages
from rubric.site.loading import load_authors, load_rubrics

LANGUAGES = Languages([Language(key, key, key, key, "S", "T") for key in ("en", "ru")])
LABEL = 'label = { en = "Stories", ru = "Истории" }\n'


def told(errors: ErrorLog) -> list[str]:
    return [str(error).removeprefix("content/") for error in errors]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / "content" / name
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_rubrics_are_read_in_file_order(tmp_path: Path) -> None:
    text = (
        f'[servicestories]\ncolour = "#B4472e"\nkind = "story"\n{LABEL}'
        f'["故事"]\ncolour = "#000000"\nicon = "star"\n{LABEL}description.en = "Told."\n'
        'description.kk = "Әңгіме"\n'
    )
    errors = ErrorLog()
    rubrics = load_rubrics(write(tmp_path, "rubrics.toml", text), LANGUAGES, errors)
    assert told(errors) == []
    assert list(rubrics) == ["servicestories", "故事"]
    assert (rubrics["servicestories"].kind, rubrics["servicestories"].icon) == ("story", "circle")
    assert rubrics["故事"].description == {"en": "Told.", "kk": "Әңгіме"}
    assert rubrics["故事"].tag.slug == "故事"


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        (f'[Stories]\ncolour = "#000000"\n{LABEL}', "1: Stories", "Call it stories."),
        (f'[service-stories]\n{LABEL}colour = "red"', "1: service-stories.colour", "not a colour"),
        (f'\n[a]\n{LABEL}colour = "#12345"', "2: a.colour", "is not a colour"),
        (f"[a]\n{LABEL}", "1: a.colour", "is not a colour"),
        (f'[a]\n{LABEL}colour = "#000000;}}"', "1: a.colour", "is not a colour"),
        ('[a]\ncolour = "#000000"\nlabel.en = "A"', "1: a.label", "lacks ru."),
        ('[a]\ncolour = "#000000"', "1: a.label", "lacks en, ru."),
        ('[a]\ncolour = "#000000"\nlabel = "A"', "1: a.label", "Write a label per language."),
        (f'[a]\n{LABEL}colour = "#000000"\nkind = "poem"', "1: a.kind", "Choose from post, story"),
        (f'[a]\n{LABEL}colour = "#000000"\n[a]\n', "4: ", "can't be read"),
        ("[a]\nlabel = Stories", "2: ", "can't be read"),
        (f'[ab]\n{LABEL}colour = "#000000"\n["24h"]\n{LABEL}', "4: 24h.colour", "not a colour"),
        (f'[ab]\n{LABEL}colour = "#000000"\n[a]\n{LABEL}', "4: a.colour", "is not a colour"),
    ],
)
def test_wrong_rubric_is_told(text: str, place: str, problem: str, tmp_path: Path) -> None:
    errors = ErrorLog()
    rubrics = load_rubrics(write(tmp_path, "rubrics.toml", text), LANGUAGES, errors)
    assert rubrics.keys() <= {"ab"}
    (line,) = told(errors)
    assert line.startswith(f"rubrics.toml:{place}")
    assert problem in line


def test_one_wrong_rubric_hides_no_other(tmp_path: Path) -> None:
    text = (
        f'[a]\n{LABEL}colour = "red"\n[b]\n{LABEL}colour = "blue"\n[c]\n{LABEL}colour = "#fff000"'
    )
    errors = ErrorLog()
    rubrics = load_rubrics(write(tmp_path, "rubrics.toml", text), LANGUAGES, errors)
    assert (list(rubrics), len(errors)) == (["c"], 2)


def test_missing_files_mean_none(tmp_path: Path) -> None:
    errors = ErrorLog()
    assert load_rubrics(tmp_path / "rubrics.toml", LANGUAGES, errors) == {}
    assert load_authors(tmp_path / "authors.toml", LANGUAGES, errors) == {}
    assert told(errors) == []


def test_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "rubrics.toml", "")
    path.write_bytes('[a]\nlabel.ru = "Истории"'.encode("cp1251"))
    errors = ErrorLog()
    assert load_rubrics(path, LANGUAGES, errors) == {}
    assert "can't be read" in told(errors)[0]


def test_author_is_found_by_id_and_by_every_name(tmp_path: Path) -> None:
    text = '[ada-byron]\nname = { en = "Ada Byron", ru = "Ада Байрон" }\nbio.en = "Answers."\n'
    errors = ErrorLog()
    authors = load_authors(write(tmp_path, "authors.toml", text), LANGUAGES, errors)
    assert told(errors) == []
    assert authors.keys() == {"ada-byron", "Ada Byron", "Ада Байрон"}
    ada = authors["Ада Байрон"]
    assert (ada.slug, ada.name_in("ru"), ada.name_in("kk")) == (
        "ada-byron",
        "Ада Байрон",
        "Ada Byron",
    )
    assert (ada.bio_in("en"), ada.bio_in("ru")) == ("Answers.", "")


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("[ada]\n", "Write [ada] and name.en ="),
        ('[ada]\nname = "Ada"', "Write [ada] and name.en ="),
        ('["Ada Byron"]\nname.en = "Ada"', "Write [ada-byron] and name.en ="),
        ('["!"]\nname.en = "Ada"', "Write [first-last] and name.en ="),
        ('ada = "Ada"', "Write [ada] and name.en ="),
    ],
)
def test_wrong_author_is_told(text: str, fix: str, tmp_path: Path) -> None:
    errors = ErrorLog()
    assert load_authors(write(tmp_path, "authors.toml", text), LANGUAGES, errors) == {}
    (line,) = told(errors)
    assert fix in line
