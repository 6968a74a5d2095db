"""Images of pages: in several sizes and formats if there are renditions, else with their size.

The first image of a page is loaded at once, the others when the reader comes near.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape

from rubric.files.sizes import add_size
from rubric.model.image_size import Size
from rubric.model.picture import Picture, srcset

COLUMN = "(min-width: 43.5rem) 40rem, calc(100vw - 2 * clamp(1rem, 4vw, 2.5rem))"
"""Width of an image in a text (theme/static/css/layout.css): the column is at most 40rem wide."""
GALLERY = "(min-width: 43.5rem) 20rem, calc(50vw - 1rem)"
"""Width of an image in a gallery: half of the column."""

_SMALL = 150
"""Width in CSS pixels up to which an image is a portrait or a thumbnail, and is not enlarged."""

# A `picture` that an author has written is left as it is.
_PART = re.compile(
    r"<picture\b.*?</picture\s*>"
    r'|(?P<gallery><div class="gallery[^>]*>)'
    r"|(?P<end></div>)"
    r"|(?P<link><a\s[^<>]*>)\s*(?=<img\b)"
    r"|(?P<image><img\b[^<>]*>)",
    re.IGNORECASE | re.DOTALL,
)
_SOURCE = re.compile(r"\ssrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_OWN_WIDTH = re.compile(r"\swidth\s*=\s*[\"']?(\d+)", re.IGNORECASE)
_SIZED = re.compile(r"\s(?:width|height)\s*=", re.IGNORECASE)
_LOADING = re.compile(r"\s(?:loading|fetchpriority|decoding)=(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_ALT = re.compile(r"\salt\s*=\s*(?:\"([^\"]+)\"|'([^']+)')", re.IGNORECASE)


@dataclass(slots=True)
class PicturePrinter:
    """Prints the images of one page; `pictures` and `sizes` are by root-relative link.

    If `is_lead`, the first image is the first of the page. `column` and `gallery` are the widths of
    images as values of `sizes` (HTML, 4.8.4.2.1).
    """

    pictures: Mapping[str, Picture]
    sizes: Mapping[str, tuple[int, int]]
    is_lead: bool = True
    column: str = COLUMN
    gallery: str = GALLERY

    def print(self, html: str) -> str:
        """Return the HTML of a text with all images in it ready to be shown."""
        if "<img" not in html.lower():
            return html
        is_gallery, is_linked = False, False

        def replace(part: re.Match[str]) -> str:
            nonlocal is_gallery, is_linked
            if part["image"]:
                linked, is_linked = is_linked, False
                sizes = self.gallery if is_gallery else self.column
                return self.image(part["image"], sizes, is_linked=linked)
            if part["gallery"] or part["end"]:
                is_gallery = bool(part["gallery"])
            is_linked = bool(part["link"])
            return part[0]

        return _PART.sub(replace, html)

    def image(self, image: str, sizes: str, *, is_linked: bool = False) -> str:
        """Return an `img` element, in a `picture` if it has renditions.

        If the picture can be enlarged and is neither small nor in a link (`is_linked`), it becomes
        one.
        """
        source = _SOURCE.search(image)
        link = unescape(source[1] or source[2] or "") if source else ""
        is_lead, self.is_lead = self.is_lead, False
        picture = self.pictures.get(link)
        if picture is None or source is None:
            return self._with_loading(self._with_size(image, link), is_lead=is_lead)
        is_small = False
        if own := _OWN_WIDTH.search(image):
            sizes, is_small = f"{own[1]}px", int(own[1]) <= _SMALL
        shown = picture.default
        image = image.replace(source[0], f' src="{escape(shown.link)}"', 1)
        if not _SIZED.search(image):
            image = add_size(image, Size(shown.width, shown.height))
        candidates = f' srcset="{escape(srcset(picture.fallbacks))}" sizes="{sizes}"'
        image = self._with_loading(f"{image[:4]}{candidates}{image[4:]}", is_lead=is_lead)
        offered = "".join(
            f'<source type="{kind}" srcset="{escape(srcset(renditions))}" sizes="{sizes}">'
            for kind, renditions in picture.sources
        )
        whole = f"<picture>{offered}{image}</picture>" if offered else image
        return whole if is_linked or is_small else self._with_link(whole, image, picture)

    def _with_size(self, image: str, link: str) -> str:
        size = self.sizes.get(link)
        return image if size is None or _SIZED.search(image) else add_size(image, Size(*size))

    def _with_loading(self, image: str, *, is_lead: bool) -> str:
        priority = 'fetchpriority="high"' if is_lead else 'loading="lazy"'
        return f'<img {priority} decoding="async"{_LOADING.sub("", image[4:])}'

    def _with_link(self, html: str, image: str, picture: Picture) -> str:
        """Add a link to the large picture; its name is the text alternative of the image."""
        large = picture.large
        if large is None or not _ALT.search(image):
            return html
        size = f'data-width="{large.width}" data-height="{large.height}"'
        return f'<a class="enlarge" href="{escape(large.link)}" {size}>{html}</a>'
