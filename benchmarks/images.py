"""Sites of photos, to compare how long their renditions take; see docs/performance.md.

Hugo makes the same widths in WebP and JPEG; it does not encode AVIF. So Rubric is measured with
its default formats, and with the same ones as Hugo.
"""

from __future__ import annotations

import random
import resource
import sys
from pathlib import Path

from PIL import Image, ImageDraw

from benchmarks.sites import ROOT, Site

WIDTHS, LARGE = (480, 800, 1200), 2000
_SIZE = (4000, 3000)
_SHAPES = 300
_GRAIN = 0.1
_SETTINGS = """
import sys
sys.path.insert(0, {root!r})
from pelicanconf import *
THEME = {theme!r}
SOCIAL_IMAGES["images"] = False
IMAGES.update(widths={widths!r}, large={large!r}, formats={formats!r})
"""
_HUGO = """
baseURL = "https://example.org/"
disableKinds = ["taxonomy", "term", "rss", "sitemap"]
[imaging]
quality = 80
"""
_HUGO_PAGE = "<!doctype html><title>{{ .Title }}</title>{{ .Content }}"
_HUGO_IMAGE = """
{{- $photo := resources.Get .Destination -}}
{{- $text := .Text -}}
<picture><source type="image/webp" srcset="
{{- range slice WIDTHS }}{{ with $photo.Resize (printf "%dx webp q75" .) -}}
{{ .RelPermalink }} {{ .Width }}w, {{ end }}{{ end }}">
<img alt="{{ $text }}" src="{{ ($photo.Resize "800x").RelPermalink }}" srcset="
{{- range slice WIDTHS }}{{ with $photo.Resize (printf "%dx" .) -}}
{{ .RelPermalink }} {{ .Width }}w, {{ end }}{{ end }}"></picture>
<a href="{{ ($photo.Resize "LARGEx").RelPermalink }}">{{ $text }}</a>
"""


def make_photos(folder: Path, count: int) -> None:
    """Write JPEG files of 12 megapixels: shapes of all colours, soft edges and grain."""
    folder.mkdir(parents=True)
    chance = random.Random(16)
    grain = Image.effect_noise(_SIZE, 20)
    noise = Image.merge("RGB", [grain, *(grain.transpose(turn) for turn in _TURNS)])
    for number in range(count):
        small = Image.new("RGB", (500, 375))
        draw = ImageDraw.Draw(small)
        for _ in range(_SHAPES):
            x, y, radius = chance.randrange(500), chance.randrange(375), chance.randrange(3, 80)
            box = (x - radius, y - radius, x + radius, y + radius)
            draw.ellipse(box, fill=tuple(chance.randrange(256) for _ in range(3)))
        photo = Image.blend(small.resize(_SIZE, Image.Resampling.BICUBIC), noise, _GRAIN)
        photo.save(folder / f"photo-{number:04}.jpg", quality=88)


_TURNS = (Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM)


def make_rubric_site(folder: Path, photos: Path, formats: tuple[str, ...]) -> Site:
    """Write a post for each photo."""
    content, settings = folder / "content", folder / "settings.py"
    (content / "en/posts").mkdir(parents=True)
    _link(photos, content / "images")
    for photo in sorted(photos.iterdir()):
        body = f"A text.\n\n![A photo](/images/{photo.name})\n"
        header = f"---\ntitle: {photo.stem}\ndate: 2026-11-01\n---\n"
        (content / f"en/posts/{photo.stem}.md").write_text(header + body, encoding="utf-8")
    known = {"root": str(ROOT), "theme": str(ROOT / "theme")}
    given = _SETTINGS.format(widths=WIDTHS, large=LARGE, formats=formats, **known)
    settings.write_text(given, encoding="utf-8")
    command = [sys.executable, "-m", "pelican", str(content), "-s", str(settings)]
    return Site(content, [*command, "-o", str(folder / "output")], folder / "output")


def _link(photos: Path, folder: Path) -> None:
    """Make hard links of all photos, because symbolic links leave the content folder."""
    folder.mkdir(parents=True)
    for photo in photos.iterdir():
        (folder / photo.name).hardlink_to(photo)


def make_hugo_site(folder: Path, photos: Path, program: str) -> Site:
    """Write the same posts for Hugo, with a render hook that makes the same widths."""
    content, layouts = folder / "content/en/posts", folder / "layouts"
    content.mkdir(parents=True)
    (layouts / "_default/_markup").mkdir(parents=True)
    _link(photos, folder / "assets/images")
    for photo in sorted(photos.iterdir()):
        body = f"A text.\n\n![A photo](/images/{photo.name})\n"
        header = f"---\ntitle: {photo.stem}\ndate: 2026-11-01\n---\n"
        (content / f"{photo.stem}.md").write_text(header + body, encoding="utf-8")
    (folder / "hugo.toml").write_text(_HUGO, encoding="utf-8")
    for name in ("single", "list"):
        (layouts / f"_default/{name}.html").write_text(_HUGO_PAGE, encoding="utf-8")
    widths = " ".join(map(str, WIDTHS))
    hook = _HUGO_IMAGE.strip().replace("WIDTHS", widths).replace("LARGE", str(LARGE))
    (layouts / "_default/_markup/render-image.html").write_text(hook, encoding="utf-8")
    return Site(folder / "content", [program], folder / "public")


def largest_process() -> int:
    """Return the peak memory in bytes of the largest process that has ended so far."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
