"""Pictures without metadata: location, camera and author are gone, and each pixel is the same."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin, features

from rubric.files.publishing import to_publish
from rubric.files.rejection import FileRejected
from tests.cases import cases

SECRETS = (b"Canon", b"Ivanova", b"xmpmeta", b"Almaty", b"43.2", b"IPTC", b"8BIM")
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Ivanova in Almaty at 43.2</x:xmpmeta>"
GPS, MAKE, ARTIST, ORIENTATION = 0x8825, 0x010F, 0x013B, 0x0112
HAS_AVIF = features.check("avif")


def picture(mode: str = "RGB", size: tuple[int, int] = (48, 32)) -> Image.Image:
    image = Image.linear_gradient("L").resize(size).convert(mode)
    image.putpixel((3, 5), 0)
    return image


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[MAKE], made[ARTIST], made[ORIENTATION] = "Canon", "Ivanova", orientation
    made.get_ifd(GPS).update({1: "N", 2: (43.2, 14.0, 0.0), 3: "E", 4: (76.9, 0.0, 0.0)})
    return made


def save(kind: str, image: Image.Image | None = None, **options: Any) -> bytes:
    file = io.BytesIO()
    (image or picture()).save(file, kind, **options)
    return file.getvalue()


def with_jpeg_segments(data: bytes) -> bytes:
    """What cameras and editors add: IPTC, a comment, other programs' segments, a second picture."""

    def segment(marker: int, content: bytes) -> bytes:
        return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content

    extra = segment(0xED, b"Photoshop 3.0\x008BIM IPTC Ivanova") + segment(0xFE, b"Canon, Almaty")
    extra += segment(0xE2, b"XYZ\x00Ivanova") + segment(0xE5, b"Canon") + b"\xff\xff"
    return data[:2] + extra + data[2:] + b"\xff\xd8 Ivanova, a second picture"


def with_gif_extensions(data: bytes) -> bytes:
    """A comment, and XMP as programs write it, before the last byte."""
    xmp = b"\x21\xff\x0bXMP DataXMP" + XMP + b"\x01" + bytes(range(255, -1, -1)) + b"\x00"
    return data[:-1] + b"\x21\xfe\x07Ivanova\x00" + xmp + b"\x3b"


def png_text() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Ivanova")
    info.add_text("Camera", "Canon", zip=True)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    info.add(b"tIME", b"\x07\xea\x01\x01\x00\x00\x00")
    info.add(b"caBX", b"Ivanova", after_idat=True)
    return info


def gif_frames() -> list[Image.Image]:
    return [picture("L"), picture("L").transpose(Image.Transpose.FLIP_LEFT_RIGHT)]


MAKERS: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: with_jpeg_segments(
        save("JPEG", exif=exif(), icc_profile=PROFILE, comment=b"Ivanova", xmp=XMP, dpi=(300, 300))
    ),
    "progressive jpeg": lambda: with_jpeg_segments(
        save("JPEG", exif=exif(), icc_profile=PROFILE, progressive=True)
    ),
    "cmyk jpeg": lambda: save("JPEG", picture("CMYK"), exif=exif(), icc_profile=PROFILE),
    "grey jpeg": lambda: save("JPEG", picture("L"), exif=exif(), xmp=XMP, icc_profile=PROFILE),
    "restarting jpeg": lambda: save(
        "JPEG", exif=exif(), restart_marker_blocks=1, icc_profile=PROFILE
    ),
    "two-picture jpeg": lambda: save(
        "MPO", save_all=True, append_images=[picture()], exif=exif(), icc_profile=PROFILE
    ),
    "png": lambda: save("PNG", exif=exif(), icc_profile=PROFILE, pnginfo=png_text()),
    "palette png": lambda: save(
        "PNG",
        picture("P"),
        exif=exif(),
        icc_profile=PROFILE,
        pnginfo=png_text(),
        transparency=3,
    ),
    "animated png": lambda: save(
        "PNG",
        gif_frames()[0],
        save_all=True,
        append_images=gif_frames()[1:],
        pnginfo=png_text(),
        icc_profile=PROFILE,
    ),
    "webp": lambda: save("WEBP", exif=exif(), xmp=XMP, icc_profile=PROFILE),
    "lossless webp": lambda: save(
        "WEBP", picture("RGBA"), lossless=True, exif=exif(), xmp=XMP, icc_profile=PROFILE
    ),
    "animated webp": lambda: save(
        "WEBP",
        gif_frames()[0],
        save_all=True,
        append_images=gif_frames()[1:],
        exif=exif(),
        xmp=XMP,
        icc_profile=PROFILE,
    ),
    "gif": lambda: with_gif_extensions(save("GIF", picture("P"), comment=b"Ivanova")),
    "animated gif": lambda: with_gif_extensions(
        save("GIF", gif_frames()[0], save_all=True, append_images=gif_frames()[1:], loop=0)
    ),
}
if HAS_AVIF:
    MAKERS["avif"] = lambda: save("AVIF", exif=exif(), xmp=XMP, icc_profile=PROFILE)
    MAKERS["avif with alpha"] = lambda: save(
        "AVIF", picture("RGBA"), exif=exif(6), xmp=XMP, icc_profile=PROFILE
    )
ALL = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


def frames(data: bytes) -> list[tuple[Any, ...]]:
    """Each frame's pixels, mode and duration."""
    image = Image.open(io.BytesIO(data))
    found = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        found.append((image.mode, image.info.get("duration"), image.convert("RGBA").tobytes()))
    return found


