"""Fonts of social images: found in packages or folders; what no font has is not drawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rubric.model.script import SCRIPTS, script_of
from rubric.model.setting_rules import FONT_FOLDERS, FONT_PACKAGES
from rubric.social.card import Card
from rubric.social.drawing import CardPainter
from rubric.social.font_files import FontFiles, find_fonts
from rubric.social.fonts import Fonts
from tests.unit.test_social_drawing import TITLES, ink_rows, opened

IDS = ("Latn", "Cyrl", "Grek", "Hans", "Hant", "Jpan", "Kore", "Arab")
ARABIC = SCRIPTS["Arab"]
SYSTEM = find_fonts(folder for folder in FONT_FOLDERS if folder != FONT_PACKAGES)
PACKAGED = find_fonts([FONT_PACKAGES])


def put(folder: Path, *names: str) -> str:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    return str(folder)


def names_of(files: FontFiles) -> list[str]:
    families = [family for family in (files.latin, files.han) if family]
    return [path.name for family in families for _, path in family.files]


def test_the_packages_are_found_with_their_release():
    assert names_of(PACKAGED) == ["NotoSans[wdth,wght].ttf", "NotoSansCJK-VF.otf.ttc"]
    assert len(PACKAGED.version.split()) == 2
    assert PACKAGED.version in PACKAGED.versions(SCRIPTS["Latn"])


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        ([], []),
        (["x/NotoSans-Regular.ttf"], []),  # bold is missing
        (
            ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansCJK-Regular.ttc"],
            ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf"],
        ),
        (
            ["a/NotoSans-VF.ttf", "a/NotoSans-Regular.ttf", "b/NotoSansCJK-VF.ttc"],
            ["NotoSans-VF.ttf", "NotoSansCJK-VF.ttc"],
        ),
        (
            ["cjk/NotoSansCJK-Bold.ttc", "cjk/NotoSansCJK-Regular.ttc"],
            ["NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"],
        ),
        (["DejaVuSans-Bold.ttf", "DejaVuSans.ttf"], ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"]),
    ],
)
def test_fonts_of_a_folder_are_found(tmp_path: Path, there: list[str], wanted: list[str]):
    assert names_of(find_fonts([put(tmp_path, *there), str(tmp_path / "missing")])) == wanted


def test_the_first_folder_that_has_a_font_wins(tmp_path: Path):
    one = put(tmp_path / "one", "NotoSansCJK-VF.ttc")
    two = put(tmp_path / "two", "NotoSansCJK-VF.ttc", "NotoSans-VF.ttf")
    found = find_fonts([one, two])
    assert found.han is not None
    assert str(found.han.file(400)).startswith(one)
    assert found.latin is not None
    assert str(found.latin.file(400)).startswith(two)


def test_other_fonts_make_other_pictures(tmp_path: Path):
    folder = put(tmp_path, "NotoSans-VF.ttf")
    before = find_fonts([folder]).version
    (tmp_path / "NotoSans-VF.ttf").write_bytes(b"a new release of it")
    assert find_fonts([folder]).version != before != FontFiles().version


def test_what_can_be_written_follows_from_the_fonts():
    latin, han = PACKAGED.latin, PACKAGED.han
    assert written(FontFiles(latin, han)) == [*IDS[:-1]]
    assert written(FontFiles(latin, None)) == [*IDS[:3]]
    assert written(FontFiles(None, han)) == []
    assert written(FontFiles()) == []


def written(files: FontFiles) -> list[str]:
    return [id for id in IDS if not files.missing(SCRIPTS[id])]


def test_arabic_needs_its_own_font_and_shaping(tmp_path: Path):
    folder = put(tmp_path, "NotoSans-VF.ttf", "NotoNaskhArabic-Regular.ttf")
    assert find_fonts([folder], [ARABIC]).missing(ARABIC) == ["Noto Sans Arabic"]
    put(tmp_path, "NotoNaskhArabic-Bold.ttf")
    files = find_fonts([folder], [ARABIC])
    assert files.missing(ARABIC) == []
    assert replace(files, has_shaping=False).missing(ARABIC) == ["Raqm"]
    assert replace(files, has_shaping=False).missing(SCRIPTS["Cyrl"]) == []


def test_a_font_of_one_language_changes_no_picture_of_others(tmp_path: Path):
    """Pictures are named by what draws them, so a new language must not rename the others'."""
    folder = put(tmp_path, *("NotoSans-VF.ttf", "NotoSansArabic-VF.ttf"))
    latin, more = find_fonts([folder]), find_fonts([folder], [ARABIC])
    assert latin.versions(SCRIPTS["Latn"]) == more.versions(SCRIPTS["Latn"])
    assert more.versions(ARABIC) != more.versions(SCRIPTS["Latn"])
    assert latin.version != more.version


def test_a_script_without_record_is_named():
    assert PACKAGED.missing(script_of("th")) == ["a font for the script Thai"]


def test_the_default_picture_needs_no_fonts():
    content = CardPainter(Fonts(FontFiles())).paint(Card("", "#0d6558", "", ""))
    assert opened(content).size == (1200, 630)
    assert len(content) < 30_000
    colours = opened(content).convert("RGB").getcolors(10_000)
    assert colours is not None
    assert len(colours) > 8


def test_a_card_is_drawn_without_han_fonts():
    painter = CardPainter(Fonts(FontFiles(PACKAGED.latin, None)))
    assert ink_rows(painter.paint(Card("ru", "#0d6558", "Circle", TITLES["ru"])))


@pytest.mark.skipif(not (SYSTEM.latin and SYSTEM.han), reason="the system has no Noto fonts")
@pytest.mark.parametrize("tag", TITLES)
def test_fonts_of_the_system_draw_as_well(tag: str):
    painter = CardPainter(Fonts(SYSTEM))
    assert ink_rows(painter.paint(Card(tag, "#0d6558", "Circle", TITLES[tag])))
