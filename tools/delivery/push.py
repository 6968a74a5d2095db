"""Pushes an issue's draft to a provider by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tools.delivery import buttondown, listmonk, mailchimp
from tools.delivery.drafts import Desk, Receipt, push_draft
from tools.delivery.errors import DeliveryError
from tools.delivery.state import DraftIds

_DESKS: dict[str, Callable[..., Desk]] = {
    "listmonk": listmonk.Desk,
    "buttondown": buttondown.Desk,
    "mailchimp": mailchimp.Desk,
}


def push(
    provider: str,
    files: Mapping[str, bytes],
    settings: Mapping[str, object],
    environment: Mapping[str, str],
    ids: DraftIds,
    timeout: float = 20.0,
) -> Receipt:
    """Make or update the draft that `files` (of the provider's exporter) describe.

    `settings` are the list's `provider_settings` for it; tokens come from `environment`.
    Raises DeliveryError.
    """
    desk = _DESKS.get(provider)
    if desk is None:
        raise DeliveryError(
            f"Drafts can't be pushed to “{provider}”. Choose from {', '.join(_DESKS)}, or "
            "upload the exported files by hand."
        )
    return push_draft(desk(files, settings, environment, timeout), ids)
