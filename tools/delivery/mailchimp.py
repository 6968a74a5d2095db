"""Drafts at Mailchimp, by its API (mailchimp.com/developer/marketing/api/campaigns)."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping

from tools.delivery.drafts import Campaign, new_id, read_token, text_field
from tools.delivery.errors import DeliveryError
from tools.delivery.http import Client

TOKEN = "MAILCHIMP_API_KEY"  # noqa: S105 (the name of a variable)
_PAGE_SIZE = 1000
_FIELDS = ("id", "status", "settings.title")


class DraftClient:
    """The draft of one issue, identified by its title."""

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
        token = read_token(environment, TOKEN, "mailchimp")
        basic = base64.b64encode(f"rubric:{token}".encode()).decode()
        headers = {"Authorization": f"Basic {basic}"}
        self._client = Client("Mailchimp", _base(settings, token), headers, (token, basic), timeout)

    def get(self, id: str) -> Campaign:
        query = {"fields": ",".join(_FIELDS)}
        return _campaign(self._client.request("GET", f"/campaigns/{id}", query=query))

    def list_campaigns(self) -> Iterator[Campaign]:
        offset = 0
        while True:
            query = {
                "count": str(_PAGE_SIZE),
                "offset": str(offset),
                "list_id": str(self._campaign["recipients"]["list_id"]),
                "fields": ",".join(f"campaigns.{field}" for field in _FIELDS),
            }
            answer = self._client.request("GET", "/campaigns", query=query)
            campaigns = answer.get("campaigns") if isinstance(answer, dict) else None
            yield from map(_campaign, campaigns or [])
            if not campaigns or len(campaigns) < _PAGE_SIZE:
                return
            offset += _PAGE_SIZE

    def create(self) -> str:
        return new_id(self._client.request("POST", "/campaigns", self._campaign), "Mailchimp")

    def update(self, id: str) -> None:
        changes = {name: value for name, value in self._campaign.items() if name != "type"}
        self._client.request("PATCH", f"/campaigns/{id}", changes)

    def upload_content(self, id: str) -> None:
        """Upload the content, which is a separate resource of a campaign."""
        self._client.request("PUT", f"/campaigns/{id}/content", self._content)


def _base(settings: Mapping[str, object], token: str) -> str:
    """Return the URL of the API: the setting, or that of the data center named by the token."""
    if url := settings.get("url"):
        return str(url)
    server = str(settings.get("server") or token.rpartition("-")[2])
    if not server.isalnum() or server == token:
        raise DeliveryError(
            f"mailchimp: the key in {TOKEN} does not end in a data center. Add “server” (such as "
            "us6) to its provider_settings."
        )
    return f"https://{server}.api.mailchimp.com/3.0"


def _campaign(value: object) -> Campaign:
    settings = value.get("settings") if isinstance(value, dict) else None
    return Campaign(
        text_field(value, "id"), text_field(settings, "title"), text_field(value, "status")
    )
