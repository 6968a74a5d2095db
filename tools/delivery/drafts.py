"""Creates or updates the draft of an issue at a provider; it is found by its stable name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from tools.delivery.errors import DeliveryError
from tools.delivery.state import DraftIds


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign at a provider; `name` is the stable name of the issue."""

    id: str
    name: str
    status: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The result of a push: the id of the draft, and whether it was created."""

    provider: str
    id: str
    is_new: bool

    def __str__(self) -> str:
        action = "created" if self.is_new else "updated"
        return f"{self.provider}: draft {self.id} {action}."


class DraftClient(Protocol):
    """The draft of one issue at a provider.

    `provider` is the provider's name, `name` the stable name of the issue, and `draft_status`
    the status by which the provider marks drafts. All methods raise DeliveryError.
    """

    provider: str
    name: str
    draft_status: str

    def get(self, id: str) -> Campaign:
        """Return the campaign with an id; DeliveryError has status 404 if there is none."""

    def list_campaigns(self) -> Iterable[Campaign]:
        """Return all campaigns among which the draft may be."""

    def create(self) -> str:
        """Create the draft; return its id."""

    def update(self, id: str) -> None:
        """Overwrite the draft."""

    def upload_content(self, id: str) -> None:
        """Upload the content, at providers that require a separate request for it."""


def push_draft(client: DraftClient, ids: DraftIds) -> Receipt:
    """Create the draft of an issue, or update the existing one; there is never a second one.

    Raises DeliveryError, also if the campaign is no longer a draft; it is then not changed.
    """
    found = _find(client, ids.get(client.provider, client.name))
    if found is not None and found.status != client.draft_status:
        raise DeliveryError(
            f"{client.provider}: “{client.name}” is no longer a draft (it is “{found.status}”); "
            "nothing was changed."
        )
    if found is None:
        id = client.create()
    else:
        id = found.id
        client.update(id)
    ids.put(client.provider, client.name, id)
    client.upload_content(id)
    return Receipt(client.provider, id, is_new=found is None)


def _find(client: DraftClient, cached: str) -> Campaign | None:
    """Return the campaign of the issue, by its cached id or by its name; None if there is none."""
    if cached:
        try:
            found = client.get(cached)
        except DeliveryError as error:
            if error.status != 404:
                raise
        else:
            if found.name == client.name:
                return found
    same = [found for found in client.list_campaigns() if found.name == client.name]
    # Prefer one that was sent, so that the issue is not sent twice.
    same.sort(key=lambda found: found.status == client.draft_status)
    return same[0] if same else None


def read_token(environment: Mapping[str, str], name: str, provider: str) -> str:
    """Return a token from the environment. Raises DeliveryError with the name of the variable."""
    value = environment.get(name, "").strip()
    if not value:
        raise DeliveryError(f"{provider}: the token is missing. Set {name}.")
    if not value.isascii() or not value.isprintable():
        raise DeliveryError(f"{provider}: {name} contains characters that no token has.")
    return value


def text_field(value: object, field: str) -> str:
    """Return a field of a JSON object as text, or '' if the value is not an object with it."""
    return str(value.get(field) or "") if isinstance(value, dict) else ""


def new_id(value: object, provider: str) -> str:
    """Return the id of a created draft. Raises DeliveryError if the response has none."""
    if id := text_field(value, "id"):
        return id
    raise DeliveryError(f"{provider} answered without an id. Check whether the draft exists.")
