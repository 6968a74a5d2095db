"""Pictures in several sizes and formats, recordings and downloads of built sites."""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageDraw

from tests.building import Build, build, write_site
from tests.pages import LANGUAGES, SITEURL, read_feeds, read_json_feeds, read_pages, write_text

BASE: dict[str, Any] = {
    "LANGUAGES": {key: {**LANGUAGES[key], "chain": []} for key in ("en", "ru")},
    "SOCIAL_IMAGES": {"images": False},
    "IMAGES": {"widths": [40, 80], "large": 120},
}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>'


def photo(width: int = 200, height: int = 100, **options: Any) -> bytes:
    """A JPEG: red above, blue below."""
    image = Image.new("RGB", (width, height), "red")
    ImageDraw.Draw(image).rectangle((0, height // 2, width, height), fill="blue")
    return saved(image, "JPEG", **options)


def saved(image: Image.Image, format: str, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def site_of(folder: Path, body: str, pictures: dict[str, bytes], **settings: Any) -> Build:
    """Build a site of one post with this text."""
    content = write_site(folder, {"en/posts/tea.md": write_text("Tea", body)})
    for name, data in pictures.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_bytes(data)
    return build(content, folder / "output", **{**BASE, **settings})


def renditions(site: Build) -> dict[str, Image.Image]:
    """The opened renditions of a site by name without digest, such as `tea-40.avif`."""
    found: dict[str, Image.Image] = {}
    for path in sorted((site.output / "pictures").iterdir()):
        image = Image.open(path)
        image.load()
        found[re.sub(r"\.[0-9a-f]{12}\.", ".", path.name)] = image
    return found


def test_renditions_are_upright_in_srgb_and_without_metadata(tmp_path: Path):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Quillwort"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    data = photo(exif=exif, icc_profile=profile, comment=b"Quillwort")
    site = site_of(tmp_path, "![Tea](/images/tea.jpg)", {"images/tea.jpg": data})
    assert site.status == 0, site.told
    found = renditions(site)
    assert {name: image.size for name, image in found.items()} == {
        **{f"tea-40.{kind}": (40, 80) for kind in ("avif", "webp", "jpg")},
        **{f"tea-80.{kind}": (80, 160) for kind in ("avif", "webp", "jpg")},
        "tea-100.jpg": (100, 200),  # never enlarged
    }
    for name, image in found.items():
        assert not image.getexif(), name
        assert not {"icc_profile", "exif", "xmp", "comment"} & image.info.keys(), name
        left, right = (image.convert("RGB").getpixel((x, 5)) for x in (5, image.width - 5))
        assert left[2] > left[0], name  # type: ignore[index]
        assert right[0] > right[2], name  # type: ignore[index]
    for data in site.files().values():
        assert b"Quillwort" not in data


def test_transparency_stays_and_animations_and_drawings_are_not_touched(tmp_path: Path):
    frames = [Image.new("RGB", (100, 50), colour) for colour in ("red", "blue")]
    animation = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    clear = Image.new("RGBA", (100, 50), (255, 0, 0, 90))
    palette = clear.convert("P")
    palette.info["transparency"] = 0
    site = site_of(
        tmp_path,
        "![A](/images/a.gif) ![B](/images/b.png) ![C](/images/c.svg) ![D](/images/d.webp) "
        "![E](/images/e.png)",
        {
            "images/a.gif": animation,
            "images/b.png": saved(clear, "PNG"),
            "images/c.svg": SVG.encode(),
            "images/d.webp": saved(clear, "WEBP"),
            "images/e.png": saved(Image.new("I;16", (100, 50), 40_000), "PNG"),
        },
    )
    assert site.status == 0, site.told
    page = read_pages(site)["en/tea/"]
    sources = [image.get("src") for image in page.find("//article//img")]
    assert [re.sub(r"\.\w{12}\.", ".", source) for source in sources] == [
        "/images/a.gif",
        "/pictures/b-80.png",
        "/images/c.svg",
        "/pictures/d-80.png",
        "/pictures/e-80.png",
    ]
    found = renditions(site)
    for name in ("b-80.png", "b-80.avif", "b-80.webp", "d-80.png"):
        assert found[name].has_transparency_data, name
        assert abs(found[name].convert("RGBA").getpixel((9, 9))[3] - 90) < 9  # type: ignore[index]
    assert abs(found["e-80.png"].convert("L").getpixel((9, 9)) - 156) < 3  # type: ignore[operator]
    with Image.open(site.output / "images/a.gif") as published:
        assert getattr(published, "n_frames", 1) == 2


def png(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG whose header need not fit its pixels."""
    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(pixels)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
        for kind, data in chunks
    )


BOMB = png(30_000, 30_000, bytes(100_000))
"""A few hundred bytes that claim to be 900 megapixels."""


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.png", BOMB, "has more than 178 megapixels; the limit is 50."),
        ("a.png", saved(Image.new("1", (9_000, 6_000)), "PNG"), "has 54 megapixels; the limit is"),
        ("a.jpg", photo()[:-200], "is a damaged JPEG file."),
        ("a.png", saved(Image.effect_noise((90, 90), 9), "PNG")[:-900], "is a damaged PNG file."),
        ("a.jpg", b"not a picture", "is not a picture, whatever its name says."),
        ("a.gif", photo(), ""),  # a JPEG with a wrong name is usable
    ],
)
def test_unusable_pictures_are_errors_in_one_line(
    tmp_path: Path, name: str, data: bytes, problem: str
):
    site = site_of(tmp_path, f"![A](/images/{name})", {f"images/{name}": data})
    assert (site.status == 0) is not bool(problem), site.told
    if problem:
        count, line = site.told.strip().splitlines()
        assert count == "1 error, nothing written."
        assert line.startswith(f"content/images/{name}: {problem}")
        assert not site.output.exists()


def test_a_picture_with_damaged_pixels_is_found_before_anything_is_written(tmp_path: Path):
    site = site_of(tmp_path, "![A](/images/a.png)", {"images/a.png": png(300, 300, bytes(900))})
    assert site.told.splitlines()[-1].startswith("content/images/a.png: is a damaged picture.")
    assert not site.output.exists()


def test_only_changed_pictures_are_made_again(tmp_path: Path):
    text = "![A](/images/a.jpg)\n\n![B](/images/b.jpg)"
    pictures = {"images/a.jpg": photo(), "images/b.jpg": photo(180)}
    first = site_of(tmp_path, text, pictures)
    assert first.status == 0, first.told
    before = {p: p.stat().st_mtime_ns for p in (first.output / "pictures").iterdir()}
    assert site_of(tmp_path, f"Other. {text}", {}).status == 0
    assert before == {p: p.stat().st_mtime_ns for p in (first.output / "pictures").iterdir()}

    second = site_of(tmp_path, f"Other. {text}", {"images/a.jpg": photo(160, 160)})
    after = {p: p.stat().st_mtime_ns for p in (second.output / "pictures").iterdir()}
    kept = before.keys() & after.keys()
    assert {path.name[0] for path in kept} == {"b"}
    assert {path.name[0] for path in before.keys() - after.keys()} == {"a"}
    assert all(before[path] == after[path] for path in kept)
    (tmp_path / "clean").mkdir()
    clean = build(tmp_path / "content", tmp_path / "clean/output", **BASE)
    assert clean.files() == second.files()

    third = site_of(tmp_path, "No pictures.", {})
    assert not (third.output / "pictures").exists()


def test_options_are_part_of_the_addresses(tmp_path: Path):
    pictures = {"images/a.jpg": photo()}
    names = []
    changes: list[dict[str, Any]] = [
        {"quality": {"webp": 60}},
        {"quality": {"webp": 70}},
        {"formats": []},
    ]
    for options in changes:
        images = {**BASE["IMAGES"], **options}
        site = site_of(tmp_path, "![A](/images/a.jpg)", pictures, IMAGES=images)
        assert site.status == 0, site.told
        names.append({path.name for path in (site.output / "pictures").iterdir()})
    assert {name.rpartition(".")[2] for name in names[0] ^ names[1]} == {"webp"}
    assert {name.rpartition(".")[2] for name in names[2]} == {"jpg"}
    page = read_pages(site)["en/tea/"]
    assert page.find("//picture") == []
    assert page.find("//article//img/@srcset")


def lead_of(folder: Path, body: str, **fields: Any) -> Build:
    text = write_text("Tea", body, **fields)
    issue = write_text("First", "Hello.", list="weekly-en", posts=["posts/tea"])
    content = write_site(folder, {"en/posts/tea.md": text, "en/newsletter/first.md": issue})
    (content / "images").mkdir()
    (content / "images/first.jpg").write_bytes(photo(1400, 800))
    (content / "images/top.png").write_bytes(saved(Image.new("RGB", (1300, 700)), "PNG"))
    site = build(content, folder / "output")
    assert site.status == 0, site.told
    return site


@pytest.mark.parametrize(
    ("fields", "name", "alt"),
    [({}, "first", "A desk"), ({"image": "images/top.png", "image_alt": "Top"}, "top", "Top")],
)
def test_the_lead_picture_stands_for_a_post(
    tmp_path: Path, fields: dict[str, Any], name: str, alt: str
):
    body = "Text.\n\n![A desk](/images/first.jpg)"
    site = lead_of(tmp_path, body, **fields)
    pages = read_pages(site)
    page, home = pages["en/tea/"], pages["en/"]
    (jpeg,) = (site.output / "pictures").glob(f"{name}-1200.*.jpg")
    url = f"{SITEURL}/pictures/{jpeg.name}"
    (card,) = home.find("//div[@class='card-picture']//img")
    assert (card.get("alt"), card.get("loading")) == ("", "lazy")
    assert f"/{name}-" in card.get("src")
    eager = page.find("//article//img[@fetchpriority='high']")
    assert [image.get("alt") for image in eager] == [alt]
    meta = {m.get("property"): m.get("content") for m in page.find("//meta[@property]")}
    assert (meta["og:image"], meta["og:image:alt"]) == (url, alt)
    assert (meta["og:image:type"], meta["og:image:width"]) == ("image/jpeg", "1200")
    (thing,) = page.structured
    assert f"/pictures/{name}-1200." in thing["image"]
    rss = read_feeds(site)["en/feed.rss.xml"].decode()
    assert f'<media:content url="{url}" type="image/jpeg"' in rss
    (item,) = read_json_feeds(site)["en/feed.json"]["items"]
    assert item["image"] == url
    (first,) = (site.output / "pictures").glob("first-1200.*.jpg")
    assert f"{SITEURL}/pictures/{first.name}" in item["content_html"]
    (mail,) = (site.output.parent / "exports").rglob("issue.html")
    assert f'src="{url}"' in mail.read_text("utf-8")
    assert "<picture" not in mail.read_text("utf-8")


RECORDINGS = """
![Our talk](/files/talk.mp3 "In May")

![A film](/files/film.mp4)

See [the plan](/files/plan.pdf "Plan") and [a page](https://example.org/x.pdf).
"""


def test_recordings_have_posters_captions_and_transcripts(tmp_path: Path):
    files = {
        "files/talk.mp3": b"ID3" + bytes(2_345_678),
        "files/talk.txt": b"Hello.",
        "files/film.mp4": bytes(900),
        "files/film.jpg": photo(),
        "files/film.vtt": b"WEBVTT\n",
        "files/film.ru.vtt": b"WEBVTT\n",
        "files/other.vtt": b"WEBVTT\n",
        "files/plan.pdf": bytes(240_400),
    }
    site = site_of(tmp_path, RECORDINGS, files)
    assert site.status == 0, site.told
    page = read_pages(site)["en/tea/"]
    assert page.find("//audio/@preload | //video/@preload") == ["none", "none"]
    assert re.fullmatch(r"/pictures/film-80\.\w+\.jpg", page.one("//video/@poster"))
    tracks = [(t.get("srclang"), t.get("label"), t.get("default")) for t in page.find("//track")]
    assert tracks == [("ru", "Русский", None), ("en", "English", "")]
    captions = page.texts("//figcaption")
    assert captions == ["Our talk (MP3, 2.3 MB) In May Transcript", "A film (MP4, 900 byte)"]
    assert page.one("//a[@class='transcript']/@href") == "/files/talk.txt"
    assert page.texts("//p/small[@class='download']") == ["(PDF, 240 kB)"]


def test_files_beside_a_text_and_its_recordings_are_published(tmp_path: Path):
    files = {f"en/posts/talk.{ending}": b"WEBVTT\n" for ending in ("mp4", "vtt")}
    site = site_of(tmp_path, "![Talk](talk.mp4)", {**files, "en/posts/other.vtt": b"WEBVTT\n"})
    assert site.status == 0, site.told
    page = read_pages(site)["en/tea/"]
    assert (site.output / page.one("//track/@src").lstrip("/")).is_file()
    assert not [name for name in site.files() if "other" in name]


EMBED = '[![A talk](/images/a.jpg "By Ann")](https://www.youtube.com/watch?v=abcdefghijk)'


@pytest.mark.parametrize("allowed", [[], ["youtube"], ["vimeo"]])
def test_players_of_other_sites_need_permission(tmp_path: Path, allowed: list[str]):
    images = {**BASE["IMAGES"], "embeds": allowed}
    site = site_of(tmp_path, EMBED, {"images/a.jpg": photo()}, IMAGES=images)
    assert site.status == 0, site.told
    page = read_pages(site)["en/tea/"]
    policy = page.one('//meta[@http-equiv="Content-Security-Policy"]/@content')
    link = page.one("//figure/a")
    assert link.get("href") == "https://www.youtube.com/watch?v=abcdefghijk"
    assert page.find("//iframe") == []
    if allowed == ["youtube"]:
        player = "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1"
        assert link.get("data-player") == player
        assert page.texts("//*[@class='embed-site']") == ["Play from youtube.com"]
        assert "frame-src https://www.youtube-nocookie.com;" in policy
    else:
        assert link.get("data-player") is None
        assert "youtube" not in policy
    home = read_pages(site)["en/"].one('//meta[@http-equiv="Content-Security-Policy"]/@content')
    assert "frame-src" not in home


def test_captions_are_no_markup(tmp_path: Path):
    evil = "<script>alert(1)</script>' onload=x"
    body = f'![{evil}](/images/a.jpg "{evil} | {evil}")\n\n![{evil}](/files/a.mp3 "{evil}")'
    files = {"images/a.jpg": photo(), "files/a.mp3": b"ID3"}
    site = site_of(tmp_path, body, files)
    assert site.status == 0, site.told
    page = read_pages(site)["en/tea/"]
    assert page.find("//article//script") == []
    assert page.find("//@onload") == []
    assert page.one("//figure//img/@alt") == evil


def test_a_lead_picture_can_have_an_empty_description_on_purpose(tmp_path: Path):
    fields = {"image": "images/top.png"}
    for alt, status in (('""', 0), ("''", 0), ("", 0), ("null", 1), ("A desk", 0)):
        folder = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        content = write_site(folder, {"en/posts/tea.md": write_text("Tea", **fields)})
        (content / "images").mkdir(exist_ok=True)
        Image.new("RGB", (40, 30), "white").save(content / "images/top.png")
        text = content / "en/posts/tea.md"
        text.write_text(text.read_text("utf-8").replace("---\n", f"---\nimage_alt: {alt}\n", 1))
        built = build(content, folder / "output")
        assert built.status == status, (alt, built.told)
