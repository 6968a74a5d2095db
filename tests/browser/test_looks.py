"""How pages look: nothing runs over, everything can be read and hit."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.building import ROOT
from tests.pages import LANGUAGES

pytestmark = pytest.mark.browser

KINDS = {
    "home": "",
    "post": "angry-review/",
    "short post": "emma-nutt/",
    "quote": "quote-drucker/",
    "event": "events/berlin-service-day/",
    "online event": "events/open-complaint-clinic/",
    "group": "groups/berlin/",
    "page": "about/",
    "faq": "faq/",
    "follow": "follow/",
    "search": "search/",
    "events": "events/",
    "groups": "groups/",
    "topics": "tags/",
    "rubric": "tags/servicequotes/",
    "author": "authors/aigerim-sadykova/",
    "archive": "archive/",
    "year": "archive/2026/",
    "not found": "404.html",
}
MISSING = {("zh-hans", "post")}  # no translation; another text shows what a post looks like
ADDRESSES = [
    "",
    "404.html",
    "zh-hant/night-shift-tea/",  # a stand-in in another script
    "zh-hant/quote-chekhov/",
    *(
        f"{lang}/{path}"
        for lang in LANGUAGES
        for kind, path in KINDS.items()
        if (lang, kind) not in MISSING
    ),
]
RUBRICS = tomllib.loads((ROOT / "content" / "rubrics.toml").read_text("utf-8"))

# Colours as pixels: a canvas understands color-mix() and whatever else CSS may compute.
COLOURS = """
const dot = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
const pixel = (...colours) => {
  dot.clearRect(0, 0, 1, 1);
  for (const colour of colours) {
    dot.fillStyle = colour;
    dot.fillRect(0, 0, 1, 1);
  }
  return [...dot.getImageData(0, 0, 1, 1).data];
};
const parents = (element) => (element ? [...parents(element.parentElement), element] : []);
const background = (element) => [
  "white",
  ...parents(element).map((parent) => getComputedStyle(parent).backgroundColor),
];
const luminance = (rgb) => {
  const [r, g, b] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
// An element's colour on what is painted behind it, its own opacity counted in.
const contrastOf = (element) => {
  const behind = pixel(...background(element));
  const opacity = parents(element).reduce((all, e) => all * getComputedStyle(e).opacity, 1);
  const drawn = pixel(...background(element), getComputedStyle(element).color);
  const mixed = drawn.map((value, i) => value * opacity + behind[i] * (1 - opacity));
  return contrast(mixed.slice(0, 3), behind.slice(0, 3));
};
const name = (element) =>
  `${element.tagName.toLowerCase()}.${element.className.baseVal ?? element.className}`;
"""
OVERFLOW = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return [];
  const edge = document.documentElement.clientWidth;
  return [`${wide}px`, ...[...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > edge + 0.5)
    .map((element) => `${element.tagName}.${element.className}`)];
}"""
LOW_CONTRAST = f"""() => {{
  {COLOURS}
  const low = {{}};
  const hasText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  for (const element of document.querySelectorAll("body, body *")) {{
    if (!hasText(element) || !element.checkVisibility({{ visibilityProperty: true }})) continue;
    if (element.closest(".skip, .visually-hidden, script")) continue;
    const found = contrastOf(element);
    if (found < 4.5) low[name(element) + ": " + element.textContent.trim().slice(0, 30)] = found;
  }}
  return low;
}}"""
# Size, or room around: a 24px circle on each small target's middle may meet no other one
# (WCAG 2.2, 2.5.8). Links within a sentence are excepted there.
SMALL_TARGETS = """() => {
  const inSentence = (element) =>
    element.closest("p, li, dd, blockquote, figcaption") &&
    [...element.parentElement.childNodes].some((n) => n.nodeType === 3 && n.data.trim().length > 1);
  const targets = [...document.querySelectorAll("a[href], button, summary")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".skip"))
    .filter((e) => !inSentence(e));
  const boxes = targets.map((element) => {
    const after = getComputedStyle(element, "::after");
    const covers = after.content !== "none" && after.position === "absolute";
    return (covers ? element.closest(".card") ?? element : element).getBoundingClientRect();
  });
  const isSmall = (box) => box.width < 23.9 || box.height < 23.9;
  const gap = (x, y, box) =>
    Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  return targets.flatMap((element, i) => {
    const box = boxes[i];
    if (!isSmall(box)) return [];
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const close = targets.find((other, j) => {
      if (j === i || element.contains(other) || other.contains(element)) return false;
      if (other.closest(".card") && other.closest(".card") === element.closest(".card")
          && isSmall(boxes[i]) && boxes[j].height > 100) return false;
      if (!isSmall(boxes[j])) return gap(x, y, boxes[j]) < 11.9;
      const [u, v] = [(boxes[j].left + boxes[j].right) / 2, (boxes[j].top + boxes[j].bottom) / 2];
      return Math.hypot(x - u, y - v) < 23.9;
    });
    const size = `${Math.round(box.width)}×${Math.round(box.height)}`;
    return close
      ? [`${element.textContent.trim().slice(0, 30)} (${size}) by ${close.textContent.trim()}`]
      : [];
  });
}"""

CHECKS = {"overflow": OVERFLOW, "contrast": LOW_CONTRAST, "targets": SMALL_TARGETS}
WIDTHS = (320, 390, 1280)


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Literal["light", "dark"]:
    return "dark" if request.param == "dark" else "light"


@pytest.fixture(scope="module")
def desktop(chromium: Browser, origin: str, scheme: Literal["light", "dark"]):
    """One page a colour scheme, led from address to address."""
    context = chromium.new_context(base_url=origin, color_scheme=scheme)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def findings(desktop: Page) -> dict[tuple[str, int], dict[str, object]]:
    """What each check finds on every kind of page at each width; empty findings left out.

    320 CSS pixels are 1280 at 400 % zoom (WCAG 2.2, 1.4.10).
    """
    found: dict[tuple[str, int], dict[str, object]] = {
        (check, width): {} for check in CHECKS for width in WIDTHS
    }
    for address in ADDRESSES:
        answer = desktop.goto(f"/{address}?choose", wait_until="load")
        assert answer is not None
        assert answer.ok, address
        for width in WIDTHS:
            desktop.set_viewport_size({"width": width, "height": 900})
            for check, script in CHECKS.items():
                finding = desktop.evaluate(script)
                if finding:
                    found[check, width][address] = finding
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_runs_over_the_edge(findings, width: int):
    assert findings["overflow", width] == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_all_text_has_enough_contrast(findings, width: int):
    """At least 4.5 : 1 (WCAG 2.2, 1.4.3): body, kickers, cards, notices, quotations."""
    assert findings["contrast", width] == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_targets_are_large_enough_to_hit(findings, width: int):
    assert findings["targets", width] == {}


@pytest.mark.parametrize("rubric", RUBRICS)
def test_each_rubric_s_colour_can_be_read(desktop: Page, rubric: str):
    """As a kicker on paper and on a card, and filled behind a quotation."""
    desktop.goto("/en/quote-drucker/", wait_until="load")
    found = desktop.evaluate(
        f"""(rubric) => {{
          {COLOURS}
          const article = document.querySelector("article.entry");
          article.dataset.rubric = rubric;
          const card = document.createElement("div");
          card.className = "rubric-card";
          card.dataset.rubric = rubric;
          card.innerHTML = '<p class="kicker"><a href="#">Label</a></p>';
          article.append(card);
          const places = ["article > header .kicker a", ".rubric-card .kicker a", ".quotation p",
            ".quotation .by", ".quotation .role", ".quotation cite"];
          return Object.fromEntries(places.map((place) =>
            [place, contrastOf(article.parentElement.querySelector(place))]));
        }}""",
        rubric,
    )
    assert len(found) == 6
    assert {place: ratio for place, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("rubric", RUBRICS)
def test_a_quotation_can_be_read_all_over_its_gradient(desktop: Page, rubric: str):
    """Measured on what is painted: the lightest pixel behind each piece of its text."""
    desktop.set_viewport_size({"width": 390, "height": 900})
    desktop.goto("/en/quote-drucker/", wait_until="load")
    colours = desktop.evaluate(
        f"""(rubric) => {{
          {COLOURS}
          document.querySelector("article.entry").dataset.rubric = rubric;
          return {{text: pixel(getComputedStyle(document.querySelector(".quotation p")).color)}};
        }}""",
        rubric,
    )
    quotation = desktop.locator("article.entry > .quotation")
    quotation.evaluate(
        """(quotation) => {
          for (const element of [quotation, ...quotation.querySelectorAll("*")])
            element.style.color = "transparent";
        }"""
    )
    ratios = {}
    for part in quotation.locator("p, .by, .role, cite").all():
        picture = base64.b64encode(part.screenshot()).decode()
        ratios[part.evaluate("element => element.className || element.tagName")] = desktop.evaluate(
            f"""async ([picture, text]) => {{
              {COLOURS}
              const image = new Image();
              image.src = `data:image/png;base64,${{picture}}`;
              await image.decode();
              const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
              canvas.drawImage(image, 0, 0);
              const data = canvas.getImageData(0, 0, image.width, image.height).data;
              let lowest = 21;
              for (let i = 0; i < data.length; i += 4 * 7) {{
                lowest = Math.min(lowest, contrast(text.slice(0, 3), [...data.slice(i, i + 3)]));
              }}
              return lowest;
            }}""",
            [picture, colours["text"]],
        )
    assert len(ratios) == 4
    assert {part: ratio for part, ratio in ratios.items() if ratio < 4.5} == {}


def test_a_chosen_theme_looks_like_the_system_s(visit: Callable[..., Page]):
    """Dark by choice and dark by system are the same colours."""
    script = """() => ["--paper", "--ink", "--ink-soft", "--accent", "--card", "--rule", "--warn"]
      .map((name) => getComputedStyle(document.documentElement).getPropertyValue(name))"""
    by_system = visit("en/", color_scheme="dark").evaluate(script)
    page = visit("en/", color_scheme="light")
    assert page.evaluate(script) != by_system
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert page.evaluate(script) == by_system


def test_chinese_is_set_in_fonts_of_its_own_region(visit: Callable[..., Page]):
    """The same code point has another shape in each; the first fonts differ accordingly."""
    fonts = [
        visit(f"{lang}/").evaluate("getComputedStyle(document.body).fontFamily")
        for lang in ("zh-hans", "zh-hant", "en")
    ]
    assert len(set(fonts)) == 3
    assert "SC" in fonts[0]
    assert "TC" in fonts[1]
