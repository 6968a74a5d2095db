"""The providers: their dialects, settings, and the drafts that their APIs accept."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from typing import TYPE_CHECKING

from rubric.model.html_tree import serialize
from rubric.model.newsletter import Issue, MailingList, Provider, Rendering
from rubric.newsletter.providers.dialect import WORD_JOINER, Dialect, translate

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

Settings = Mapping[str, object]
"""The `provider_settings` of a list for one provider."""


@dataclass(frozen=True, slots=True)
class Service:
    """A provider.

    Attributes:
        dialect: The template syntax of the provider.
        export: Returns JSON values by file name. Its arguments are the rendering in the dialect
            and the settings.
        needs: Required settings, each with its type and meaning.
        takes: Optional settings.

    """

    dialect: Dialect
    export: Callable[[Rendering, Settings], dict[str, object]]
    needs: Mapping[str, tuple[type, str]]
    takes: tuple[str, ...] = ()


def export_for(rendering: Rendering, provider: str) -> dict[str, bytes]:
    """Return the files of one provider by name. Raises ValueError like `check_settings`."""
    mailing_list = rendering.issue.list
    service = check_settings(mailing_list, provider)
    settings = mailing_list.provider_settings.get(provider, {})
    files = service.export(translate(rendering, service.dialect), settings)
    return {
        name: (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
        for name, value in files.items()
    }


def check_settings(mailing_list: MailingList, provider: str) -> Service:
    """Return the service of a provider after checking the list's settings for it.

    Raises ValueError for an unknown provider, or a setting that is missing, unknown or of the
    wrong type.
    """
    place = f"NEWSLETTER: list “{mailing_list.key}”"
    service = next((made for name, made in SERVICES.items() if name == provider), None)
    if service is None:
        raise ValueError(
            f"{place}: provider “{provider}” is unknown. Choose from {', '.join(SERVICES)}."
        )
    settings = mailing_list.provider_settings.get(provider, {})
    where = f'{place}: provider_settings["{provider}"]'
    for name, (kind, meaning) in service.needs.items():
        value = settings.get(name)
        if not value:
            raise ValueError(f"{where}: “{name}” is missing. Give {meaning}.")
        if not isinstance(value, kind) or isinstance(value, bool):
            raise ValueError(f"{where}: “{name}” is {value!r}. Give {meaning}.")
    known = [*service.needs, *service.takes]
    for name in settings:
        if name not in known:
            choices = ", ".join(known)
            raise ValueError(f"{where}: “{name}” is unknown. Choose from {choices}.")
    return service


def identity(issue: Issue) -> str:
    """Return the issue's identifier at every provider, used to find its draft again."""
    return f"{issue.list.key}/{issue.entry.slug}"


def ascii_identity(issue: Issue) -> str:
    """Return a unique identifier of at most 100 letters, digits, `_` and `-`."""
    name = identity(issue)
    plain = re.sub(r"[^a-zA-Z0-9_-]+", "-", name).strip("-")
    if plain == name.replace("/", "-") and len(plain) <= 100:
        return plain
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{plain[:91]}-{digest}".lstrip("-")


def _subset(settings: Settings, *names: str) -> dict[str, object]:
    """Return the given settings that are set."""
    return {name: settings[name] for name in names if name in settings}


# listmonk: `POST /api/campaigns` (listmonk.app/docs/apis/campaigns); new campaigns are drafts.
# All bodies, including plain text, are Go html/template: `<` in text would open an element,
# and `@TrackLink` after a URL would make it a tracked link.
_PRINTED = {"<": '{{ Safe "<" }}', "@": '{{ "@" }}', "{": '{{ "{" }}'}
_ENTITIES = {"<": "<", "@": "&#64;", "{": "&#123;"}
_LISTMONK = Dialect(
    tag_start=re.compile(r"\{(?=[{<]|@TrackLink|\Z)|<|@(?=TrackLink)"),
    in_text=lambda match: _PRINTED[match[0]],
    in_html=lambda match: _ENTITIES[match[0]],
    unsubscribe="{{ UnsubscribeURL }}",
    # The subject is a text/template, where `<` is literal.
    subject_start=re.compile(r"\{(?=\{|@TrackLink|\Z)|@(?=TrackLink)"),
)


