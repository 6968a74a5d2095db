"""Mailchimp's campaigns (mailchimp.com/developer/marketing/api/campaigns)."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping

from tools.delivery.drafts import Found, new_id, secret, text_of
from tools.delivery.errors import DeliveryError
from tools.delivery.http import Client

TOKEN = "MAILCHIMP_API_KEY"  # noqa: S105 (the name of a variable)
_PAGE = 1000
_FIELDS = ("id", "status", "settings.title")


class Desk:
    """The drafts of one issue; found by their title."""

    provider = "mailchimp"
    draft_status = "save"

    def __init__(
        self,
        files: Mapping[str, bytes],
        settings: Mapping[str, object],
        environment: Mapping[str, str],
        timeout: float = 20.0,
    ) -> None:
        self._campaign = json.loads(files["campaign.json"])
        self._content = json.loads(files["content.json"])
        self.name = str(self._campaign["settings"]["title"])
        token = secret(environment, TOKEN, "mailchimp")
        basic = base64.b64encode(f"rubric:{token}".encode()).decode()
        headers = {"Authorization": f"Basic {basic}"}
        self._client = Client("Mailchimp", _base(settings, token), headers, (token, basic), timeout)

    def get(self, id: str) -> Found:
        query = {"fields": ",".join(_FIELDS)}
        return _found(self._client.request("GET", f"/campaigns/{id}", query=query))

    def all(self) -> Iterator[Found]:
        offset = 0
        while True:
            query = {
                "count": str(_PAGE),
                "offset": str(offset),
                "list_id": str(self._campaign["recipients"]["list_id"]),
                "fields": ",".join(f"campaigns.{field}" for field in _FIELDS),
            }
            answer = self._client.request("GET", "/campaigns", query=query)
            campaigns = answer.get("campaigns") if isinstance(answer, dict) else None
            yield from map(_found, campaigns or [])
            if not campaigns or len(campaigns) < _PAGE:
                return
            offset += _PAGE

    def create(self) -> str:
        return new_id(self._client.request("POST", "/campaigns", self._campaign), "Mailchimp")

    def update(self, id: str) -> None:
        changes = {name: value for name, value in self._campaign.items() if name != "type"}
        self._client.request("PATCH", f"/campaigns/{id}", changes)

    def fill(self, id: str) -> None:
        """The text: a campaign's content is a thing of its own."""
        self._client.request("PUT", f"/campaigns/{id}/content", self._content)


def _base(settings: Mapping[str, object], token: str) -> str:
    """The API's address: as set, or in the data centre that the key names at its end."""
    if url := settings.get("url"):
        return str(url)
    server = str(settings.get("server") or token.rpartition("-")[2])
    if not server.isalnum() or server == token:
        raise DeliveryError(
            f"mailchimp: the key in {TOKEN} names no data centre. Add “server” (such as us6) "
            "to its provider_settings."
        )
    return f"https://{server}.api.mailchimp.com/3.0"


def _found(value: object) -> Found:
    settings = value.get("settings") if isinstance(value, dict) else None
    return Found(text_of(value, "id"), text_of(settings, "title"), text_of(value, "status"))
