"""Writes a rendering as an email (RFC 5322, RFC 2046), and emails as an mbox (RFC 4155)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parsedate_to_datetime
from html import escape
from urllib.parse import quote

from rubric.model.newsletter import UNSUBSCRIBE_SLOT, Rendering
from rubric.newsletter.providers.dialect import WORD_JOINER

UNSUBSCRIBE_PLACEHOLDER = "{{ unsubscribe_url }}"
"""Replaced by the mailing program with each reader's unsubscribe URL."""
_WRITTEN_PLACEHOLDER = re.compile(r"\{(?=\{\s*unsubscribe_url\s*\}\})")
_ESCAPED_BRACE = f"{{{WORD_JOINER}"
_URL_HEADERS = {"list-unsubscribe", "list-unsubscribe-post", "list-archive", "list-id"}


class _Policy(EmailPolicy):
    """Does not fold headers with URLs: the standard policy would write them as encoded words."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in _URL_HEADERS and str(value).isascii():
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n", max_line_length=78)


def to_eml(
    rendering: Rendering,
    authority: str,
    *,
    to: str = "",
    unsubscribe: str = UNSUBSCRIBE_PLACEHOLDER,
) -> bytes:
    """Return a complete email, text part first. The result is deterministic.

    `authority` is the domain of Message-ID and List-Id; keep it if the site moves. `to` is an
    address, by default the list's sender. `unsubscribe` is used in both parts and in the header
    List-Unsubscribe: the placeholder, or an https or mailto URL, part of which the sending
    program may replace for each reader (RFC 8058). If it is empty, the header is omitted and
    the unsubscribe link writes to the list's reply address.

    Raises ValueError for a line break in a header, or any other `unsubscribe`.
    """
    issue, mailing_list = rendering.issue, rendering.issue.list
    accepted = ("https://", "mailto:", UNSUBSCRIBE_PLACEHOLDER)
    if unsubscribe and not unsubscribe.startswith(accepted):
        raise ValueError(f"“{unsubscribe}” is not an https or mailto address to unsubscribe at.")
    for header in (rendering.subject, to, unsubscribe, mailing_list.name, mailing_list.sender_name):
        if re.search(r"[\x00-\x1f\x7f\u2028\u2029]", header):
            raise ValueError(f"“{header}” contains a line break or control character.")
    reply_to = mailing_list.reply_to or mailing_list.sender_email
    leave = unsubscribe or f"mailto:{reply_to}?subject=unsubscribe"
    # Placeholders written by authors are escaped, so that they are not replaced.
    subject = _WRITTEN_PLACEHOLDER.sub(_ESCAPED_BRACE, rendering.subject)
    html = _WRITTEN_PLACEHOLDER.sub("&#123;", rendering.html)
    html = html.replace(UNSUBSCRIBE_SLOT, escape(leave))
    text = _WRITTEN_PLACEHOLDER.sub(_ESCAPED_BRACE, rendering.text)
    text = text.replace(UNSUBSCRIBE_SLOT, leave)
    digest = hashlib.sha256(f"{subject}\0{html}\0{text}".encode()).hexdigest()
    message = EmailMessage(policy=_POLICY)
    message["From"] = _mailbox(mailing_list.sender_name, mailing_list.sender_email)
    message["To"] = to or _mailbox(mailing_list.name, mailing_list.sender_email)
    if mailing_list.reply_to:
        message["Reply-To"] = mailing_list.reply_to
    message["Subject"] = subject
    message["Date"] = format_datetime(issue.date)
    # Identifies the issue, not its text: a corrected email replaces the earlier one.
    slug = quote(issue.entry.slug, safe="")
    message["Message-ID"] = f"<{mailing_list.key}.{slug}@{authority}>"
    message["List-Id"] = f"<{mailing_list.key}.{authority}>"
    message["List-Archive"] = f"<{rendering.archive}>"
    if unsubscribe:
        message["List-Unsubscribe"] = f"<{unsubscribe}>"
        if unsubscribe.startswith("https://"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Content-Language"] = issue.language.tag
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = "multipart/alternative"
    message.set_boundary(f"=_{digest[:32]}")
    message.attach(_part(text, "plain"))
    message.attach(_part(html, "html"))
    return message.as_bytes()


def _mailbox(name: str, address: str) -> str:
    """Return a quoted display name (any characters but line breaks) and its address."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{address}>'


def _part(text: str, subtype: str) -> EmailMessage:
    """Return a MIME part in quoted-printable or base64, whichever is shorter."""
    parts = []
    for encoding in ("quoted-printable", "base64"):
        part = EmailMessage(policy=_POLICY)
        part.set_content(text, subtype=subtype, charset="utf-8", cte=encoding)
        del part["MIME-Version"]  # only in the top-level header (RFC 2045, 4)
        parts.append(part)
    return min(parts, key=lambda part: len(part.get_payload()))


def to_mbox(mails: Iterable[bytes]) -> bytes:
    """Concatenate emails; lines that begin with "From " are quoted with `>` (mboxrd)."""
    parser = BytesParser(policy=SMTP)
    parts = []
    for mail in mails:
        head = parser.parsebytes(mail, headersonly=True)
        sender = head["From"].addresses[0].addr_spec
        utc = parsedate_to_datetime(head["Date"]).astimezone(UTC)
        lines = mail.replace(b"\r\n", b"\n")
        quoted = re.sub(rb"^(>*From )", rb">\1", lines, flags=re.MULTILINE)
        parts.append(f"From {sender} {utc.ctime()}\n".encode("ascii"))
        parts.append(quoted if quoted.endswith(b"\n") else quoted + b"\n")
        parts.append(b"\n")
    return b"".join(parts)
