"""Parses the NEWSLETTER setting into mailing lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any, get_args
from urllib.parse import urlsplit

from rubric.model.language import Languages
from rubric.model.newsletter import Cadence, MailingList, Provider
from rubric.model.rules import among, is_text, suggest
from rubric.model.tag import identify

_FIELDS = [field.name for field in fields(MailingList) if field.name != "key"]
_NEEDED = ("lang", "name", "cadence", "sender_name", "sender_email", "postal_address")
_TEXTS = ("name", "description", "sender_name", "reply_to", "postal_address", "form_field")
_NAME_LISTS = ("tags", "groups", "providers")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBERS = {"max_posts": 1, "max_events": 0}
# The origin is part of the content security policy; spaces and semicolons would end the directive.
_ACTION = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(?:/[^\s\"'<>;,]*)?")
# Stricter than RFC 5322: no provider accepts more than this.
_EMAIL = re.compile(r"[^\s@<>(),;:\"\[\]\\]+@[^\s@<>(),;:\"\[\]\\]+\.[^\s@.]+")


def parse_lists(settings: Mapping[str, Any], languages: Languages) -> dict[str, MailingList]:
    """Return the lists of NEWSLETTER["lists"] by key, in the order of the setting.

    Raises ValueError naming the list, the option and the fix.
    """
    lists = settings.get("lists", {})
    if not isinstance(lists, Mapping):
        raise ValueError("NEWSLETTER['lists']: is not a dict of lists by key.")
    return {key: _parse_list(key, options, languages) for key, options in lists.items()}


def form_hosts(lists: Iterable[MailingList]) -> list[str]:
    """Return the origins that subscribe forms post to, sorted (for CSP `form-action`)."""
    addresses = (urlsplit(item.form_action) for item in lists if item.form_action)
    return sorted({f"{parts.scheme}://{parts.netloc}" for parts in addresses})


def _parse_list(key: str, options: Any, languages: Languages) -> MailingList:
    where = f"NEWSLETTER['lists'][{key!r}]"
    if not _KEY.fullmatch(key):
        raise ValueError(f"{where}: the key may only have small letters, digits and hyphens.")
    if not isinstance(options, Mapping):
        raise ValueError(f"{where}: is not a dict of options.")
    for name in options:
        if name not in _FIELDS:
            fix = suggest(str(name), _FIELDS, f"Options are {', '.join(_FIELDS)}.")
            raise ValueError(f"{where}: {name} is not an option here. {fix}")
    lacking = [name for name in _NEEDED if not options.get(name)]
    if lacking:
        raise ValueError(f"{where}: lacks {', '.join(lacking)}. See docs/settings.md.")
    values: dict[str, Any] = {"description": "", "reply_to": options["sender_email"], **options}
    for problem in _problems(values, languages):
        raise ValueError(f"{where}: {problem}")
    for name in _NAME_LISTS:
        values[name] = tuple(values.get(name, ()))
    values["tags"] = tuple(identify(tag.lstrip("#")) for tag in values["tags"])
    return MailingList(key=key, **values)


def _problems(values: Mapping[str, Any], languages: Languages) -> Iterator[str]:
    """Yield each problem and its fix; later checks rely on earlier ones."""
    yield from _text_problems(values)
    yield from _choice_problems(values, languages)
    yield from _address_problems(values)
    for name, least in _NUMBERS.items():
        value = values.get(name, least)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            yield f"{name} is not a whole number of at least {least}."
    if not isinstance(values.get("is_full", False), bool):
        yield "is_full is neither True nor False."


def _text_problems(values: Mapping[str, Any]) -> Iterator[str]:
    for name in _TEXTS:
        value = values.get(name, "")
        if not isinstance(value, str):
            yield f"{name} is not a string."
        # A postal address may have several lines; the others are used in email headers.
        elif name != "postal_address" and not is_text(value):
            yield f"{name} has a line break. Write it as one line."
    for name in _NAME_LISTS:
        value = values.get(name, ())
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
            yield f"{name} is not a list of strings. Write ['one', 'two']."


def _choice_problems(values: Mapping[str, Any], languages: Languages) -> Iterator[str]:
    providers = get_args(Provider)
    choices: list[tuple[str, Any, Iterable[str]]] = [
        ("lang", values["lang"], languages),
        ("cadence", values["cadence"], get_args(Cadence)),
        ("fallback", values.get("fallback", "hide"), ("hide", "list")),
        *(("provider", name, providers) for name in values.get("providers", ())),
    ]
    for name, value, known in choices:
        if not isinstance(value, str) or value not in known:
            yield f"{name} “{value}” is unknown. Choose {among(known)}."
    settings = values.get("provider_settings", {})
    if not isinstance(settings, Mapping) or not all(
        name in providers and isinstance(options, Mapping) for name, options in settings.items()
    ):
        yield "provider_settings is not a dict of options by provider."


def _address_problems(values: Mapping[str, Any]) -> Iterator[str]:
    for name in ("sender_email", "reply_to"):
        if not isinstance(values[name], str) or not _EMAIL.fullmatch(values[name]):
            yield (
                f"{name} “{values[name]}” is not an e-mail address. "
                "Write it as letters@example.org."
            )
    action = values.get("form_action", "")
    if action and not _ACTION.fullmatch(str(action)):
        yield (
            f"form_action “{action}” is not an address a form can post to. "
            "Copy the whole address of your provider's form, https://…"
        )
