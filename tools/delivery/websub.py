"""WebSub (w3.org/TR/websub): tells the hub which feeds have news since it was last told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tools.delivery.errors import DeliveryError
from tools.delivery.http import Client
from tools.delivery.state import Told

ENDINGS = ("rss.xml", "atom.xml", "json")
_AT_ONCE = 50
_ADVICE = {
    400: "It doesn't know these addresses, or can't fetch them.",
    403: "It doesn't take pings of this site.",
    404: "Check FEEDS[“hub”].",
}


@dataclass(frozen=True, slots=True)
class Topic:
    """A feed as it was built: its public address, its hubs, a fingerprint of its bytes."""

    url: str
    hubs: tuple[str, ...]
    digest: str


def find_topics(output: Path) -> Iterator[Topic]:
    """Every feed of a built site, in order; the files themselves say their addresses and hubs.

    Raises DeliveryError for a folder without feeds.
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


def ping(output: Path, told: Told, timeout: float = 20.0) -> str:
    """Ping each hub with its changed feeds; a line about each hub.

    What a hub took is remembered at once, so that a refusal later costs no second ping.
    Raises DeliveryError where no feed names a hub, and for a hub that refuses or is silent.
    """
    topics = list(find_topics(output))
    hubs = sorted({hub for topic in topics for hub in topic.hubs})
    if not hubs:
        raise DeliveryError("No feed names a hub. Set FEEDS[“hub”] and build the site again.")
    lines = []
    for hub in hubs:
        news = [t for t in topics if hub in t.hubs and told.get(hub, t.url) != t.digest]
        for start in range(0, len(news), _AT_ONCE):
            batch = news[start : start + _AT_ONCE]
            _publish(hub, [topic.url for topic in batch], timeout)
            told.put(hub, {topic.url: topic.digest for topic in batch})
        lines.append(f"{hub}: told of {len(news)} changed feeds." if news else f"{hub}: no news.")
    return "\n".join(lines)


def _publish(hub: str, urls: list[str], timeout: float) -> None:
    """The publisher's notification as all hubs know it (PubSubHubbub 0.4, 7)."""
    again = "Run it again: what the hub took isn't sent twice."
    client = Client(f"The hub {hub}", hub, {}, timeout=timeout, advice=_ADVICE, again=again)
    client.post_form([("hub.mode", "publish"), *(("hub.url", url) for url in urls)])
