"""Delivery against peers that behave as documented, and against such that misbehave."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from rubric.newsletter.providers.services import export_for
from tests.cases import cases
from tests.outgoing import russian
from tools.delivery.drafts import Receipt
from tools.delivery.errors import DeliveryError, shorten
from tools.delivery.http import Client
from tools.delivery.providers import push
from tools.delivery.smtp import choose_url, parse_url, send
from tools.delivery.state import DeliveryState

# The peer warns of itself: with a login, and the encryption outside of it.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

TOKEN = "s3cret-token-us6"
ENVIRONMENT = {
    "LISTMONK_API_USER": "rubric",
    "LISTMONK_API_TOKEN": TOKEN,
    "BUTTONDOWN_API_KEY": TOKEN,
    "MAILCHIMP_API_KEY": TOKEN,
}
PUSHED = ("listmonk", "buttondown", "mailchimp")
NAME = "weekly-ru/2026-11-20"


@dataclass
class Answer:
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, value: object, status: int = 200) -> Answer:
        return cls(status, json.dumps(value).encode())


@dataclass
class Asked:
    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: Any


Reply = Callable[[Asked], Answer]


@contextmanager
def serving(reply: Reply) -> Iterator[str]:
    """An HTTP server on this machine whose answers are `reply`'s."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            url = urlsplit(self.path)
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked = Asked(
                self.command,
                url.path,
                parse_qs(url.query),
                dict(self.headers),
                json.loads(content) if content else None,
            )
            answer = reply(asked)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            try:
                self.wfile.write(answer.body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        do_GET = do_POST = do_PUT = do_PATCH = answer  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def recording_to(said: bytes = b"") -> Iterator[int]:
    """A port that takes connections, says at most one thing, and then nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        peers: list[socket.socket] = []

        def accept() -> None:
            try:
                while True:
                    peer, _ = server.accept()
                    peers.append(peer)
                    peer.sendall(said)
            except OSError:
                return

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
            for peer in peers:
                peer.close()


# Providers as they are documented ---------------------------------------------------------------


class Listmonk:
    """Campaigns in memory; `{"data": …}` around every answer, `message` in an error."""

    def __init__(self) -> None:
        self.campaigns: dict[str, dict[str, Any]] = {}

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get("Authorization") != f"token rubric:{TOKEN}":
            return Answer.of({"message": "invalid API credentials"}, 401)
        id = asked.path.removeprefix("/api/campaigns").strip("/")
        if id and id not in self.campaigns:
            return Answer.of({"message": "Campaign not found"}, 404)
        if asked.method == "POST":
            id = str(len(self.campaigns) + 1)
            self.campaigns[id] = {**asked.body, "id": int(id), "status": "draft"}
        elif asked.method == "PUT":
            self.campaigns[id] |= asked.body
        elif not id:
            tags = asked.query.get("tags", [])
            results = [c for c in self.campaigns.values() if set(tags) <= set(c["tags"])]
            return Answer.of({"data": {"results": results, "total": len(results)}})
        return Answer.of({"data": self.campaigns[id]})

    def add(self, name: str, status: str = "draft") -> str:
        id = str(len(self.campaigns) + 1)
        campaign = {"id": int(id), "name": name, "status": status, "tags": [name]}
        self.campaigns[id] = campaign
        return id

    def settings(self, url: str) -> dict[str, object]:
        return {"url": url}

    def written(self) -> list[str]:
        return [str(campaign.get("body")) for campaign in self.campaigns.values()]


class Buttondown:
    """Emails in pages of two, `detail` in an error; unknown fields are refused."""

    fields = frozenset({
        "subject", "status", "slug", "description", "body", "template", "metadata",
        "filters", "archival_mode",
    })  # fmt: skip

    def __init__(self) -> None:
        self.emails: dict[str, dict[str, Any]] = {}

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get("Authorization") != f"Token {TOKEN}":
            return Answer.of({"detail": "Invalid token."}, 401)
        id = asked.path.removeprefix("/v1/emails").strip("/")
        if id and id not in self.emails:
            return Answer.of({"detail": "Not found."}, 404)
        if asked.body is not None and set(asked.body) - self.fields:
            return Answer.of({"detail": "Extra inputs are not permitted"}, 422)
        if asked.method == "POST":
            # Its default is to send.
            email = {"status": "about_to_send", **asked.body}
            return Answer.of(self._keep(email), 201)
        if asked.method == "PATCH":
            self.emails[id] |= asked.body
        elif not id:
            page = int(asked.query.get("page", ["1"])[0])
            newest = list(self.emails.values())[::-1]
            results = newest[(page - 1) * 2 : page * 2]
            more = f"/v1/emails?page={page + 1}" if len(newest) > page * 2 else None
            return Answer.of({"results": results, "count": len(newest), "next": more})
        return Answer.of(self.emails[id])

    def _keep(self, email: dict[str, Any]) -> dict[str, Any]:
        id = f"em_{len(self.emails) + 1}"
        self.emails[id] = {**email, "id": id}
        return self.emails[id]

    def add(self, name: str, status: str = "draft") -> str:
        return str(self._keep({"metadata": {"issue": name}, "status": status})["id"])

    def settings(self, url: str) -> dict[str, object]:
        return {"url": f"{url}/v1"}

    def written(self) -> list[str]:
        return [str(email.get("body")) for email in self.emails.values()]


class Mailchimp:
    """Campaigns and their contents; problem details (RFC 7807) in an error."""

    def __init__(self) -> None:
        self.campaigns: dict[str, dict[str, Any]] = {}
        self.contents: dict[str, dict[str, Any]] = {}

    def __call__(self, asked: Asked) -> Answer:
        if not asked.headers.get("Authorization", "").startswith("Basic "):
            return Answer.of({"title": "API Key Invalid", "detail": "Your key is invalid"}, 401)
        id, _, part = asked.path.removeprefix("/3.0/campaigns").strip("/").partition("/")
        if id and id not in self.campaigns:
            return Answer.of({"title": "Resource Not Found", "detail": "No such campaign"}, 404)
        if part == "content":
            self.contents[id] = asked.body
            return Answer.of(asked.body)
        if asked.method == "POST":
            id = f"c{len(self.campaigns) + 1}"
            self.campaigns[id] = {**asked.body, "id": id, "status": "save"}
        elif asked.method == "PATCH":
            self.campaigns[id] |= asked.body
        elif not id:
            start, count = (int(asked.query[name][0]) for name in ("offset", "count"))
            every = list(self.campaigns.values())
            return Answer.of({"campaigns": every[start : start + count]})
        return Answer.of(self.campaigns[id])

    def add(self, name: str, status: str = "draft") -> str:
        id = f"c{len(self.campaigns) + 1}"
        self.campaigns[id] = {
            "id": id,
            "status": "save" if status == "draft" else status,
            "settings": {"title": name},
        }
        return id

    def settings(self, url: str) -> dict[str, object]:
        return {"url": f"{url}/3.0"}

    def written(self) -> list[str]:
        return [str(self.contents.get(id, {}).get("html")) for id in self.campaigns]


PEERS: dict[str, type[Listmonk | Buttondown | Mailchimp]] = {
    "listmonk": Listmonk,
    "buttondown": Buttondown,
    "mailchimp": Mailchimp,
}


@pytest.fixture
def ids(tmp_path: Path) -> DeliveryState:
    return DeliveryState(tmp_path / "cache/drafts.json")


def deliver(
    provider: str,
    url: str,
    ids: DeliveryState,
    subject: str = "",
    timeout: float = 5,
    environment: dict[str, str] = ENVIRONMENT,
) -> Receipt:
    peer = PEERS[provider]()
    rendering = russian()
    files = export_for(rendering, provider)
    if subject:
        files = {
            n: c.replace("Тихий понедельник".encode(), subject.encode()) for n, c in files.items()
        }
    return push(provider, files, peer.settings(url), environment, ids, timeout)


@pytest.mark.parametrize("provider", PUSHED)
def test_push_makes_one_draft_and_updates_it(provider: str, ids: DeliveryState) -> None:
    peer = PEERS[provider]()
    with serving(peer) as url:
        first = deliver(provider, url, ids)
        second = deliver(provider, url, ids, subject="Громкий вторник")
    assert (first.is_new, second.is_new) == (True, False)
    assert first.id == second.id
    assert len(peer.written()) == 1
    assert "Громкий вторник" in peer.written()[0]
    assert str(second) == f"{provider}: draft {second.id} updated."


@pytest.mark.parametrize("provider", PUSHED)
def test_push_without_its_cache_finds_the_draft(
    provider: str, ids: DeliveryState, tmp_path: Path
) -> None:
    """Among others, over pages; the cache of another machine isn't here."""
    peer = PEERS[provider]()
    for number in range(3):
        peer.add(f"weekly-ru/other-{number}")
    with serving(peer) as url:
        first = deliver(provider, url, ids)
        for number in range(3, 6):
            peer.add(f"weekly-ru/other-{number}")
        second = deliver(provider, url, DeliveryState(tmp_path / "other.json"))
    assert second == Receipt(provider, first.id, is_new=False)
    assert len(peer.written()) == 7


@pytest.mark.parametrize("provider", PUSHED)
def test_cache_that_is_wrong_does_no_harm(provider: str, ids: DeliveryState) -> None:
    """The id it has is gone, or another issue's."""
    peer = PEERS[provider]()
    other = peer.add("weekly-ru/other")
    with serving(peer) as url:
        ids.put(provider, {NAME: "999"})
        first = deliver(provider, url, ids)
        ids.put(provider, {NAME: other})
        second = deliver(provider, url, ids)
    assert first.is_new
    assert second == Receipt(provider, first.id, is_new=False)
    assert "Тихий" not in peer.written()[0]


@pytest.mark.parametrize("provider", PUSHED)
@pytest.mark.parametrize("is_cached", [True, False])
def test_issue_that_was_sent_is_left_alone(
    provider: str, ids: DeliveryState, *, is_cached: bool
) -> None:
    """Even if a draft of the same name stands beside it."""
    peer = PEERS[provider]()
    peer.add(NAME)
    sent = peer.add(NAME, "sent")
    before = peer.written()
    if is_cached:
        ids.put(provider, {NAME: sent})
    with serving(peer) as url, pytest.raises(DeliveryError, match=r"no longer a draft .*“sent”"):
        deliver(provider, url, ids)
    assert peer.written() == before


def test_new_email_is_never_sent_by_default(ids: DeliveryState) -> None:
    peer = Buttondown()
    with serving(peer) as url:
        deliver("buttondown", url, ids)
    assert [email["status"] for email in peer.emails.values()] == ["draft"]


def test_mailchimp_draft_without_its_text_is_filled_the_next_time(ids: DeliveryState) -> None:
    peer = Mailchimp()
    is_broken = True

    def reply(asked: Asked) -> Answer:
        if is_broken and asked.path.endswith("/content"):
            return Answer.of({"title": "Internal error"}, 500)
        return peer(asked)

    with serving(reply) as url:
        with pytest.raises(DeliveryError, match="500"):
            deliver("mailchimp", url, ids)
        is_broken = False
        receipt = deliver("mailchimp", url, ids)
    assert receipt == Receipt("mailchimp", "c1", is_new=False)
    assert "Тихий" in peer.written()[0]


def test_mailchimp_is_asked_in_the_centre_its_key_names(ids: DeliveryState) -> None:
    files = export_for(russian(), "mailchimp")
    with pytest.raises(DeliveryError, match="“server”"):
        push("mailchimp", files, {}, {"MAILCHIMP_API_KEY": "nodash"}, ids)
    with pytest.raises(DeliveryError, match="“server”"):
        push("mailchimp", files, {}, {"MAILCHIMP_API_KEY": "key-evil.example/"}, ids)


@pytest.mark.parametrize("provider", PUSHED)
def test_missing_token_is_named_before_anything_is_asked(provider: str, ids: DeliveryState) -> None:
    with pytest.raises(DeliveryError, match=f"Set {provider.upper()}_API_"):
        deliver(provider, "http://127.0.0.1:9", ids, environment={})


def test_token_with_a_line_break_is_refused_unseen(ids: DeliveryState) -> None:
    broken = {"BUTTONDOWN_API_KEY": "abc\ndef"}
    with pytest.raises(DeliveryError, match="BUTTONDOWN_API_KEY contains") as raised:
        deliver("buttondown", "http://127.0.0.1:9", ids, environment=broken)
    assert "abc" not in str(raised.value)


def test_provider_without_a_desk_is_told(ids: DeliveryState) -> None:
    with pytest.raises(
        DeliveryError, match=r"“ghost”\. Choose from listmonk, buttondown, mailchimp"
    ):
        push("ghost", {}, {}, {}, ids)


# Servers that refuse or misbehave ---------------------------------------------------------------


@pytest.mark.parametrize("provider", PUSHED)
@pytest.mark.parametrize(
    ("status", "headers", "told"),
    [
        (401, {}, "Check the token."),
        (403, {}, "Check the permissions"),
        (404, {}, "Check the URL"),
        (422, {}, "does not accept the draft"),
        (429, {"Retry-After": "30"}, "try again in 30 seconds"),
        (429, {"Retry-After": "Fri, 20 Nov 2026 06:00:00 GMT"}, "try again after Fri, 20 Nov"),
        (429, {}, "try again later"),
        (500, {}, "Try again later."),
    ],
)
def test_refusal_is_told_with_a_way_out(
    provider: str, status: int, headers: dict[str, str], told: str, ids: DeliveryState
) -> None:
    said = json.dumps({"message": f"No.\n{TOKEN} " + "x" * 5000}).encode()
    with (
        serving(lambda asked: Answer(status, said, headers)) as url,
        pytest.raises(DeliveryError) as raised,
    ):
        deliver(provider, url, ids)
    message = str(raised.value)
    assert raised.value.status == status
    assert told in message
    assert "Its response: No." in message
    assert TOKEN not in message
    assert len(message) < 400
    assert "\n" not in message


def test_error_page_of_a_proxy_is_not_quoted() -> None:
    page = Answer(502, b"<html><h1>Bad gateway</h1></html>")
    with serving(lambda asked: page) as url, pytest.raises(DeliveryError) as raised:
        Client("Peer", url, {}).request("GET", "/")
    assert "<" not in str(raised.value)


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"])
def test_server_that_hangs_is_left(said: bytes, ids: DeliveryState) -> None:
    with (
        recording_to(said) as port,
        pytest.raises(DeliveryError, match=r"didn't answer within 0\.2 seconds. Run it again"),
    ):
        deliver("buttondown", f"http://127.0.0.1:{port}", ids, timeout=0.2)


@contextmanager
def dripping(said: bytes, drop: bytes) -> Iterator[int]:
    """A server that sends a start and then one drop after the other, each in time."""
    is_over = threading.Event()

    class Drip(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            try:
                self.request.sendall(said)
                while not is_over.wait(0.02):
                    self.request.sendall(drop)
            except OSError:
                return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Drip) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            is_over.set()
            server.shutdown()
            thread.join()


@cases(
    ("said", "drop"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b" "),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b" "),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        (b"HTTP/1.1 500 Failed\r\n\r\n", b" "),
        (b"HTTP/1.1 500 Failed\r\nContent-Length: 100000\r\n\r\n", b" "),
        (b"HTTP/1.1 100 Continue\r\n", b"X-A: b\r\n"),
    ],
)
def test_api_that_drips_is_left(said: bytes, drop: bytes) -> None:
    """Each byte comes in time, the whole never does."""
    started = time.monotonic()
    with dripping(said, drop) as port:
        client = Client("Peer", f"http://127.0.0.1:{port}", {}, timeout=0.3)
        # http.client gives up by itself after 100 headers or 64 KB; both are one line.
        with pytest.raises(DeliveryError):
            client.request("GET", "/")
    assert time.monotonic() - started < 5


