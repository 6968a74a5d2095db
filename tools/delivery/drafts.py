"""Creates or updates the draft of an issue at a provider; it is found by its stable name."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from tools.delivery.errors import DeliveryError
from tools.delivery.http import Client
from tools.delivery.state import DeliveryState

Settings = Mapping[str, object]
Environment = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign at a provider; `name` is the stable name of the issue.

    Example: `Campaign("17", "weekly-ru/2026-11-20", "draft")`.
    """

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


class DraftClient(ABC):
    """The draft of one issue at a provider. All methods raise DeliveryError.

    Attributes:
        provider: The name of the provider.
        file: The exported file that contains the draft as the API expects it.
        path: The path of all campaigns in the API.
        draft_status: The status by which the provider marks drafts.
        update_method: The HTTP method of an update.
        fixed_field: A field of the draft that updates do not contain.
        get_query: The query of a request for one campaign.

    """

    provider: ClassVar[str]
    file: ClassVar[str] = "campaign.json"
    path: ClassVar[str]
    draft_status: ClassVar[str] = "draft"
    update_method: ClassVar[str] = "PATCH"
    fixed_field: ClassVar[str] = ""
    get_query: ClassVar[Mapping[str, str]] = {}

    def __init__(
        self,
        files: Mapping[str, bytes],
        settings: Settings,
        environment: Environment,
        timeout: float = 20.0,
    ) -> None:
        self.files = files
        self.draft: dict[str, Any] = json.loads(files[self.file])
        self.name = self.parse(self.draft).name
        self.client = self.connect(settings, environment, timeout)

    @abstractmethod
    def connect(self, settings: Settings, environment: Environment, timeout: float) -> Client:
        """Return a client for the API."""

    @abstractmethod
    def parse(self, value: object) -> Campaign:
        """Return the campaign that a JSON value describes; missing fields are empty."""

    @abstractmethod
    def list_campaigns(self) -> Iterable[Campaign]:
        """Return all campaigns among which the draft may be."""

    def request(
        self,
        method: str,
        path: str = "",
        body: object = None,
        query: Mapping[str, str] | None = None,
    ) -> Any:
        """Send a request to `path` below the campaigns; return the JSON of the response."""
        return self.client.request(method, self.path + path, body, query)

    def get(self, id: str) -> Campaign:
        """Return the campaign with an id; DeliveryError has status 404 if there is none."""
        return self.parse(self.request("GET", f"/{id}", query=self.get_query))

    def create(self) -> str:
        """Create the draft; return its id."""
        if id := text_field(self.request("POST", body=self.draft), "id"):
            return id
        raise DeliveryError(
            f"{self.client.service} answered without an id. Check whether the draft exists."
        )

    def update(self, id: str) -> None:
        """Overwrite the draft."""
        changes = {name: value for name, value in self.draft.items() if name != self.fixed_field}
        self.request(self.update_method, f"/{id}", changes)

    def upload_content(self, id: str) -> None:  # noqa: B027 (optional)
        """Upload the content, at providers that require a separate request for it."""


def push_draft(client: DraftClient, state: DeliveryState) -> Receipt:
    """Create the draft of an issue, or update the existing one; there is never a second one.

    Raises DeliveryError, also if the campaign is no longer a draft; it is then not changed.
    """
    found = _find(client, state.get(client.provider, client.name))
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
    state.put(client.provider, {client.name: id})
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
    return min(same, key=lambda found: found.status == client.draft_status, default=None)


def read_token(environment: Environment, name: str, provider: str) -> str:
    """Return a token from the environment. Raises DeliveryError with the name of the variable."""
    value = environment.get(name, "").strip()
    if not value:
        raise DeliveryError(f"{provider}: the token is missing. Set {name}.")
    if not value.isascii() or not value.isprintable():
        raise DeliveryError(f"{provider}: {name} contains characters that no token has.")
    return value


def json_field(value: object, field: str) -> Any:
    """Return a field of a JSON object, or None if the value is not an object with it."""
    return value.get(field) if isinstance(value, dict) else None


def text_field(value: object, field: str) -> str:
    """Return a field of a JSON object as text, or '' if the value is not an object with it."""
    return str(json_field(value, field) or "")
