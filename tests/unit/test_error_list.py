"""Very many errors: each kind once with its number, and a file with all of them."""

from __future__ import annotations

from pathlib import Path

from rubric.model.errors import BuildFailed, SiteError
from rubric.site.error_list import group_errors, render_errors


def broken_link(number: int) -> SiteError:
    problem = f"links to “post-{number}.md”, which is not there."
    return SiteError(f"content/en/posts/{number:03}.md", number, "", problem, "Correct the link.")


def unknown_field(number: int) -> SiteError:
    path = f"content/en/posts/{number:03}.md"
    return SiteError(path, 3, "categories", "is not a field of posts.", "Use tags.")


def test_few_errors_are_printed_as_they_are(tmp_path: Path):
    failure = BuildFailed([broken_link(number) for number in range(30)])
    assert render_errors(failure, tmp_path / "errors.txt") == str(failure)
    assert not (tmp_path / "errors.txt").exists()


def test_many_errors_are_grouped_and_all_of_them_are_in_a_file(tmp_path: Path):
    errors = sorted(
        [
            *(broken_link(number) for number in range(1200)),
            *(unknown_field(number) for number in range(700)),
            SiteError("content/authors.toml", 1, "", "can't be read.", "Correct it."),
        ]
    )
    file = tmp_path / ".cache/errors.txt"
    assert render_errors(BuildFailed(errors), file).splitlines() == [
        "1,901 errors of 3 kinds, nothing written. The first of each kind:",
        f"1,200 × {broken_link(0)}",
        "700 × content/en/posts/000.md:3: categories: is not a field of posts. Use tags.",
        "1 × content/authors.toml:1: can't be read. Correct it.",
        f"The complete list is in {file}.",
    ]
    assert file.read_text("utf-8").splitlines() == list(map(str, errors))


def test_very_many_kinds_are_cut_and_counted(tmp_path: Path):
    words = [f"{one}{two}" for one in "abcdefgh" for two in "abcdefgh"]
    errors = [SiteError("content/a.md", 0, word, f"is {word}.", "") for word in words]
    text = render_errors(BuildFailed(errors), tmp_path / "errors.txt")
    assert len(text.splitlines()) == 33
    assert "34 × errors of 34 other kinds." in text


def test_without_a_file_all_errors_are_printed(tmp_path: Path):
    (tmp_path / "file").write_text("")
    failure = BuildFailed([broken_link(number) for number in range(100)])
    assert render_errors(failure, tmp_path / "file/errors.txt") == str(failure)


def test_errors_of_one_kind_may_differ_in_values_paths_and_numbers():
    problems = [
        ("is “x” here.", "is “a b.c” here."),
        ("would be written to /a/b/, where c/d.md is.", "would be written to /x/, where y.md is."),
        ("has 300 characters.", "has 1,204 characters."),
        ("points to image-1.png twice.", "points to фото.jpeg twice."),
    ]
    for one, other in problems:
        errors = [SiteError("p", 0, "f", problem, "") for problem in (one, other)]
        assert len(group_errors(errors)) == 1
    different = [SiteError("p", 0, field, "is missing.", "") for field in ("title", "start")]
    assert len(group_errors(different)) == 2