def _export_listmonk(copy: Rendering, settings: Settings) -> dict[str, object]:
    """Return the campaign without `List-Unsubscribe`, because listmonk adds its own."""
    issue, sender = copy.issue, copy.issue.list
    campaign = {
        "name": identity(issue),
        "subject": copy.subject,
        "lists": settings.get("lists", []),
        # Address quotes the name if RFC 5322 requires it.
        "from_email": str(Address(sender.sender_name, addr_spec=sender.sender_email)),
        "type": "regular",
        "content_type": "html",
        "body": copy.html,
        "altbody": copy.text,
        "template_id": settings.get("template_id"),
        "messenger": settings.get("messenger", "email"),
        "tags": [sender.key, identity(issue)],
        "headers": [{"Reply-To": sender.reply_to}] if sender.reply_to else [],
    }
    return {"campaign.json": campaign}


# Mailchimp: `POST /campaigns`, then `PUT /campaigns/{id}/content` (Marketing API 3.0). A campaign
# is a draft until it is scheduled. Merge tags have no escape. An entity prevents them in HTML,
# percent-encoding in URLs, and an invisible character in other text.
def _escape_asterisk(match: re.Match[str]) -> str:
    word = re.split(r"\s", match.string[: match.start()])[-1]
    return "%2A" if "://" in word else f"*{WORD_JOINER}"


_MAILCHIMP = Dialect(
    tag_start=re.compile(r"\*(?=\||%7C|\Z)", re.IGNORECASE),
    in_text=_escape_asterisk,
    in_html=lambda match: "&#42;",
    unsubscribe="*|UNSUB|*",
)


def _export_mailchimp(copy: Rendering, settings: Settings) -> dict[str, object]:
    sender = copy.issue.list
    campaign = {
        "type": "regular",
        "recipients": _subset(settings, "list_id", "segment_opts"),
        "settings": {
            "title": identity(copy.issue),
            "subject_line": copy.subject,
            "preview_text": copy.preheader,
            "from_name": sender.sender_name,
            "reply_to": sender.reply_to or sender.sender_email,
            "auto_footer": False,
            "inline_css": False,
        },
    }
    content = {"html": copy.html, "plain_text": copy.text}
    return {"campaign.json": campaign, "content.json": content}


# Buttondown: `POST /v1/emails` (docs.buttondown.com/api-emails-create). Its templates are
# Django's, applied to a body that is parsed and serialized first: `templatetag` survives that, an
# entity may not. Buttondown creates the text part itself.
_BUTTONDOWN = Dialect(
    tag_start=re.compile(r"\{(?=[{%#]|\Z)"),
    in_text=lambda match: "{% templatetag openbrace %}",
    in_html=lambda match: "{% templatetag openbrace %}",
    unsubscribe="{{ unsubscribe_url }}",
)


def _export_buttondown(copy: Rendering, settings: Settings) -> dict[str, object]:
    """Return the email; `status` is always set because Buttondown sends by default."""
    email = {
        "subject": copy.subject,
        "status": "draft",
        "slug": ascii_identity(copy.issue),
        "description": copy.preheader,
        # Without this comment, Buttondown guesses the format.
        "body": f"<!-- buttondown-editor-mode: fancy -->{copy.html}",
        "template": "naked",
        "metadata": {"issue": identity(copy.issue)},
        **_subset(settings, "template", "filters", "archival_mode"),
    }
    return {"email.json": email}


# Keila: `POST /api/v1/campaigns` (keila.io/docs/api), Liquid in subject and HTML. A campaign
# without a scheduled time is a draft. Keila creates the text part from the HTML.
_KEILA = Dialect(
    tag_start=re.compile(r"\{(?=[{%]|\Z)"),
    in_text=lambda match: '{{ "{" }}',
    in_html=lambda match: "&#123;",
    unsubscribe="{{ unsubscribe_link }}",
)


def _export_keila(copy: Rendering, settings: Settings) -> dict[str, object]:
    campaign = {
        "subject": copy.subject,
        "preview_text": copy.preheader,
        "html_body": copy.html,
        "settings": {"type": "html", **_subset(settings, "do_not_track")},
        "data": {"issue": identity(copy.issue)},
        **_subset(settings, "sender_id", "segment_id"),
    }
    return {"campaign.json": {"data": campaign}}


# Brevo: `POST /v3/emailCampaigns` (developers.brevo.com). Its template language is derived from
# Django's: `{{`, `{%` and `{#` open tags. A campaign without `scheduledAt` is a draft. Brevo
# creates the text part itself.
_BREVO = Dialect(
    tag_start=re.compile(r"\{(?=[{%#]|\Z)"),
    in_text=lambda match: '{{ "{" }}',
    in_html=lambda match: "&#123;",
    unsubscribe="{{ unsubscribe }}",
)


