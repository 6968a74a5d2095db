"""Drafts at Buttondown, by its API (docs.buttondown.com/api-emails-introduction)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from tools.delivery.drafts import Campaign, new_id, read_token, text_field
from tools.delivery.errors import DeliveryError
from tools.delivery.http import Client

TOKEN = "BUTTONDOWN_API_KEY"  # noqa: S105 (the name of a variable)
_MAX_PAGES = 1000


class DraftClient:
    """The draft of one issue, identified by its name in the email's metadata."""

    provider = "buttondown"
    draft_status = "draft"

    def __init__(
        self,
        files: Mapping[str, bytes],
        settings: Mapping[str, object],
        environment: Mapping[str, str],
        timeout: float = 20.0,
    ) -> None:
        self._email = json.loads(files["email.json"])
        self.name = str(self._email["metadata"]["issue"])
        token = read_token(environment, TOKEN, "buttondown")
        url = str(settings.get("url") or "https://api.buttondown.com/v1")
        headers = {"Authorization": f"Token {token}"}
        self._client = Client("Buttondown", url, headers, (token,), timeout)

    def get(self, id: str) -> Campaign:
        return _campaign(self._client.request("GET", f"/emails/{id}"))

    def list_campaigns(self) -> Iterator[Campaign]:
        for page in range(1, _MAX_PAGES + 1):
            query = {
                "ordering": "-creation_date",
                "-status": "deleted",
                "excluded_fields": "body",
                "page": str(page),
            }
            answer = self._client.request("GET", "/emails", query=query)
            results = answer.get("results") if isinstance(answer, dict) else None
            yield from map(_campaign, results or [])
            if not results or not answer.get("next"):
                return
        raise DeliveryError(f"Buttondown lists more than {_MAX_PAGES} pages of emails.")

    def create(self) -> str:
        return new_id(self._client.request("POST", "/emails", self._email), "Buttondown")

    def update(self, id: str) -> None:
        # Without `status`, so that an update never sends or schedules the email.
        changes = {name: value for name, value in self._email.items() if name != "status"}
        self._client.request("PATCH", f"/emails/{id}", changes)

    def upload_content(self, id: str) -> None:
        """Do nothing: `create` and `update` include the content."""


def _campaign(value: object) -> Campaign:
    metadata = value.get("metadata") if isinstance(value, dict) else None
    return Campaign(
        text_field(value, "id"), text_field(metadata, "issue"), text_field(value, "status")
    )
