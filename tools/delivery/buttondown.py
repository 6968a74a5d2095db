"""Buttondown's emails (docs.buttondown.com/api-emails-introduction)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from tools.delivery.drafts import Found, new_id, secret, text_of
from tools.delivery.errors import DeliveryError
from tools.delivery.http import Client

TOKEN = "BUTTONDOWN_API_KEY"  # noqa: S105 (the name of a variable)
_PAGES = 1000


class Desk:
    """The drafts of one issue; found by the name in its metadata."""

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
        token = secret(environment, TOKEN, "buttondown")
        url = str(settings.get("url") or "https://api.buttondown.com/v1")
        headers = {"Authorization": f"Token {token}"}
        self._client = Client("Buttondown", url, headers, (token,), timeout)

    def get(self, id: str) -> Found:
        return _found(self._client.request("GET", f"/emails/{id}"))

    def all(self) -> Iterator[Found]:
        for page in range(1, _PAGES + 1):
            query = {
                "ordering": "-creation_date",
                "-status": "deleted",
                "excluded_fields": "body",
                "page": str(page),
            }
            answer = self._client.request("GET", "/emails", query=query)
            results = answer.get("results") if isinstance(answer, dict) else None
            yield from map(_found, results or [])
            if not results or not answer.get("next"):
                return
        raise DeliveryError(f"Buttondown lists more than {_PAGES} pages of emails.")

    def create(self) -> str:
        return new_id(self._client.request("POST", "/emails", self._email), "Buttondown")

    def update(self, id: str) -> None:
        # Without `status`, so that nothing but its text changes.
        changes = {name: value for name, value in self._email.items() if name != "status"}
        self._client.request("PATCH", f"/emails/{id}", changes)

    def fill(self, id: str) -> None:
        """Nothing: an email is whole when it is made."""


def _found(value: object) -> Found:
    metadata = value.get("metadata") if isinstance(value, dict) else None
    return Found(text_of(value, "id"), text_of(metadata, "issue"), text_of(value, "status"))