def _export_brevo(copy: Rendering, settings: Settings) -> dict[str, object]:
    sender = copy.issue.list
    campaign = {
        "name": identity(copy.issue),
        "subject": copy.subject,
        "previewText": copy.preheader,
        "sender": {"name": sender.sender_name, "email": sender.sender_email},
        "replyTo": sender.reply_to or sender.sender_email,
        "recipients": {"listIds": settings.get("lists", [])},
        "htmlContent": copy.html,
        "inlineImageActivation": False,
        **_subset(settings, "tag", "unsubscriptionPageId", "updateFormId"),
    }
    return {"campaign.json": campaign}


# Ghost: `POST /ghost/api/admin/posts/?source=html` (ghost.org/docs/admin-api), a draft post. An
# HTML card keeps the markup unchanged. Ghost parses emails before it replaces `%%{name}%%`, which
# decodes entities; so an empty element is inserted between the characters instead.
def _escape_in_attribute(match: re.Match[str]) -> str:
    # In a URL, %7B is equivalent to the brace; elsewhere it would be visible.
    word = re.split(r"[\s\"']", match.string[: match.start()])[-1]
    return "%%%7B" if "://" in word else f"%{WORD_JOINER}%{{"


_GHOST = Dialect(
    tag_start=re.compile(r"%%\{"),
    in_text=lambda match: match[0],  # titles are not templates
    in_html=lambda match: "%<span></span>%{",
    in_attribute=_escape_in_attribute,
    unsubscribe="%%{unsubscribe_url}%%",
)


def _export_ghost(copy: Rendering, settings: Settings) -> dict[str, object]:
    """Return an email-only post: the site has its own archive page."""
    # Ghost replaces tags in the excerpt, too. It has at most 300 characters.
    excerpt = copy.preheader.replace("%%{", f"%{WORD_JOINER}%{{")[:300]
    post = {
        "title": copy.subject,
        "slug": ascii_identity(copy.issue),
        "status": "draft",
        "email_only": True,
        "email_subject": copy.subject,
        "custom_excerpt": excerpt,
        "html": f"<!--kg-card-begin: html-->\n{_fragment(copy.tree)}\n<!--kg-card-end: html-->",
        **_subset(settings, "tags", "authors", "visibility"),
    }
    return {"post.json": {"posts": [post]}}


def _fragment(tree: BeautifulSoup) -> str:
    """Return the content of `<body>`, preceded by the style sheets of the document."""
    return "\n".join([*map(str, tree.select("head style")), serialize(tree.body or tree).strip()])


# MailerLite: `POST /api/campaigns` (developers.mailerlite.com); new campaigns are drafts. Tags are
# `{$name}`, without an escape: an entity prevents them in HTML, an invisible character in the
# subject. MailerLite creates the text part itself. Custom HTML requires a suitable plan.
_MAILERLITE = Dialect(
    tag_start=re.compile(r"\{(?=[${%]|\Z)"),
    in_text=lambda match: f"{{{WORD_JOINER}",
    in_html=lambda match: "&#123;",
    unsubscribe="{$unsubscribe}",
)


def _export_mailerlite(copy: Rendering, settings: Settings) -> dict[str, object]:
    """Return the campaign. It has no reply address, so replies go to the sender."""
    email = {
        "subject": copy.subject,
        "from_name": copy.issue.list.sender_name,
        "from": copy.issue.list.sender_email,
        "content": copy.html,
    }
    campaign = {
        "name": identity(copy.issue),
        "type": "regular",
        "emails": [email],
        **_subset(settings, "groups", "segments", "language_id"),
    }
    return {"campaign.json": campaign}


_LIST_IDS = (list, "the ids of its lists, such as [3]")
_TEMPLATE = (int, 'a template that holds {{ template "content" . }} alone')

SERVICES: dict[Provider, Service] = {
    "listmonk": Service(
        _LISTMONK,
        _export_listmonk,
        {"lists": _LIST_IDS, "template_id": _TEMPLATE},
        ("url", "messenger"),
    ),
    "mailchimp": Service(
        _MAILCHIMP,
        _export_mailchimp,
        {"list_id": (str, "the audience's id")},
        ("url", "server", "segment_opts"),
    ),
    "buttondown": Service(
        _BUTTONDOWN, _export_buttondown, {}, ("url", "template", "filters", "archival_mode")
    ),
    "keila": Service(_KEILA, _export_keila, {}, ("url", "sender_id", "segment_id", "do_not_track")),
    "brevo": Service(
        _BREVO, _export_brevo, {"lists": _LIST_IDS}, ("tag", "unsubscriptionPageId", "updateFormId")
    ),
    "ghost": Service(_GHOST, _export_ghost, {}, ("url", "tags", "authors", "visibility")),
    "mailerlite": Service(
        _MAILERLITE, _export_mailerlite, {}, ("groups", "segments", "language_id")
    ),
}
