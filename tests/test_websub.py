"""Pings of a WebSub hub, against a hub on this machine."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.building import build, write_site
from tests.pages import write_text
from tools.delivery.errors import DeliveryError
from tools.delivery.state import DeliveryState
from tools.delivery.websub import ping


class Hub:
    """A hub that keeps what it was told, and answers with a status after a while."""

    def __init__(self) -> None:
        self.status, self.delay = 204, 0.0
        self.url = ""
        self.pings: list[dict[str, list[str]]] = []

    def topics(self) -> list[str]:
        """The addresses of all pings so far; forgets them."""
        assert all(told["hub.mode"] == ["publish"] for told in self.pings)
        found = [url for told in self.pings for url in told["hub.url"]]
        self.pings.clear()
        return found


@contextmanager
def running(hub: Hub) -> Iterator[Hub]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"])).decode()
            assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
            time.sleep(hub.delay)
            if hub.status < 400:
                hub.pings.append(parse_qs(content))
            try:
                self.send_response(hub.status)
                self.send_header("Content-Length", "0")
                self.end_headers()
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    hub.url = f"http://127.0.0.1:{server.server_port}/hub"
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def hub() -> Iterator[Hub]:
    with running(Hub()) as hub:
        yield hub


def publish(folder: Path, hub: str, **posts: str) -> Path:
    """Build a site of English posts, one tag each, whose feeds name a hub."""
    files = {f"en/posts/{name}.md": write_text(title, tags=[name]) for name, title in posts.items()}
    settings = {"authority": "example.org", "since": "2026", "items": 20, "hub": hub}
    site = build(
        write_site(folder, files),
        folder / "output",
        FEEDS=settings,
        SITEURL="https://example.org",
    )
    assert site.status == 0, site.told
    return site.output


def test_hub_is_told_of_every_feed_once(hub: Hub, tmp_path: Path):
    output, state = (
        publish(tmp_path, hub.url, one="One", two="Two"),
        DeliveryState(tmp_path / "websub.json"),
    )
    assert "notified of" in ping(output, state)
    topics = hub.topics()
    files = {path.relative_to(output).as_posix() for path in output.rglob("feed.*")}
    assert len(topics) == len(set(topics))
    assert set(topics) == {f"https://example.org/{name}" for name in files}
    assert ping(output, state) == f"{hub.url}: no changes."
    assert hub.topics() == []


def test_hub_is_told_only_of_what_changed(hub: Hub, tmp_path: Path):
    state = DeliveryState(tmp_path / "websub.json")
    ping(publish(tmp_path, hub.url, one="One", two="Two"), state)
    hub.topics()
    ping(publish(tmp_path, hub.url, one="One", two="Two, changed"), state)
    homes = {url.rpartition("feed.")[0] for url in hub.topics()}
    assert homes == {"https://example.org/en/", "https://example.org/en/tags/two/"}


def test_refusal_is_told_and_sent_again(hub: Hub, tmp_path: Path):
    output, state = publish(tmp_path, hub.url, one="One"), DeliveryState(tmp_path / "websub.json")
    hub.status = 403
    with pytest.raises(DeliveryError, match=r"refused \(403 .*not accept pings from this site"):
        ping(output, state)
    hub.status = 202
    ping(output, state)
    assert hub.topics()


def test_silence_is_told(hub: Hub, tmp_path: Path):
    output = publish(tmp_path, hub.url, one="One")
    hub.delay = 0.5
    with pytest.raises(DeliveryError, match=r"didn't answer within 0\.1 seconds\. Run it again"):
        ping(output, DeliveryState(tmp_path / "websub.json"), timeout=0.1)


def test_hub_that_is_not_there_is_told(tmp_path: Path):
    with running(Hub()) as gone:
        url = gone.url
    output = publish(tmp_path, url, one="One")
    with pytest.raises(DeliveryError, match="can't be reached"):
        ping(output, DeliveryState(tmp_path / "websub.json"))


def test_ping_without_hub_or_feeds_says_the_way_out(tmp_path: Path):
    state = DeliveryState(tmp_path / "websub.json")
    with pytest.raises(DeliveryError, match="Build the site first"):
        ping(tmp_path / "nothing", state)
    with pytest.raises(DeliveryError, match="No feed names a hub"):
        ping(publish(tmp_path, "", one="One"), state)


@pytest.mark.parametrize("content", ["", "[]", '{"hub": 3}', "{"])
def test_state_that_is_wrong_does_no_harm(hub: Hub, tmp_path: Path, content: str):
    path = tmp_path / "websub.json"
    path.write_text(content.replace("hub", hub.url))
    ping(publish(tmp_path, hub.url, one="One"), DeliveryState(path))
    assert hub.topics()
    assert json.loads(path.read_text("utf-8"))[hub.url]
