"""What all providers' files share: the issue's stable name, its sender, JSON of one form."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from email.headerregistry import Address

from rubric.model.newsletter import Issue

Settings = Mapping[str, object]
"""A list's `provider_settings` for one provider."""


def identity(issue: Issue) -> str:
    """The issue's name at every provider, by which its draft is found again."""
    return f"{issue.list.key}/{issue.entry.slug}"


def ascii_identity(issue: Issue) -> str:
    """The same in letters, digits, `_` and `-`, at most 100; never one for two issues."""
    name = identity(issue)
    plain = re.sub(r"[^a-zA-Z0-9_-]+", "-", name).strip("-")
    if plain == name.replace("/", "-") and len(plain) <= 100:
        return plain
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{plain[:91]}-{digest}".lstrip("-")


def sender(issue: Issue) -> str:
    """`Name <address>`, the name quoted where RFC 5322 asks for it."""
    return str(Address(issue.list.sender_name, addr_spec=issue.list.sender_email))


def settings_of(issue: Issue, provider: str) -> Settings:
    """What the list says of a provider; empty if nothing."""
    return issue.list.provider_settings.get(provider, {})


def chosen(settings: Settings, *names: str) -> dict[str, object]:
    """Those of the settings that are given."""
    return {name: settings[name] for name in names if name in settings}


def dump(value: object) -> bytes:
    """JSON in UTF-8, readable in a review."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
