"""How pages look: nothing runs over, everything can be read and hit."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Callable
from io import BytesIO
from typing import Literal

import pytest
from PIL import Image, ImageOps
from playwright.sync_api import Browser, FloatRect, Page, ViewportSize

from tests.browser import access
from tests.browser.colours import COLOURS
from tests.browser.conftest import SLOW
from tests.building import SITE
from tests.cases import cases
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
    "newsletter": "newsletter/",
    "place": "places/berlin/",
    "past events": "events/2026/",
    "events": "events/",
    "groups": "groups/",
    "topics": "tags/",
    "rubric": "tags/servicequotes/",
    "author": "authors/aigerim-sadykova/",
    "archive": "archive/",
    "year": "archive/2026/",
    "not found": "404.html",
}
# Kinds of page that are checked in every language; one language is enough for the others.
BY_SCRIPT = {"home", "post", "quote", "event", "groups", "follow", "search"}
MISSING = {("zh-hans", "post")}  # no translation; another text shows what a post looks like
ADDRESSES = [
    "",
    "404.html",
    "zh-hant/night-shift-tea/",  # a fallback in another script
    "zh-hant/quote-chekhov/",
    *(
        f"{lang}/{path}"
        for lang in LANGUAGES
        for kind, path in KINDS.items()
        if (lang, kind) not in MISSING and (lang == "en" or kind in BY_SCRIPT)
    ),
]
COLOURED = [address for address in ADDRESSES if address.startswith("en/") or address.count("/") < 2]
RUBRICS = tomllib.loads((SITE / "rubrics.toml").read_text("utf-8"))

WIDTHS = (320, 390, 1280)
GEOMETRY = ("targets", "overflow", "large text")  # the same in both colour schemes
CHECKS = [*access.STILL, "hover", "focus", "rings", *GEOMETRY]


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
def findings(desktop: Page, scheme: str) -> dict[str, dict[str, object]]:
    """What each check finds on every kind of page, by check; empty findings are left out.

    320 CSS pixels are 1280 at 400 % zoom (WCAG 2.2, 1.4.10). Colours are the same in every
    language: those of the dark scheme, of hovered and of focused elements are looked at in one.
    """
    found: dict[str, dict[str, object]] = {check: {} for check in CHECKS}

    def check(name: str, script: str, address: str) -> None:
        if finding := desktop.evaluate(script):
            found[name][address] = finding

    for address in ADDRESSES if scheme == "light" else COLOURED:
        answer = desktop.goto(f"/{address}?choose", wait_until="load")
        assert answer is not None
        assert answer.ok, address
        for width in WIDTHS if scheme == "light" else ():
            desktop.set_viewport_size({"width": width, "height": 900})
            check("targets", access.TARGETS, f"{address} {width}px")
            check("overflow", access.OVERFLOW, f"{address} {width}px")
        for name, script in access.STILL.items():
            check(name, script, address)
        if address in COLOURED:
            with access.forced(desktop, access.HOVERABLE, "hover"):
                check("hover", access.TEXT, address)
            with access.forced(desktop, access.FOCUSABLE, "focus", "focus-visible"):
                check("focus", access.TEXT, address)
                check("rings", access.RINGS, address)
        desktop.set_viewport_size({"width": 390, "height": 900})
        if scheme == "light":
            desktop.evaluate("document.documentElement.style.fontSize = '200%'")
            check("large text", access.OVERFLOW, address)
    return found


@pytest.mark.parametrize("check", CHECKS)
def test_every_kind_of_page_is_accessible(findings, scheme: str, check: str):
    if scheme == "dark" and check in GEOMETRY:
        pytest.skip("measured in the light scheme")
    assert findings[check] == {}


# Each rule, and a page that breaks it: a check that finds nothing there would be worth nothing.
BROKEN = {
    "text": ("p, h1 { color: #8a8a8a !important }", access.TEXT),
    "fields": ("input { border-color: light-dark(#ddd, #333) !important }", access.FIELDS),
    "placeholders": ("::placeholder { color: light-dark(#999, #555) !important }", access.FIELDS),
    "rings": ("* { outline-color: light-dark(#cde, #234) !important }", access.RINGS),
    "no rings": ("* { outline: none !important }", access.RINGS),
    "unmarked links": ("a { text-decoration: none !important }", access.UNMARKED),
    "targets": ("a { display: inline !important; font-size: 8px }", access.TARGETS),
    "overflow": ("h1 { inline-size: 2000px }", access.OVERFLOW),
    "slanted": ("h1 { font-style: italic; font-synthesis: style }", access.SLANTED),
}
BREAKING = {
    "names": ("document.querySelector('[data-near]').ariaLabel = 'Other'", access.NAMES),
    "structure": ("document.querySelector('article :is(h2, h3)').remove()", access.STRUCTURE),
}  # fmt: skip


@cases("fault", [*BROKEN, *BREAKING])
def test_the_checks_find_faults(desktop: Page, fault: str):
    desktop.set_viewport_size({"width": 390, "height": 900})
    desktop.goto("/zh-hans/events/" if fault == "slanted" else "/en/events/")
    desktop.locator(".finder summary").click()
    css, script = BROKEN.get(fault, ("", ""))
    if css:
        desktop.evaluate(
            """(css) => {
              const sheet = new CSSStyleSheet();
              sheet.replaceSync(css);
              document.adoptedStyleSheets.push(sheet);
            }""",
            css,
        )
    else:
        change, script = BREAKING[fault]
        desktop.evaluate(change)
    with access.forced(desktop, access.FOCUSABLE, "focus", "focus-visible"):
        assert desktop.evaluate(script) != {}


def check_state(page: Page) -> None:
    """A state that a page has only while it is used."""
    for name, script in access.STILL.items():
        assert page.evaluate(script) == {}, name
    with access.forced(page, access.FOCUSABLE, "focus", "focus-visible"):
        assert page.evaluate(access.RINGS) == {}


def test_results_of_a_search_can_be_read(desktop: Page):
    desktop.set_viewport_size({"width": 390, "height": 900})
    desktop.goto("/en/search/?q=tea")
    desktop.locator(".result mark").first.wait_for()
    check_state(desktop)
    with access.forced(desktop, access.HOVERABLE, "hover"):
        assert desktop.evaluate(access.TEXT) == {}


def test_faults_and_disabled_fields_can_be_read(desktop: Page):
    desktop.goto("/en/groups/")
    desktop.set_viewport_size({"width": 390, "height": 900})
    desktop.locator(".finder summary").click()
    desktop.locator("[name=place]").fill("Xyzzy")
    desktop.locator("[name=place]").press("Enter")
    desktop.locator(".finder-result:not(:empty)").wait_for()
    desktop.evaluate("document.querySelector('[data-near]').disabled = true")
    desktop.evaluate("document.querySelector('[name=language]').disabled = true")
    check_state(desktop)
    desktop.goto("/en/newsletter/")
    field = desktop.locator("input[type=email]")
    plain = field.evaluate("element => getComputedStyle(element).borderTopColor")
    field.press_sequentially("nobody")
    field.press("Tab")
    assert field.evaluate("element => getComputedStyle(element).borderTopColor") != plain
    check_state(desktop)


def test_everything_an_author_may_write_can_be_read(desktop: Page):
    """Code with its colours, hashtags with and without a page, tables, notes, emphasis."""
    desktop.goto("/en/emma-nutt/")
    desktop.evaluate(
        """() => {
          const tokens = "k kd kn kc s s1 s2 c c1 cm n nf mi o p err".split(" ");
          const spans = tokens.map((name) => `<span class="${name}">${name}</span> `).join("");
          document.querySelector(".prose").innerHTML += `
            <p>Words <a class="hashtag" href="/en/">#tag</a>, <span class="hashtag">#none</span>,
              <em>stressed 强调</em>, <code>code</code>, <mark>marked</mark>, <kbd>Enter</kbd>.</p>
            <blockquote><p>Said <a href="/en/">there</a>.</p></blockquote>
            <table><tr><th>Head</th><td>Cell <a href="/en/">link</a></td></tr></table>
            <div class="codehilite"><pre><code>${spans}</code></pre></div>
            <div class="footnote"><ol><li>Note <a href="/en/">↩</a></li></ol></div>
            <p lang="zh-Hans"><em>强调</em> <i>斜体</i> <cite>书名</cite></p>`;
        }"""
    )
    check_state(desktop)
    marks = desktop.locator('[lang="zh-Hans"] em').evaluate(
        "element => getComputedStyle(element).textEmphasisStyle"
    )
    assert marks != "none"


@cases("lang", LANGUAGES)
def test_the_opening_mark_of_a_quotation_is_where_its_text_begins(desktop: Page, lang: str):
    """Measured on what is painted: the leftmost bright pixels of the mark and of the text."""
    desktop.set_viewport_size({"width": 390, "height": 900})
    desktop.goto(f"/{lang}/quote-drucker/")
    quotation = desktop.locator("article.entry > .quotation")
    quotation.evaluate("element => { element.style.background = 'black'; }")
    quote = quotation.locator("blockquote")
    text = quote.locator("p").first
    top, box = quote.bounding_box(), text.bounding_box()
    assert top is not None
    assert box is not None
    left, width = top["x"] - 30, 120.0
    mark = FloatRect(x=left, y=top["y"], width=width, height=box["y"] - top["y"])
    line = FloatRect(x=left, y=box["y"], width=width, height=box["height"])
    edges = [
        ImageOps.grayscale(Image.open(BytesIO(desktop.screenshot(clip=clip, full_page=True))))
        .point(lambda value: 255 if value > 90 else 0)
        .getbbox()
        for clip in (mark, line)
    ]
    assert edges[0] is not None
    assert edges[1] is not None
    assert abs(edges[0][0] - edges[1][0]) <= 6, edges


# Layout shift -----------------------------------------------------------------------------

SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, sources, hadRecentInput } of list.getEntries()) {
    const nodes = sources.map(({ node }) => node?.outerHTML?.slice(0, 60) ?? String(node));
    if (!hadRecentInput) window.shifts.push([value, ...nodes]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))"
SHIFTING = [
    *(f"en/{path}" for path in KINDS.values()),
    *(f"{lang}/{path}" for lang in ("ru", "zh-hant") for path in ("", "events/", "follow/")),
    "en/events/?place=Berlin",
    "en/groups/?language=de",
    "en/search/?q=tea",
    "en/search/?q=xyzzy",
    "en/search/?utm_source=letter",
]


@cases("width", [WIDTHS[0], WIDTHS[-1]])
def test_nothing_moves_while_a_page_loads(chromium: Browser, origin: str, width: int):
    """Scripts come late, as they do by a slow connection."""
    size = ViewportSize(width=width, height=800)
    context = chromium.new_context(base_url=origin, viewport=size, extra_http_headers=SLOW)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    shifts = {}
    for address in SHIFTING:
        page.goto(f"/{address}", wait_until="load")
        if "?q=" in address:
            page.locator(".search-status:not(:empty)").wait_for()
        page.locator("html:not([data-searching])").wait_for()
        page.evaluate(SETTLED)
        if found := page.evaluate("window.shifts"):
            shifts[address] = found
    page.goto("/en/events/")
    page.evaluate("document.querySelector('.finder').hidden = true")
    page.evaluate(SETTLED)
    assert page.evaluate("window.shifts"), "a shift must be seen where there is one"
    context.close()
    assert shifts == {}


@cases("rubric", RUBRICS)
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


@cases("rubric", RUBRICS)
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
