"""The providers by name, with their exporters and the settings they require."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rubric.model.newsletter import MailingList, Provider, Rendering
from rubric.newsletter.providers import (
    brevo,
    buttondown,
    ghost,
    keila,
    listmonk,
    mailchimp,
    mailerlite,
)

Exporter = Callable[[Rendering], dict[str, bytes]]


@dataclass(frozen=True, slots=True)
class Service:
    """A provider: its exporter, required settings (name → type and meaning), optional settings."""

    export: Exporter
    needs: dict[str, tuple[type, str]]
    takes: tuple[str, ...] = ()


_NUMBERS = "the ids of its lists, such as [3]"

SERVICES: dict[Provider, Service] = {
    "listmonk": Service(
        listmonk.export,
        {
            "lists": (list, _NUMBERS),
            "template_id": (int, 'a template that holds {{ template "content" . }} alone'),
        },
        ("url", "messenger"),
    ),
    "mailchimp": Service(
        mailchimp.export,
        {"list_id": (str, "the audience's id")},
        ("url", "server", "segment_opts"),
    ),
    "buttondown": Service(buttondown.export, {}, ("url", "template", "filters", "archival_mode")),
    "keila": Service(keila.export, {}, ("url", "sender_id", "segment_id", "do_not_track")),
    "brevo": Service(
        brevo.export,
        {"lists": (list, _NUMBERS)},
        ("tag", "unsubscriptionPageId", "updateFormId"),
    ),
    "ghost": Service(ghost.export, {}, ("url", "tags", "authors", "visibility")),
    "mailerlite": Service(mailerlite.export, {}, ("groups", "segments", "language_id")),
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


def export_for(rendering: Rendering, provider: str) -> dict[str, bytes]:
    """Return the files of one provider by name. Raises ValueError like `check_settings`."""
    return check_settings(rendering.issue.list, provider).export(rendering)