@cases("drop", [b"2", b"220-wait\r\n"])
@cases("scheme", ["smtp", "smtps"])
def test_mail_server_that_drips_is_left(scheme: str, drop: bytes) -> None:
    started = time.monotonic()
    with dripping(b"", drop) as port, pytest.raises(DeliveryError):
        send(EML, "me@example.org", f"{scheme}://127.0.0.1:{port}", timeout=0.1)
    assert time.monotonic() - started < 5


def test_token_never_goes_to_another_host() -> None:
    visits: list[Asked] = []

    def trap(asked: Asked) -> Answer:
        visits.append(asked)
        return Answer()

    with serving(trap) as other:
        elsewhere = Answer(302, b"", {"Location": f"{other}/steal"})
        with serving(lambda asked: elsewhere) as url:
            client = Client("Peer", url, {"Authorization": TOKEN}, (TOKEN,))
            for method in ("GET", "POST"):
                with pytest.raises(DeliveryError, match="redirects to 127"):
                    client.request(method, "/", {} if method == "POST" else None)
    assert visits == []


def test_redirect_on_the_same_host_is_followed() -> None:
    def reply(asked: Asked) -> Answer:
        if asked.path == "/old":
            return Answer(301, b"", {"Location": "/new"})
        return Answer.of({"path": asked.path})

    with serving(reply) as url:
        assert Client("Peer", url, {}).request("GET", "/old") == {"path": "/new"}


