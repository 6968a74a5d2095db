"""Pictures in a real Chromium: chosen sizes, enlarging, and players of other sites."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Quiet
from tests.building import build, write_site
from tests.cases import cases
from tests.pages import LANGUAGES, write_text

pytestmark = pytest.mark.browser

BODY = """
![First](/images/a.jpg "A caption | Photo: Ann")

Text.

![Second](/images/b.jpg)
![Third](/images/c.jpg "In the gallery")

- ![In a list](/images/d.jpg)

[![A film](/images/e.jpg)](https://www.youtube.com/watch?v=abcdefghijk)
"""
NAMES = ["First", "Second", "Third", "In a list"]


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with one post with pictures in English and Russian."""
    folder = tmp_path_factory.mktemp("gallery")
    texts = {f"{lang}/posts/p.md": write_text("Pictures", BODY) for lang in ("en", "ru")}
    content = write_site(folder, texts)
    (content / "images").mkdir()
    for name, colour in zip("abcde", ("red", "green", "blue", "teal", "navy"), strict=True):
        Image.new("RGB", (2200, 1400), colour).save(content / f"images/{name}.jpg")
    output = folder / "output"
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(output))) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        site = build(
            content,
            output,
            SITEURL=address,
            LANGUAGES={key: {**LANGUAGES[key], "chain": []} for key in ("en", "ru")},
            SOCIAL_IMAGES={"images": False},
            IMAGES={"embeds": ["youtube"]},
        )
        assert site.status == 0, site.told
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield address
        server.shutdown()
        thread.join()


@pytest.fixture
def show(chromium: Browser, gallery: str) -> Iterator[Callable[..., Page]]:
    """Opens the post; messages of the console and requests of other sites fail the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(lang: str = "en", width: int = 1280, **options: object) -> Page:
        size = {"width": width, "height": 800}
        context = chromium.new_context(base_url=gallery, viewport=size, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith(gallery) else wrong.append(r.url))
        page.goto(f"/{lang}/p/", wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@cases("width", [320, 390, 768, 1280])
def test_browsers_are_given_the_width_of_each_picture(show: Callable[..., Page], width: int):
    """`sizes` agrees with the style sheet, and no picture is wider than the page."""
    page = show(width=width)
    given = page.evaluate(
        """() => [...document.querySelectorAll("article img")].map((image) => {
          const probe = document.createElement("div");
          const media = image.sizes.match(/^[(](.*?)[)] ([^,]*), (.*)$/);
          probe.className = "probe";
          document.body.append(probe);
          const sheet = new CSSStyleSheet();
          const chosen = matchMedia(`(${media[1]})`).matches ? media[2] : media[3];
          sheet.replaceSync(`.probe { position: absolute; inline-size: ${chosen}; }`);
          document.adoptedStyleSheets = [sheet];
          const size = probe.getBoundingClientRect().width;
          probe.remove();
          return [image.clientWidth, size];
        })"""
    )
    assert len(given) == 5
    for shown, promised in given:
        assert shown <= promised * 1.02, given
    for shown, promised in (given[0], given[4]):
        assert abs(shown - promised) < 2, given
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_first_picture_is_modern_and_small_enough(show: Callable[..., Page]):
    source = show(width=390).evaluate("document.querySelector('article img').currentSrc")
    assert "/pictures/a-480." in source
    assert source.endswith(".avif")


def test_pictures_are_enlarged_by_keyboard(show: Callable[..., Page]):
    page = show()
    dialog, shown = page.locator("dialog.lightbox"), page.locator("dialog.lightbox img")
    page.locator("a.enlarge").first.focus()
    page.keyboard.press("Enter")
    assert dialog.evaluate("(box) => box.matches(':modal')")
    seen = [shown.get_attribute("alt")]
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        seen.append(shown.get_attribute("alt"))
    assert seen == [*NAMES, "First"]
    page.keyboard.press("ArrowLeft")
    assert shown.get_attribute("alt") == "In a list"
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    # The browser first returns the focus itself; the script moves it after the event “close”.
    last = page.locator("a.enlarge", has=page.locator("img[alt='In a list']"))
    expect(last).to_be_focused()


@cases("lang", ["en", "ru"])
@cases("width", [320, 1280])
def test_an_enlarged_picture_fits_the_window(show: Callable[..., Page], lang: str, width: int):
    page = show(lang, width)
    page.locator("a.enlarge").first.click()
    image = page.locator("dialog.lightbox img")
    image.evaluate("(image) => image.decode()")
    box = image.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 800
    assert abs(box["width"] / box["height"] - 2200 / 1400) < 0.02
    assert page.locator("dialog.lightbox figcaption").inner_text().startswith("A caption")
    for button in page.locator("dialog.lightbox button").all():
        assert button.get_attribute("aria-label")
        place = button.bounding_box()
        assert place
        assert min(place["width"], place["height"]) >= 24
    page.locator(".lightbox-next").click()
    assert image.get_attribute("alt") == "Second"
    page.locator(".lightbox-close").click()
    assert not page.locator("dialog.lightbox").is_visible()


def test_without_a_script_links_open_the_large_picture(show: Callable[..., Page]):
    page = show(java_script_enabled=False)
    assert not page.locator("dialog.lightbox").is_visible()
    page.locator("a.enlarge").first.click()
    page.wait_for_url("**/pictures/a-2000.*.jpg")
    assert page.locator("img").count() == 1


def test_a_player_is_loaded_after_a_click(chromium: Browser, gallery: str):
    context = chromium.new_context(base_url=gallery)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda r: None if r.url.startswith(gallery) else asked.append(r.url))
    page.goto("/en/p/", wait_until="networkidle")
    link = page.locator("a[data-player]")
    assert "youtube.com" in link.inner_text()
    assert asked == []
    context.set_offline(True)  # the request is seen, and not sent
    with page.expect_request("https://www.youtube-nocookie.com/**"):
        link.click()
    assert asked == ["https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1"]
    assert page.locator("iframe").get_attribute("title") == "A film"
    context.close()


def test_the_place_of_pictures_is_kept(show: Callable[..., Page]):
    page = show()
    shifts = page.evaluate(
        """() => new Promise((resolve) => {
          let total = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) total += entry.value;
          }).observe({ type: "layout-shift", buffered: true });
          scrollTo(0, 9999);
          setTimeout(() => resolve(total), 500);
        })"""
    )
    assert shifts == 0
