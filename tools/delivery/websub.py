"""WebSub (w3.org/TR/websub): notifies hubs of feeds that changed since the last ping."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tools.delivery.errors import DeliveryError
from tools.delivery.http import Client
from tools.delivery.state import DeliveryState

ENDINGS = ("rss.xml", "atom.xml", "json")
_BATCH_SIZE = 50
_ADVICE = {
    400: "It does not accept these URLs, or can't fetch them.",
    403: "It does not accept pings from this site.",
    404: "Check FEEDS[“hub”].",
}


@dataclass(frozen=True, slots=True)
class Topic:
    """A built feed: its public URL, its hubs, and the digest of its bytes."""

    url: str
    hubs: tuple[str, ...]
    digest: str


def find_topics(output: Path) -> Iterator[Topic]:
    """Yield every feed of a built site, in order; URLs and hubs are read from the files.

    Raises DeliveryError if the folder has no feeds.
    """
    found = sorted(output.rglob("feed.json"))
    if not found:
        raise DeliveryError(f"{output}: there are no feeds. Build the site first: invoke publish")
    for path in found:
        feed = json.loads(path.read_text("utf-8"))
        hubs = tuple(hub["url"] for hub in feed.get("hubs", ()) if hub["type"] == "WebSub")
        for ending in ENDINGS:
            content = path.with_name(f"feed.{ending}").read_bytes()
            url = feed["feed_url"].removesuffix("json") + ending
            yield Topic(url, hubs, sha256(content).hexdigest())


def ping(output: Path, state: DeliveryState, timeout: float = 20.0) -> str:
    """Ping each hub with its changed feeds; return one line per hub.

    After each accepted batch, the state is saved, so that nothing is sent twice if a later batch
    fails. `timeout` applies to each request, in seconds.

    Raises DeliveryError if no feed names a hub, or if a hub refuses or does not answer.
    """
    topics = list(find_topics(output))
    hubs = sorted({hub for topic in topics for hub in topic.hubs})
    if not hubs:
        raise DeliveryError("No feed names a hub. Set FEEDS[“hub”] and build the site again.")
    lines = []
    for hub in hubs:
        changed = [t for t in topics if hub in t.hubs and state.get(hub, t.url) != t.digest]
        for start in range(0, len(changed), _BATCH_SIZE):
            batch = changed[start : start + _BATCH_SIZE]
            _publish(hub, [topic.url for topic in batch], timeout)
            state.put(hub, {topic.url: topic.digest for topic in batch})
        news = f"notified of {len(changed)} changed feeds" if changed else "no changes"
        lines.append(f"{hub}: {news}.")
    return "\n".join(lines)


def _publish(hub: str, urls: list[str], timeout: float) -> None:
    """Send a publisher's notification, which all hubs support (PubSubHubbub 0.4, 7)."""
    again = "Run it again: feeds that the hub accepted are not sent twice."
    client = Client(f"The hub {hub}", hub, {}, timeout=timeout, advice=_ADVICE, retry_advice=again)
    client.post_form([("hub.mode", "publish"), *(("hub.url", url) for url in urls)])