def test_redirects_in_a_circle_are_left() -> None:
    circle = Answer(302, b"", {"Location": "/old"})
    with serving(lambda asked: circle) as url, pytest.raises(DeliveryError, match="redirects"):
        Client("Peer", url, {}).request("GET", "/old")


@cases("location", ["http://[", "//", "ftp://127.0.0.1/", "http://\u0436:x/"])
def test_redirect_to_no_address_is_an_error(location: str) -> None:
    answer = Answer(302, b"", {"Location": location.encode().decode("latin-1")})
    with serving(lambda asked: answer) as url, pytest.raises(DeliveryError):
        Client("Peer", url, {}).request("GET", "/")


def test_proxy_is_used_except_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    for scheme in ("http", "https", "all"):
        monkeypatch.setenv(f"{scheme}_proxy", f"http://127.0.0.1:{port}")
    monkeypatch.delenv("no_proxy", raising=False)
    with serving(lambda asked: Answer.of(7)) as url:
        assert Client("Peer", url, {}).request("GET", "/") == 7
    with pytest.raises(DeliveryError, match="can't be reached"):
        Client("Peer", "https://api.example.invalid", {}).request("GET", "/")


@pytest.mark.parametrize("proxy", ["gopher://x", "http://[", "socks5://127.0.0.1:9"])
def test_proxy_that_does_not_work_is_told(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", proxy)
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(DeliveryError, match="can't be reached") as raised:
        Client("Peer", "https://api.example.invalid", {}).request("GET", "/")
    assert "\n" not in str(raised.value)


def test_huge_answer_is_not_read_to_the_end() -> None:
    huge = Answer(200, b" " * (17 * 1024 * 1024))
    with serving(lambda asked: huge) as url, pytest.raises(DeliveryError, match="more than 16 MB"):
        Client("Peer", url, {}).request("GET", "/")


@cases("body", [b"<html>Welcome</html>", b"{", b"\xff\xfe"])
def test_answer_that_is_no_json_is_told(body: bytes) -> None:
    with (
        serving(lambda asked: Answer(200, body)) as url,
        pytest.raises(DeliveryError, match="something other than JSON"),
    ):
        Client("Peer", url, {}).request("GET", "/")


@pytest.mark.parametrize("provider", PUSHED)
@pytest.mark.parametrize("value", [[], "text", {"data": []}, {"data": {"results": "x"}}, None, 7])
def test_json_of_another_form_makes_no_draft_unseen(
    provider: str, value: object, ids: DeliveryState
) -> None:
    with serving(lambda asked: Answer.of(value)) as url, pytest.raises(DeliveryError):
        deliver(provider, url, ids)


def test_nobody_at_the_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(DeliveryError, match="can't be reached"):
        Client("Peer", f"http://127.0.0.1:{port}", {}).request("GET", "/")


def test_peer_that_speaks_no_http() -> None:
    with recording_to(b"220 mail.example ESMTP\r\n") as port, pytest.raises(DeliveryError):
        Client("Peer", f"http://127.0.0.1:{port}", {}, timeout=0.5).request("GET", "/")


@cases("base", ["http://lists.example.org", "ftp://x", "lists", "https://u:p@x"])
def test_only_encrypted_addresses_get_a_token(base: str) -> None:
    with pytest.raises(DeliveryError, match=r"https://") as raised:
        Client("Peer", base, {})
    assert "u:p" not in str(raised.value)


def test_client_shows_no_secret() -> None:
    assert TOKEN not in repr(Client("Peer", "https://x.example", {"A": TOKEN}, (TOKEN,)))


def test_damaged_cache_is_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    path.write_text("{", "utf-8")
    ids = DeliveryState(path)
    assert ids.get("listmonk", NAME) == ""
    ids.put("listmonk", {NAME: "1"})
    assert ids.get("listmonk", NAME) == "1"
    assert list(tmp_path.iterdir()) == [path]


def test_shortened_words_are_one_line_without_secrets() -> None:
    assert shorten("a\n\x1b[31mkey\tb" + "x" * 300, ["key"], 12) == "a [31m… bxx…"


# Mail -------------------------------------------------------------------------------------------

EML = (
    b"From: =?utf-8?b?0JrRgNGD0LM=?= <letters@example.org>\nSubject: Test\nMIME-Version: 1.0\n"
    b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    b"0J/RgNC40LLQtdGC\n.\n"
)
PASSWORD = "pass/word@7"
LOGIN = "me%40example.org:pass%2Fword%407"


class Postbox:
    """Takes mail, but none for `no@`."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("no@"):
            return "550 5.1.1 No such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if envelope.mail_from == "spam@example.org":
            return "554 5.7.1 Looks like spam"
        self.envelopes.append(envelope)
        return "250 OK"


def check_login(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    good = (data.login, data.password) == (b"me@example.org", PASSWORD.encode())
    return AuthResult(success=good, handled=False)


@contextmanager
def mailing(
    postbox: Postbox, *, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None
) -> Iterator[int]:
    """A real SMTP server; with a certificate it asks for a login."""
    loop = asyncio.new_event_loop()
    has_login = bool(tls or starttls)

    def make() -> SMTP:
        return SMTP(
            postbox,
            hostname="mail.example",
            loop=loop,
            tls_context=starttls,
            require_starttls=bool(starttls),
            authenticator=check_login if has_login else None,
            auth_required=has_login,
            auth_require_tls=bool(starttls),
        )

    async def start() -> asyncio.Server:
        return await loop.create_server(make, "127.0.0.1", 0, ssl=tls)

    # The loop runs in its own thread from the start: Playwright may run one in this thread.
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(start(), loop).result(5)

    async def close() -> None:
        server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(close(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture(scope="module")
def certificates() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The server's side and a client's that trusts it."""
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(server)
    client = ssl.create_default_context()
    authority.configure_trust(client)
    return server, client


Certificates = tuple[ssl.SSLContext, ssl.SSLContext]


def test_mail_arrives_as_it_was_made() -> None:
    postbox = Postbox()
    with mailing(postbox) as port:
        send(EML, ["me@example.org", "you@example.org"], f"smtp://127.0.0.1:{port}")
    [envelope] = postbox.envelopes
    assert envelope.mail_from == "letters@example.org"
    assert envelope.rcpt_tos == ["me@example.org", "you@example.org"]
    assert isinstance(envelope.content, bytes)
    header, _, rest = envelope.content.partition(b"\r\n")
    assert header == b"To: me@example.org, you@example.org"
    assert rest == EML.replace(b"\n", b"\r\n")
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert message["From"].addresses[0].display_name == "Круг"


def test_mail_that_names_its_reader_gets_no_second_to() -> None:
    postbox = Postbox()
    with mailing(postbox) as port:
        send(b"To: list@example.org\r\n" + EML, "me@example.org", f"smtp://127.0.0.1:{port}")
    content = postbox.envelopes[0].content
    assert isinstance(content, bytes)
    assert re.findall(rb"(?m)^To: (.*)\r$", content) == [b"list@example.org"]


@cases("mode", ["smtps", "starttls"])
def test_mail_over_tls_with_login(mode: str, certificates: Certificates) -> None:
    server, client = certificates
    postbox = Postbox()
    tls = {"tls": server} if mode == "smtps" else {"starttls": server}
    with mailing(postbox, **tls) as port:
        scheme, option = ("smtps", "") if mode == "smtps" else ("smtp", "?starttls")
        url = f"{scheme}://{LOGIN}@127.0.0.1:{port}{option}"
        send(EML, "me@example.org", url, context=client)
    assert len(postbox.envelopes) == 1


@cases("mode", ["smtps", "starttls"])
def test_certificate_that_nobody_vouches_for_is_refused(
    mode: str, certificates: Certificates
) -> None:
    server, _ = certificates
    postbox = Postbox()
    tls = {"tls": server} if mode == "smtps" else {"starttls": server}
    with mailing(postbox, **tls) as port:
        scheme, option = ("smtps", "") if mode == "smtps" else ("smtp", "?starttls")
        url = f"{scheme}://{LOGIN}@127.0.0.1:{port}{option}"
        with pytest.raises(DeliveryError, match="certificate is not trusted"):
            send(EML, "me@example.org", url)
    assert postbox.envelopes == []


def test_wrong_password_is_told_and_not_repeated(certificates: Certificates) -> None:
    server, client = certificates
    with mailing(Postbox(), tls=server) as port:
        url = f"smtps://me:wrong-secret@127.0.0.1:{port}"
        with pytest.raises(DeliveryError, match="refused the login") as raised:
            send(EML, "me@example.org", url, context=client)
    assert raised.value.status == 535
    assert "wrong-secret" not in str(raised.value)


def test_server_that_wants_a_login_is_told(certificates: Certificates) -> None:
    server, client = certificates
    with mailing(Postbox(), tls=server) as port, pytest.raises(DeliveryError, match="530"):
        send(EML, "me@example.org", f"smtps://127.0.0.1:{port}", context=client)


def test_refused_address_is_named() -> None:
    postbox = Postbox()
    with mailing(postbox) as port:
        with pytest.raises(DeliveryError, match=r"no@example.org \(550 5.1.1 No such person\)"):
            send(EML, "no@example.org", f"smtp://127.0.0.1:{port}")
        assert postbox.envelopes == []
        told = r"Sent to me@example.org; refused: no@example.org"
        with pytest.raises(DeliveryError, match=told):
            send(EML, ["me@example.org", "no@example.org"], f"smtp://127.0.0.1:{port}")
    assert len(postbox.envelopes) == 1


def test_refused_mail_is_told() -> None:
    spam = EML.replace(b"letters@", b"spam@")
    with mailing(Postbox()) as port, pytest.raises(DeliveryError, match="the mail: 554") as raised:
        send(spam, "me@example.org", f"smtp://127.0.0.1:{port}")
    assert raised.value.status == 554


def test_server_without_starttls_is_told() -> None:
    postbox = Postbox()
    with mailing(postbox) as port, pytest.raises(DeliveryError, match="does not support"):
        send(EML, "me@example.org", f"smtp://127.0.0.1:{port}?starttls")
    assert postbox.envelopes == []


@cases("scheme", ["smtp", "smtps"])
def test_mail_server_that_hangs_is_left(scheme: str) -> None:
    with (
        recording_to() as port,
        pytest.raises(DeliveryError, match=r"didn't answer within 0\.2 seconds"),
    ):
        send(EML, "me@example.org", f"{scheme}://127.0.0.1:{port}", timeout=0.2)


def test_mail_server_that_is_none() -> None:
    with recording_to(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port, pytest.raises(DeliveryError):
        send(EML, "me@example.org", f"smtp://127.0.0.1:{port}", timeout=0.5)
    with pytest.raises(DeliveryError, match="can't be reached"):
        send(EML, "me@example.org", f"smtp://127.0.0.1:{port}", timeout=0.5)


@cases(
    "url",
    [
        "http://x",
        "smtp://",
        "smtp://x:port",
        "smtp://me:top-secret@mail.example?startls",
        "mail.example:25",
    ],
)
def test_address_that_cannot_be_read_is_not_repeated(url: str) -> None:
    with pytest.raises(DeliveryError, match="Write it as") as raised:
        send(EML, "me@example.org", url)
    assert "top-secret" not in str(raised.value)


def test_password_in_a_command_is_refused_and_not_repeated() -> None:
    given = f"smtp://{LOGIN}@mail.example?starttls"
    with pytest.raises(DeliveryError, match="SMTP_PASSWORD") as raised:
        choose_url(given, {"SMTP_PASSWORD": PASSWORD}, None)
    assert PASSWORD not in str(raised.value)
    assert LOGIN not in str(raised.value)


@cases(
    ("given", "environment"),
    [
        ("smtp://me%40example.org@mail.example?starttls", {"SMTP_PASSWORD": PASSWORD}),
        ("", {"SMTP_URL": f"smtp://{LOGIN}@mail.example?starttls"}),
        (
            "",
            {
                "SMTP_URL": "smtp://me%40example.org@mail.example?starttls",
                "SMTP_PASSWORD": PASSWORD,
            },
        ),
        ("smtp://me%40example.org:@mail.example?starttls", {"SMTP_PASSWORD": PASSWORD}),
    ],
)
def test_password_comes_from_the_environment(given: str, environment: dict[str, str]) -> None:
    server = parse_url(choose_url(given, environment, None))
    assert (server.user, server.password) == ("me@example.org", PASSWORD)
    assert (server.host, server.port, server.mode) == ("mail.example", 587, "starttls")


def test_password_is_asked_for_at_a_terminal() -> None:
    questions = []

    def ask(question: str) -> str:
        questions.append(question)
        return PASSWORD

    server = parse_url(choose_url("smtps://me@mail.example:4465", {}, ask))
    assert (server.password, server.port) == (PASSWORD, 4465)
    assert questions == ["Password of me at mail.example: "]


def test_address_without_a_user_needs_no_password() -> None:
    assert choose_url("smtp://localhost:2525", {}, None) == "smtp://localhost:2525"


@cases(
    ("given", "problem"),
    [("", "no SMTP URL"), ("smtps://me@mail.example", "password of me is missing")],
)
def test_missing_address_or_password_is_named(given: str, problem: str) -> None:
    with pytest.raises(DeliveryError, match=problem):
        choose_url(given, {}, None)


def test_password_never_travels_in_the_clear() -> None:
    with pytest.raises(DeliveryError, match=r"Add \?starttls"):
        parse_url("smtp://me:secret@mail.example")


@cases(
    ("url", "port"),
    [("smtps://h", 465), ("smtp://h?starttls", 587), ("smtp://h", 25), ("smtp://h:2525", 2525)],
)
def test_usual_ports(url: str, port: int) -> None:
    assert parse_url(url).port == port
    assert "pw" not in repr(parse_url(url.replace("//", "//me:pw@").replace("@h", "@localhost")))


@cases("to", ["me", "me@", "@x", "a@b\r\nBcc: c@d", "a@b, c@d", "Я <a@b>", "почта@пример.рф", ""])
def test_address_that_is_none_is_refused(to: str) -> None:
    with pytest.raises(DeliveryError, match="is not an email address"):
        send(EML, to, "smtp://127.0.0.1:9")


@cases("eml", [b"Subject: x\n\n", b"From: a@b.example, c@d.example\n\n", b""])
def test_mail_without_one_sender_is_refused(eml: bytes) -> None:
    with pytest.raises(DeliveryError, match="exactly one sender"):
        send(eml, "me@example.org", "smtp://127.0.0.1:9")
