"""SITEURL of the environment applies to every command; letters to localhost aren't sent."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.building import NOW, ROOT, write_site
from tests.cases import cases
from tests.test_delivery import Postbox, mailing

SITEURL = "https://circle.example"
POST = "---\ntitle: P\ndate: 2026-11-20\n---\nText, and {link}.\n"
ISSUE = """---
title: Issue
date: 2026-11-21
list: weekly-en
subject: S
preheader: P
posts: [posts/p]
window_start: 2026-11-14
window_end: 2026-11-21
---
{text}
"""


def write_issue(folder: Path, text: str = "") -> Path:
    return write_site(
        folder,
        {
            "en/posts/p.md": POST.format(link="no link"),
            "en/newsletter/i.md": ISSUE.format(text=text),
        },
    )


def invoke(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {name: value for name, value in os.environ.items() if name != "SITEURL"}
    variables |= {"SOURCE_DATE_EPOCH": str(NOW), "COLUMNS": "300", **environment}
    command = [sys.executable, "-m", "invoke", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False
    )


def parts_of(data: bytes) -> Iterator[str]:
    message = message_from_bytes(data, policy=policy.default)
    yield from (str(value) for value in message.values())
    yield from (part.get_content() for part in message.iter_parts())


@pytest.mark.parametrize("given", [SITEURL, f"{SITEURL}/", f"{SITEURL}/blog/", f" {SITEURL} "])
def test_every_exported_address_begins_with_it(tmp_path: Path, given: str):
    content = write_issue(tmp_path)
    root = given.strip().rstrip("/")
    out = tmp_path / "exports"
    arguments = ("--content", str(content), "--output", str(out))
    run = invoke("newsletter.export", *arguments, SITEURL=given)
    assert run.returncode == 0, run.stderr
    assert "SITEURL" not in run.stderr
    folder = out / "en/i"
    texts = [
        path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".eml"
    ]
    texts += parts_of((folder / "issue.eml").read_bytes())
    found = {url for text in texts for url in re.findall(r"https?://[^\s\"'<>]+", text)}
    assert f"{root}/en/newsletter/i/" in found
    assert [url for url in found if not url.startswith(f"{root}/")] == []


def test_it_goes_before_the_settings_file(tmp_path: Path):
    content = write_issue(tmp_path)
    settings = tmp_path / "own.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
        f"SITEURL = 'https://old.example'\nTHEME = {str(ROOT / 'theme')!r}\n"
    )
    out = tmp_path / "exports"
    paths = ("--content", str(content), "--settings", str(settings), "--output", str(out))
    assert invoke("newsletter.export", *paths, SITEURL=SITEURL).returncode == 0
    assert "old.example" not in (out / "en/i/issue.txt").read_text("utf-8")
    site = ("--content", str(content), "--settings", str(settings), "--output")
    run = invoke("build", *site, str(tmp_path / "output"), SITEURL=SITEURL)
    assert run.returncode == 0, run.stderr
    page = (tmp_path / "output/en/p/index.html").read_text("utf-8")
    assert f'rel="canonical" href="{SITEURL}/en/p/"' in page


def test_sent_mail_has_it_and_no_placeholder(tmp_path: Path):
    content = write_issue(tmp_path)
    postbox = Postbox()
    with mailing(postbox) as port:
        server = f"smtp://127.0.0.1:{port}"
        run = invoke(
            *("newsletter.send", "--content", str(content), "--to", "me@example.org"),
            *("--smtp", server),
            SITEURL=SITEURL,
        )
    assert run.returncode == 0, run.stderr
    [envelope] = postbox.envelopes
    text = "\n".join(parts_of(envelope.original_content or b""))
    assert f"{SITEURL}/en/newsletter/i/" in text
    assert "localhost" not in text
    assert "{{" not in text


@pytest.mark.parametrize(
    ("text", "environment"),
    [
        ("", {}),
        ("", {"SITEURL": ""}),
        ("", {"SITEURL": "http://127.0.0.1:8000"}),
        ("[Try it](http://localhost:3000/form).", {"SITEURL": SITEURL}),
    ],
)
@pytest.mark.parametrize("command", ["send", "push"])
def test_letter_to_localhost_does_not_go_out(
    tmp_path: Path, command: str, text: str, environment: dict[str, str]
):
    content = write_issue(tmp_path, text)
    ways = {
        "send": ("--to", "me@example.org", "--smtp", "smtp://127.0.0.1:9"),
        "push": ("--provider", "buttondown"),
    }
    run = invoke(f"newsletter.{command}", "--content", str(content), *ways[command], **environment)
    assert run.returncode == 1
    assert "which readers can't open, so it is not sent. Set SITEURL=" in run.stderr
    assert "Traceback" not in run.stderr


def test_password_in_the_command_is_refused(tmp_path: Path):
    content = write_issue(tmp_path)
    run = invoke(
        *("newsletter.send", "--content", str(content), "--to", "me@example.org"),
        *("--smtp", "smtps://me:top-secret@127.0.0.1:9"),
        SITEURL=SITEURL,
    )
    assert run.returncode == 1
    assert "SMTP_PASSWORD" in run.stderr
    assert "top-secret" not in run.stdout + run.stderr


@cases("given", ["", "  ", "example.org", "ftp://example.org"])
def test_publish_needs_a_whole_address(given: str):
    run = invoke("publish", SITEURL=given)
    assert run.returncode != 0
    assert "https://example.org" in run.stderr
    assert "Traceback" not in run.stdout + run.stderr
