"""Selects the client of a provider and pushes a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tools.delivery import buttondown, listmonk, mailchimp
from tools.delivery.drafts import DraftClient, Receipt, push_draft
from tools.delivery.errors import DeliveryError
from tools.delivery.state import DraftIds

_CLIENTS: dict[str, Callable[..., DraftClient]] = {
    "listmonk": listmonk.DraftClient,
    "buttondown": buttondown.DraftClient,
    "mailchimp": mailchimp.DraftClient,
}


def push(
    provider: str,
    files: Mapping[str, bytes],
    settings: Mapping[str, object],
    environment: Mapping[str, str],
    ids: DraftIds,
    timeout: float = 20.0,
) -> Receipt:
    """Create or update the draft of an issue at a provider.

    Args:
        provider: The name of the provider.
        files: The files of the provider's exporter, by name.
        settings: The provider's `provider_settings` of the mailing list.
        environment: Environment variables, which contain the tokens.
        ids: A cache of draft ids.
        timeout: The maximum time of each request, in seconds.

    Raises:
        DeliveryError: The provider is unknown, or the push failed.

    """
    client_type = _CLIENTS.get(provider)
    if client_type is None:
        raise DeliveryError(
            f"Drafts can't be pushed to “{provider}”. Choose from {', '.join(_CLIENTS)}, or "
            "upload the exported files by hand."
        )
    return push_draft(client_type(files, settings, environment, timeout), ids)
