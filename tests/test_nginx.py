"""deploy/nginx.conf with a real nginx: content types and security headers of every file."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.building import ROOT, Build, build, write_site
from tests.cases import cases
from tests.pages import write_text

pytestmark = pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")

TYPES = {
    "feed.rss.xml": "application/xml; charset=utf-8",
    "feed.atom.xml": "application/xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".ico": "image/x-icon",
}


@contextmanager
def nginx(output: Path, folder: Path) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    user = "user root;" if os.getuid() == 0 else ""  # workers can't read a folder of root's
    example = (ROOT / "deploy/nginx.conf").read_text("utf-8")
    for word, replacement in {
        "/srv/rubric/output": str(output),
        "listen 80;": f"listen 127.0.0.1:{port};",
    }.items():
        assert word in example
        example = example.replace(word, replacement)
    (folder / "nginx.conf").write_text(
        f"""
{user} daemon off; pid {folder}/pid; error_log {folder}/log; events {{}}
http {{
  access_log off; client_body_temp_path {folder}/t; proxy_temp_path {folder}/t;
  fastcgi_temp_path {folder}/t; uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;
  {example}
}}
""",
        encoding="utf-8",
    )
    command = ["nginx", "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    check = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stderr
    assert "[warn]" not in check.stderr
    with subprocess.Popen(command) as run:
        try:
            wait_for(port)
            yield port
        finally:
            run.terminate()


def wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 0.1).close()
        except OSError:
            continue
        return


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, Message, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, quote(path), headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = tmp_path_factory.mktemp("nginx")
    event = {"start": "2026-12-10 18:30", "timezone": "Asia/Almaty", "city": "Almaty"}
    content = write_site(
        folder,
        {
            "en/posts/tea.md": write_text("Tea", "#rest"),
            "ru/posts/чай.md": write_text("Чай"),
            "en/events/meetup.md": write_text("Meetup", country="KZ", **event),
        },
    )
    made = build(content, folder / "output")
    assert made.status == 0, made.told
    return made


@pytest.fixture(scope="module")
def port(site: Build, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with nginx(site.output, tmp_path_factory.mktemp("server")) as port:
        yield port


def has_security_headers(headers: Message) -> bool:
    return (
        headers.get_all("X-Content-Type-Options") == ["nosniff"]
        and "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        and headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    )


def test_every_file_has_its_type_and_the_security_headers(site: Build, port: int):
    wrong: list[tuple[object, ...]] = []
    seen = set()
    for name in site.files():
        if name == "_redirects":
            continue
        ending = next(ending for ending in TYPES if name.endswith(ending))
        seen.add(ending)
        status, headers, _ = ask(port, f"/{name}")
        if (status, headers["Content-Type"]) != (200, TYPES[ending]):
            wrong.append((name, status, headers["Content-Type"]))
        if not has_security_headers(headers):
            wrong.append((name, "headers", str(headers)))
    assert wrong == []
    assert {"feed.rss.xml", "feed.atom.xml", "feed.json", ".ics", ".opml", ".svg"} <= seen


@cases(
    ("path", "language"),
    [
        ("/en/nothing/", "en"),
        ("/ru/ничего/feed.rss.xml", "ru"),
        ("/zh-hant/nothing.png", "zh-Hant"),
        ("/nothing", "en"),
        ("/_redirects", "en"),
        ("/en/nothing/feed.json", "en"),
    ],
)
def test_error_page_has_its_language_and_the_security_headers(port: int, path: str, language: str):
    status, headers, body = ask(port, path)
    assert status == 404
    assert headers["Content-Type"] == TYPES[".html"]
    assert f'<html lang="{language}"'.encode() in body
    assert has_security_headers(headers)


@cases(("method", "path", "status"), [("POST", "/en/", 405), ("GET", "/en", 301)])
def test_other_answers_have_the_security_headers(port: int, method: str, path: str, status: int):
    answered, headers, _ = ask(port, path, method)
    assert answered == status
    assert has_security_headers(headers)


def test_pages_are_served_from_their_folders(port: int):
    status, headers, body = ask(port, "/ru/чай/")
    assert (status, headers["Content-Type"]) == (200, TYPES[".html"])
    assert "Чай" in body.decode()


def test_feeds_may_be_read_elsewhere_and_answer_304(port: int):
    for name in ("feed.rss.xml", "feed.atom.xml", "feed.json"):
        status, headers, _ = ask(port, f"/en/{name}")
        assert status == 200
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert "max-age=900" in headers["Cache-Control"]
        status, headers, body = ask(port, f"/en/{name}", **{"If-None-Match": headers["ETag"]})
        assert (status, body) == (304, b"")
        assert has_security_headers(headers)
    assert "Access-Control-Allow-Origin" not in ask(port, "/en/")[1]


def test_files_named_by_content_are_kept_for_good(site: Build, port: int):
    [name] = [name for name in site.files() if name.startswith("theme/site.") and "css" in name]
    assert "immutable" in ask(port, f"/{name}")[1]["Cache-Control"]
    assert ask(port, "/en/")[1]["Cache-Control"] == "no-cache"


def test_pictures_that_are_documents_run_nothing(site: Build, port: int):
    [name] = [name for name in site.files() if name.endswith("mark.svg")]
    assert "sandbox" in ask(port, f"/{name}")[1]["Content-Security-Policy"]
