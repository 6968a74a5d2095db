"""Drawing surface of a card: text, boxes and rings in a few colours, saved as a small PNG."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

from rubric.model.script import script_of
from rubric.social.card import HEIGHT, WIDTH
from rubric.social.fonts import Fonts, Run

# The light theme's colours (theme/static/css/tokens.css).
PAPER, INK, SOFT = "#f6f7f4", "#16211d", "#54605b"
RULE, WARN = "#d5dad6", "#a32638"
_SHADES = 16  # steps from the background to a colour, for antialiasing


@dataclass(frozen=True, slots=True)
class Style:
    """Text style: colour, size in pixels, weight from 100 to 900."""

    colour: str
    size: int
    weight: int


class Canvas:
    """A palette image in which each colour has `_SHADES` entries, from background to colour.

    The palette is therefore known in advance; quantizing colours would take most of the time.
    Positions are counted from the side where lines begin: the image of a language that is written
    from right to left is mirrored, except for the shape of the logo.
    """

    def __init__(self, fonts: Fonts, tag: str) -> None:
        self._fonts, self._tag = fonts, tag
        self._is_rtl = script_of(tag).direction == "rtl"
        self._image = Image.new("P", (WIDTH, HEIGHT), 0)
        self._rows: dict[str, int] = {}

    def text(
        self,
        place: tuple[float, float],
        text: str,
        style: Style,
        widest: float,
        *,
        latin: bool = False,
    ) -> float:
        """Draw one line from its top left corner, at most `widest` pixels; returns its end."""
        left, top = place
        line = self._cut(self._fonts.drawable(text, self._tag), style, widest)
        fonts, is_rtl = self._fonts, self._is_rtl
        runs = [Run("Latin", line)] if latin else fonts.visual_runs(line, self._tag, is_rtl=is_rtl)
        opened = [fonts.font(run.face, style.size, style.weight) for run in runs]
        widths = [
            font.getlength(run.text, direction=run.direction)
            for font, run in zip(opened, runs, strict=True)
        ]
        # Margin for glyphs that extend beyond their line box: accents, descenders, slanted ones.
        aside = style.size
        mask = Image.new("L", (round(sum(widths)) + 2 * aside, 2 * style.size), 0)
        pen, x = ImageDraw.Draw(mask), float(aside)
        for font, run, width in zip(opened, runs, widths, strict=True):
            place = (x, style.size * 1.4)
            pen.text(place, run.text, 255, font, anchor="ls", direction=run.direction)
            x += width
        start = self._from_left(left, sum(widths))
        corner = (round(start) - aside, round(top - style.size * 0.42))
        self._cover(mask, corner, style.colour)
        return left + sum(widths)

    def text_before(
        self, place: tuple[float, float], text: str, style: Style, widest: float
    ) -> None:
        """Draw one line that ends at its top right corner."""
        line = self._cut(self._fonts.drawable(text, self._tag), style, widest)
        width = self._fonts.measure(line, self._tag, style.weight) * style.size
        self.text((place[0] - width, place[1]), line, style, widest + style.size)

    def pill(self, place: tuple[float, float], text: str, colour: str, size: int) -> None:
        """Draw a label on a rounded background."""
        left, top = round(place[0]), round(place[1])
        style = Style("#ffffff", size, 600)
        line = self._cut(self._fonts.drawable(text, self._tag), style, 520)
        width = round(self._fonts.measure(line, self._tag, 600) * size)
        ground = Image.new("L", ((width + 48) * 2, (size + 22) * 2), 0)
        shape = (0, 0, ground.width - 1, ground.height - 1)
        ImageDraw.Draw(ground).rounded_rectangle(shape, radius=size + 22, fill=255)
        shown = ground.reduce(2)
        self._cover(shown, (round(self._from_left(left, shown.width)), top), colour)
        self.text((left + 24, top + 4), line, style, 560)

    def ring(self, centre: tuple[int, int], radius: int, thickness: int, colour: str) -> None:
        """Draw three quarters of a ring, as in the site's logo (theme/static/img/mark.svg)."""
        scale = 4 if radius < 100 else 2
        size = 2 * (radius + thickness)
        image = Image.new("L", (size * scale, size * scale), 0)
        edge = (thickness * scale // 2, thickness * scale // 2)
        box = (*edge, size * scale - edge[0], size * scale - edge[1])
        ImageDraw.Draw(image).arc(box, 0, 270, fill=255, width=thickness * scale)
        corner = (round(self._from_left(centre[0] - size // 2, size)), centre[1] - size // 2)
        self._cover(image.reduce(scale), corner, colour)

    def dot(self, centre: tuple[int, int], radius: int, colour: str) -> None:
        size = 2 * radius
        image = Image.new("L", (size * 4, size * 4), 0)
        ImageDraw.Draw(image).ellipse((0, 0, size * 4 - 1, size * 4 - 1), fill=255)
        corner = (round(self._from_left(centre[0] - radius, size)), centre[1] - radius)
        self._cover(image.reduce(4), corner, colour)

    def box(self, box: tuple[int, int, int, int], colour: str) -> None:
        left, top, right, bottom = box
        if self._is_rtl:
            left, right = WIDTH - right, WIDTH - left
        self._image.paste(self._row(colour) + _SHADES - 1, (left, top, right, bottom))

    def png(self) -> bytes:
        palette: list[int] = []
        for colour in self._rows:
            palette += _shades(colour)
        self._image.putpalette(palette)
        file = BytesIO()
        self._image.save(file, "PNG", compress_level=6)
        return file.getvalue()

    def _from_left(self, start: float, width: float) -> float:
        """Return the horizontal position in the image of a position relative to the line start."""
        return WIDTH - start - width if self._is_rtl else start

    def _cut(self, line: str, style: Style, widest: float) -> str:
        most = widest / style.size
        if self._fonts.measure(line, self._tag, style.weight) <= most:
            return line
        while line and self._fonts.measure(f"{line}…", self._tag, style.weight) > most:
            line = line[:-1]
        return f"{line.rstrip()}…"

    def _cover(self, mask: Image.Image, corner: tuple[int, int], colour: str) -> None:
        """Paint with a colour, using `mask` as alpha channel."""
        row = self._row(colour)
        steps = [row + round(value * (_SHADES - 1) / 255) for value in range(256)]
        shown = mask.point([0] * 9 + [255] * 247)
        self._image.paste(mask.point(steps), corner, shown)

    def _row(self, colour: str) -> int:
        """Return the palette index of a colour's first shade."""
        return self._rows.setdefault(colour, len(self._rows) * _SHADES)


def tint(colour: str) -> str:
    """Return a colour that is barely visible on the background."""
    return _hex(_mix(PAPER, colour, 0.07))


def _shades(colour: str) -> list[int]:
    """Return palette entries from the background to the colour; to white on dark backgrounds."""
    ground = WARN if colour == "#ffffff" else PAPER
    steps = [_mix(ground, colour, step / (_SHADES - 1)) for step in range(_SHADES)]
    return [channel for shade in steps for channel in shade]


def _mix(one: str, other: str, share: float) -> tuple[int, int, int]:
    red, green, blue = (
        round(a + (b - a) * share)
        for a, b in zip(ImageColor.getrgb(one)[:3], ImageColor.getrgb(other)[:3], strict=True)
    )
    return red, green, blue


def _hex(channels: Iterable[int]) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in channels)
