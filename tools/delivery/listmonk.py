"""listmonk's campaigns (listmonk.app/docs/apis/campaigns), as user and token of its API."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from tools.delivery.drafts import Found, new_id, secret, text_of
from tools.delivery.errors import DeliveryError
from tools.delivery.http import Client

USER, TOKEN = "LISTMONK_API_USER", "LISTMONK_API_TOKEN"


class Desk:
    """The drafts of one issue; found by its tag, which is its name."""

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
        user, token = (secret(environment, name, "listmonk") for name in (USER, TOKEN))
        headers = {"Authorization": f"token {user}:{token}"}
        self._client = Client("listmonk", url, headers, (token,), timeout)

    def get(self, id: str) -> Found:
        answer = self._client.request("GET", f"/api/campaigns/{id}", query={"no_body": "true"})
        return _found(_data(answer))

    def all(self) -> Iterator[Found]:
        query = {"tags": self.name, "per_page": "all", "no_body": "true"}
        data = _data(self._client.request("GET", "/api/campaigns", query=query))
        results = data.get("results") if isinstance(data, dict) else None
        yield from map(_found, results or [])

    def create(self) -> str:
        answer = self._client.request("POST", "/api/campaigns", self._campaign)
        return new_id(_data(answer), "listmonk")

    def update(self, id: str) -> None:
        self._client.request("PUT", f"/api/campaigns/{id}", self._campaign)

    def fill(self, id: str) -> None:
        """Nothing: a campaign is whole when it is made."""


def _data(answer: object) -> object:
    return answer.get("data") if isinstance(answer, dict) else None


def _found(value: object) -> Found:
    return Found(text_of(value, "id"), text_of(value, "name"), text_of(value, "status"))
