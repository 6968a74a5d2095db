"""Drafts at listmonk, by its API (listmonk.app/docs/apis/campaigns) with user and token."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from tools.delivery.drafts import Campaign, new_id, read_token, text_field
from tools.delivery.errors import DeliveryError
from tools.delivery.http import Client

USER, TOKEN = "LISTMONK_API_USER", "LISTMONK_API_TOKEN"


class DraftClient:
    """The draft of one issue, identified by its tag, which equals its name."""

    provider = "listmonk"
    draft_status = "draft"

    def __init__(
        self,
        files: Mapping[str, bytes],
        settings: Mapping[str, object],
        environment: Mapping[str, str],
        timeout: float = 20.0,
    ) -> None:
        self._campaign = json.loads(files["campaign.json"])
        self.name = str(self._campaign["name"])
        url = settings.get("url")
        if not isinstance(url, str) or not url:
            raise DeliveryError("listmonk: “url” is missing in its provider_settings.")
        user, token = (read_token(environment, name, "listmonk") for name in (USER, TOKEN))
        headers = {"Authorization": f"token {user}:{token}"}
        self._client = Client("listmonk", url, headers, (token,), timeout)

    def get(self, id: str) -> Campaign:
        answer = self._client.request("GET", f"/api/campaigns/{id}", query={"no_body": "true"})
        return _campaign(_data(answer))

    def list_campaigns(self) -> Iterator[Campaign]:
        query = {"tags": self.name, "per_page": "all", "no_body": "true"}
        data = _data(self._client.request("GET", "/api/campaigns", query=query))
        results = data.get("results") if isinstance(data, dict) else None
        yield from map(_campaign, results or [])

    def create(self) -> str:
        answer = self._client.request("POST", "/api/campaigns", self._campaign)
        return new_id(_data(answer), "listmonk")

    def update(self, id: str) -> None:
        self._client.request("PUT", f"/api/campaigns/{id}", self._campaign)

    def upload_content(self, id: str) -> None:
        """Do nothing: `create` and `update` include the content."""


def _data(answer: object) -> object:
    return answer.get("data") if isinstance(answer, dict) else None


def _campaign(value: object) -> Campaign:
    return Campaign(text_field(value, "id"), text_field(value, "name"), text_field(value, "status"))
