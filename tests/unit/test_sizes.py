"""Width and height of pictures, as a page states them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from rubric.files.sizes import measure
from rubric.model.image_size import Size, measure_image


@pytest.mark.parametrize("ending", ["png", "jpg", "gif", "webp"])
def test_a_picture_is_measured(tmp_path: Path, ending: str):
    path = tmp_path / f"a.{ending}"
    Image.new("RGB", (40, 30)).save(path)
    assert measure(path) == (40, 30)


def test_a_photo_is_measured_as_it_is_shown(tmp_path: Path):
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 30)).save(path, exif=exif)
    assert measure(path) == (30, 40)


def test_emails_have_the_displayed_size_of_png_and_jpeg_only(tmp_path: Path):
    path = tmp_path / "a"
    exif = Image.Exif()
    exif[0x0112] = 6
    for format, size in (("PNG", Size(40, 30)), ("JPEG", Size(30, 40)), ("WEBP", None)):
        options = {"exif": exif} if format == "JPEG" else {}
        Image.new("RGB", (40, 30)).save(path, format, **options)
        assert measure_image(path, ("PNG", "JPEG")) == size
    assert Size(1600, 900).within(536) == (536, 302)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ('<?xml version="1.0"?>\n<svg viewBox="0 0 24 12.4"><path/></svg>', (24, 12)),
        ("<svg class='a' viewBox='-1,-1, 4, 4'/>", (4, 4)),
        ('<svg width="3"/>', None),
        ('<svg viewBox="0 0 0 0"/>', None),
        ("no picture", None),
    ],
)
def test_a_drawing_has_the_size_of_its_view_box(tmp_path: Path, text: str, size: object):
    path = tmp_path / "a.svg"
    path.write_text(text, "utf-8")
    assert measure(path) == size


def test_other_files_have_no_size(tmp_path: Path):
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG, or so")
    assert measure(path) is None
    assert measure(tmp_path / "none.png") is None
