"""A real Chromium, and the built site on a local port."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.building import SITE, Build, build

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


SLOW = {"X-Slow-Scripts": "yes"}
"""Headers of a browser to which the server sends scripts late."""


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are used again

    def do_GET(self) -> None:
        if self.headers.get("X-Slow-Scripts") and self.path.partition("?")[0].endswith(".js"):
            time.sleep(0.1)
        super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are no news to who runs the tests."""


@pytest.fixture(scope="session")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address that the tests' site is served at."""
    folder = tmp_path_factory.mktemp("served")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        site: Build = build(SITE, folder, SITEURL=address)
        assert site.status == 0, site.told
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield address
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; Playwright does not download its own.

    It is closed after each file, because the main thread has a running event loop until then.
    """
    # The shell has no user interface, so pages open three times as fast.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.fail(
            "There is no Chromium. Install it: "
            "apt-get install chromium-headless-shell fonts-noto-cjk fonts-noto-color-emoji"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, origin: str) -> Iterator[Callable[..., Page]]:
    """Opens an address in a browser of its own; options are those of a browser context."""
    contexts: list[BrowserContext] = []

    def open_page(address: str, **options: Any) -> Page:
        context = chromium.new_context(base_url=origin, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"/{address}", wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()