@ALL
def test_nothing_private_is_left_and_each_pixel_is_the_same(make: Callable[[], bytes]):
    before = make()
    assert any(secret in before for secret in SECRETS)
    after = to_publish("images/photo.bin", before)
    assert [secret for secret in SECRETS if secret in after] == []
    image = Image.open(io.BytesIO(after))
    image.load()
    assert dict(image.getexif()) in ({}, {ORIENTATION: 6})
    assert image.getexif().get_ifd(GPS) == {}
    assert not {"comment", "Author", "Camera", "photoshop"} & image.info.keys()
    original = Image.open(io.BytesIO(before))
    count = 1 if original.format == "MPO" else len(frames(before))
    assert frames(after) == frames(before)[:count]
    assert image.info.get("icc_profile") == original.info.get("icc_profile")


@ALL
def test_a_file_without_metadata_stays_as_it_is(make: Callable[[], bytes]):
    once = to_publish("a", make())
    assert to_publish("a", once) == once


@cases("turned", range(1, 9))
@cases("kind", ["JPEG", "PNG", "WEBP"])
def test_the_orientation_is_kept_alone(kind: str, turned: int):
    before = save(kind, exif=exif(turned))
    after = Image.open(io.BytesIO(to_publish("a", before)))
    after.load()
    assert dict(after.getexif()) == ({} if turned == 1 else {ORIENTATION: turned})
    assert after.tobytes() == Image.open(io.BytesIO(before)).tobytes()


@pytest.mark.skipif(not HAS_AVIF, reason="Pillow was built without AVIF")
@pytest.mark.parametrize("turned", range(1, 9))
def test_avif_is_turned_as_before(turned: int):
    """By a property of the picture, which is no metadata."""
    before = save("AVIF", exif=exif(turned))
    after = Image.open(io.BytesIO(to_publish("a.avif", before)))
    shown = Image.open(io.BytesIO(before))
    assert after.size == shown.size
    assert after.getexif().get(ORIENTATION, 1) == shown.getexif().get(ORIENTATION, 1)


@cases("order", ["<", ">"])
def test_the_orientation_is_read_in_either_byte_order(order: str):
    mark = b"II" if order == "<" else b"MM"
    tiff = mark + struct.pack(f"{order}HLHHHLHH", 42, 8, 1, ORIENTATION, 3, 1, 8, 0) + bytes(4)
    segment = b"Exif\x00\x00" + tiff
    data = save("JPEG")
    data = data[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + data[2:]
    assert Image.open(io.BytesIO(to_publish("a", data))).getexif()[ORIENTATION] == 8


@cases("content", [b"", b"II*\x00", b"\xff" * 40, b"MM\x00*" + b"\xff" * 60])
def test_damaged_exif_is_removed(content: bytes):
    segment = b"Exif\x00\x00" + content
    data = save("JPEG")
    data = data[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + data[2:]
    assert dict(Image.open(io.BytesIO(to_publish("a", data))).getexif()) == {}


@ALL
def test_a_picture_that_ends_in_the_middle_is_an_error(make: Callable[[], bytes]):
    whole = to_publish("a", make())
    for end in (20, len(whole) // 2):
        with pytest.raises(FileRejected, match=r"is a damaged|is not a picture"):
            to_publish("photo.jpg", whole[:end])


@ALL
def test_damage_is_never_a_crash(make: Callable[[], bytes]):
    data = make()
    for place in range(0, min(len(data), 1500), 7):
        for value in (0x00, 0xFF):
            with suppress(FileRejected):
                to_publish("photo.jpg", data[:place] + bytes([value]) + data[place + 1 :])


@cases(
    ("name", "data", "problem"),
    [
        ("a.jpg", b"", "is empty"),
        ("a.png", b"<!doctype html><title>Not found</title>", "is not a picture"),
        ("a.webp", b"version https://git-lfs.github.com/spec/v1", "is not a picture"),
        ("a.tiff", b"II*\x00", "can't be removed from .tiff"),
        ("a.CR2", b"II*\x00", "can't be removed from .cr2"),
        ("a.psd", b"8BPS", "can't be removed from .psd"),
    ],
)
def test_what_is_no_picture_or_keeps_its_metadata_is_an_error(name: str, data: bytes, problem: str):
    with pytest.raises(FileRejected, match=problem):
        to_publish(name, data)


@cases(
    ("name", "data"),
    [
        ("plan.pdf", b"%PDF-1.7 Ivanova"),
        ("data.csv", b"a,b\n"),
        ("empty.txt", b""),
        ("old.bmp", b"BM\x00"),
        ("bare.jxl", b"\xff\n\x00\x00"),
        ("film.mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"),
    ],
)
def test_other_files_stay_as_they_are(name: str, data: bytes):
    assert to_publish(name, data) == data


def test_jpeg_xl_loses_its_boxes():
    def box(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">L4s", len(content) + 8, kind) + content

    start = b"\x00\x00\x00\x0cJXL \r\n\x87\n" + box(b"ftyp", b"jxl \x00\x00\x00\x00jxl ")
    stream = struct.pack(">L4s", 0, b"jxlc") + b"\xff\nstream"
    private = box(b"Exif", b"\x00\x00\x00\x00Canon") + box(b"xml ", XMP) + box(b"brob", b"xml Ivan")
    assert to_publish("a.jxl", start + private + stream) == start + stream


def test_the_same_picture_gives_the_same_bytes():
    for made, again in pairwise(to_publish("a", MAKERS["jpeg"]()) for _ in range(3)):
        assert made == again
