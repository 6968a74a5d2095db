"""Shared by all providers: the issue's stable identifier, its sender, and JSON output."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from email.headerregistry import Address

from rubric.model.newsletter import Issue

Settings = Mapping[str, object]
"""The `provider_settings` of a list for one provider."""


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


def sender(issue: Issue) -> str:
    """Return `Name <address>`, with the name quoted if RFC 5322 requires it."""
    return str(Address(issue.list.sender_name, addr_spec=issue.list.sender_email))


def settings_of(issue: Issue, provider: str) -> Settings:
    """Return the list's settings for a provider, by default empty."""
    return issue.list.provider_settings.get(provider, {})


def subset(settings: Settings, *names: str) -> dict[str, object]:
    """Return the given settings that are set."""
    return {name: settings[name] for name in names if name in settings}


def dump(value: object) -> bytes:
    """Return indented JSON in UTF-8."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
