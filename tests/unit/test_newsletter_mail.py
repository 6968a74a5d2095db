"""Mails: parsed back as a mail program parses them."""

from __future__ import annotations

import mailbox
import re
import shutil
import subprocess
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric.model.newsletter import UNSUBSCRIBE_SLOT
from rubric.newsletter.mail import UNSUBSCRIBE_PLACEHOLDER, to_eml, to_mbox
from tests.building import ROOT
from tests.cases import cases
from tests.letters import render_issue

GOLDEN = ROOT / "tests/golden/newsletter"
LONG = "https://lists.example/unsubscribe/" + "x" * 200 + "?who={{subscriber}}"


def eml(lang: str = "ru", **values: str) -> bytes:
    return to_eml(render_issue(lang), "circle.example", **values)


def parsed(data: bytes):
    message = message_from_bytes(data, policy=default)
    assert not message.defects
    assert not [part.defects for part in message.walk() if part.defects]
    return message


@cases("lang", ["ru", "zh-hant"])
def test_mail_is_the_golden_one(lang):
    assert eml(lang) == (GOLDEN / f"{lang}.eml").read_bytes()


@cases(("lang", "tag"), [("ru", "ru"), ("zh-hant", "zh-Hant")])
def test_mail_says_what_was_rendered_text_first(lang, tag):
    rendering, message = render_issue(lang), parsed(eml(lang))
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    leave = UNSUBSCRIBE_PLACEHOLDER
    shown = rendering.text.replace(UNSUBSCRIBE_SLOT, leave)
    assert text.get_content().replace("\r\n", "\n") == shown
    assert html.get_content().count(f'href="{leave}"') == 1
    assert message["List-Unsubscribe"] == f"<{leave}>"
    assert message["Subject"] == rendering.subject
    assert message["Content-Language"] == tag
    assert message["Date"].datetime == rendering.issue.date
    assert message["From"].addresses[0].addr_spec == "letters@circle.example"
    assert message["From"].addresses[0].display_name == rendering.issue.list.sender_name
    assert message["Reply-To"] == "hello@circle.example"
    assert message["List-Id"] == f"<weekly-{lang}.circle.example>"
    assert message["Message-ID"] == f"<weekly-{lang}.tuesday@circle.example>"


def test_no_slot_is_left():
    message = parsed(eml())
    assert not [part for part in message.iter_parts() if "rubric-slot" in part.get_content()]


def test_chinese_travels_in_base64_and_english_is_readable():
    text = parsed(eml("zh-hant")).get_body(("plain",))
    assert text["Content-Transfer-Encoding"] == "base64"
    rendering = replace(render_issue("ru"), text="Good morning.\n")
    data = to_eml(rendering, "circle.example")
    assert b"Good morning." in data


def test_lines_are_as_servers_take_them():
    """At most 998 characters and no bare line feed (RFC 5322, 2.1.1 and 2.3)."""
    data = eml(unsubscribe=LONG)
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    assert data.isascii()


def test_unsubscribe_headers_stand_only_where_an_address_is_set():
    assert "List-Unsubscribe" not in parsed(eml(unsubscribe=""))
    assert "List-Unsubscribe-Post" not in parsed(eml())
    message = parsed(eml(unsubscribe=LONG))
    assert message["List-Unsubscribe"] == f"<{LONG}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "List-Unsubscribe-Post" not in parsed(eml(unsubscribe="mailto:out@circle.example"))


@cases("lang", ["ru", "zh-hant"])
def test_mail_without_a_placeholder_has_an_address_that_works(lang):
    message = parsed(eml(lang, unsubscribe=""))
    for part in message.iter_parts():
        assert part.get_content().count("mailto:hello@circle.example?subject=unsubscribe") == 1
        assert "{{" not in part.get_content()


@cases("written", [UNSUBSCRIBE_PLACEHOLDER, "{{unsubscribe_url}}"])
def test_placeholder_that_an_author_wrote_about_is_not_replaced(written):
    rendering = render_issue("ru")
    rendering = replace(
        rendering,
        subject=f"About {written}",
        html=rendering.html.replace("</body>", f'<p title="{written}">{written}</p></body>'),
        text=f"{rendering.text}{written}\n",
    )
    message = parsed(to_eml(rendering, "circle.example"))
    assert written not in message["Subject"]
    for part in message.iter_parts():
        found = re.findall(r"\{\{\s*unsubscribe_url\s*\}\}", part.get_content())
        assert found == [UNSUBSCRIBE_PLACEHOLDER]


def test_long_address_is_one_line_not_encoded_words():
    assert f"List-Unsubscribe: <{LONG}>\r\n".encode() in eml(unsubscribe=LONG)


@cases("address", ["lists.example/x", "http://lists.example/", "javascript:1"])
def test_unfit_unsubscribe_address_is_refused(address):
    with pytest.raises(ValueError, match="not an https or mailto address"):
        eml(unsubscribe=address)


@cases("subject", ["a\nBcc: x@y.example", "a\r\nb", "a\x00", "a\u2028b"])
def test_line_break_in_a_header_is_refused(subject):
    with pytest.raises(ValueError, match="line break"):
        to_eml(replace(render_issue("ru"), subject=subject), "circle.example")


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=90))
def test_any_subject_and_sender_come_back(subject):
    rendering = replace(render_issue("ru"), subject=f"«{subject}»")
    issue = replace(rendering.issue, list=replace(rendering.issue.list, sender_name=f"«{subject}»"))
    data = to_eml(replace(rendering, issue=issue), "circle.example")
    message = parsed(data)
    assert " ".join(message["Subject"].split()) == " ".join(f"«{subject}»".split())
    assert [a.addr_spec for a in message["From"].addresses] == ["letters@circle.example"]
    assert "Bcc" not in message


def test_mbox_gives_every_mail_back(tmp_path):
    rendering = replace(render_issue("ru"), text="From here on\n>From there\nend\n")
    mails = [to_eml(rendering, "circle.example"), eml("zh-hant")]
    path = tmp_path / "all.mbox"
    path.write_bytes(to_mbox(mails))
    box = mailbox.mbox(path, create=False)
    try:
        found = [message["Message-ID"] for message in box]
    finally:
        box.close()
    assert found == [
        "<weekly-ru.tuesday@circle.example>",
        "<weekly-zh-hant.tuesday@circle.example>",
    ]
    assert path.read_bytes().startswith(b"From letters@circle.example Fri Nov 20 05:00:00 2026\n")
    assert b"\n>From here on\n>>From there\n" in path.read_bytes()


@pytest.mark.skipif(not shutil.which("spamassassin"), reason="spamassassin is not installed")
@pytest.mark.parametrize("lang", ["ru", "zh-hant"])
def test_filters_take_it_for_no_spam(lang):
    run = subprocess.run(
        ["spamassassin", "-L", "-t"], input=eml(lang), capture_output=True, check=True
    )
    score = re.search(r"\((-?[\d.]+) points", run.stdout.decode(errors="replace"))
    assert score
    assert float(score[1]) < 2
