"""Drafts at providers, by their APIs."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from tools.delivery.drafts import (
    Campaign,
    DraftClient,
    Environment,
    Receipt,
    Settings,
    json_field,
    push_draft,
    read_token,
    text_field,
)
from tools.delivery.errors import DeliveryError
from tools.delivery.http import Client
from tools.delivery.state import DeliveryState


class Listmonk(DraftClient):
    """listmonk.app/docs/apis/campaigns, with user and token. The name is also a tag."""

    provider = "listmonk"
    path = "/api/campaigns"
    update_method = "PUT"
    get_query: ClassVar[Mapping[str, str]] = {"no_body": "true"}

    def connect(self, settings: Settings, environment: Environment, timeout: float) -> Client:
        url = settings.get("url")
        if not isinstance(url, str) or not url:
            raise DeliveryError("listmonk: “url” is missing in its provider_settings.")
        user = read_token(environment, "LISTMONK_API_USER", self.provider)
        token = read_token(environment, "LISTMONK_API_TOKEN", self.provider)
        headers = {"Authorization": f"token {user}:{token}"}
        return Client("listmonk", url, headers, (token,), timeout)

    def parse(self, value: object) -> Campaign:
        return Campaign(*(text_field(value, name) for name in ("id", "name", "status")))

    def request(
        self,
        method: str,
        path: str = "",
        body: object = None,
        query: Mapping[str, str] | None = None,
    ) -> Any:
        return json_field(super().request(method, path, body, query), "data")

    def list_campaigns(self) -> Iterator[Campaign]:
        query = {"tags": self.name, "per_page": "all", "no_body": "true"}
        yield from map(self.parse, json_field(self.request("GET", query=query), "results") or [])


class Buttondown(DraftClient):
    """docs.buttondown.com/api-emails-introduction. The name is in the email's metadata."""

    provider = "buttondown"
    file = "email.json"
    path = "/emails"
    # Updates have no status, so that they never send or schedule the email.
    fixed_field = "status"
    max_pages = 1000

    def connect(self, settings: Settings, environment: Environment, timeout: float) -> Client:
        token = read_token(environment, "BUTTONDOWN_API_KEY", self.provider)
        url = str(settings.get("url") or "https://api.buttondown.com/v1")
        return Client("Buttondown", url, {"Authorization": f"Token {token}"}, (token,), timeout)

    def parse(self, value: object) -> Campaign:
        name = text_field(json_field(value, "metadata"), "issue")
        return Campaign(text_field(value, "id"), name, text_field(value, "status"))

    def list_campaigns(self) -> Iterator[Campaign]:
        query = {"ordering": "-creation_date", "-status": "deleted", "excluded_fields": "body"}
        for page in range(1, self.max_pages + 1):
            answer = self.request("GET", query={**query, "page": str(page)})
            results = json_field(answer, "results") or []
            yield from map(self.parse, results)
            if not results or not answer.get("next"):
                return
        raise DeliveryError(f"Buttondown lists more than {self.max_pages} pages of emails.")


class Mailchimp(DraftClient):
    """mailchimp.com/developer/marketing/api/campaigns. The name is the campaign's title."""

    provider = "mailchimp"
    path = "/campaigns"
    draft_status = "save"
    fixed_field = "type"
    fields = ("id", "status", "settings.title")
    get_query: ClassVar[Mapping[str, str]] = {"fields": ",".join(fields)}
    page_size = 1000

    def connect(self, settings: Settings, environment: Environment, timeout: float) -> Client:
        token = read_token(environment, "MAILCHIMP_API_KEY", self.provider)
        basic = base64.b64encode(f"rubric:{token}".encode()).decode()
        url = str(settings.get("url") or "")
        if not url:
            # The end of the token names the data center.
            server = str(settings.get("server") or token.rpartition("-")[2])
            if not server.isalnum() or server == token:
                raise DeliveryError(
                    "mailchimp: the key in MAILCHIMP_API_KEY does not end in a data center. Add "
                    "“server” (such as us6) to its provider_settings."
                )
            url = f"https://{server}.api.mailchimp.com/3.0"
        headers = {"Authorization": f"Basic {basic}"}
        return Client("Mailchimp", url, headers, (token, basic), timeout)

    def parse(self, value: object) -> Campaign:
        name = text_field(json_field(value, "settings"), "title")
        return Campaign(text_field(value, "id"), name, text_field(value, "status"))

    def list_campaigns(self) -> Iterator[Campaign]:
        query = {
            "count": str(self.page_size),
            "list_id": str(self.draft["recipients"]["list_id"]),
            "fields": ",".join(f"campaigns.{field}" for field in self.fields),
        }
        campaigns: list[object] = []
        offset = 0
        while not offset or len(campaigns) == self.page_size:
            answer = self.request("GET", query={**query, "offset": str(offset)})
            campaigns = json_field(answer, "campaigns") or []
            yield from map(self.parse, campaigns)
            offset += self.page_size

    def upload_content(self, id: str) -> None:
        """Upload the content, which is a separate resource of a campaign."""
        self.request("PUT", f"/{id}/content", json.loads(self.files["content.json"]))


_CLIENTS: dict[str, type[DraftClient]] = {
    client.provider: client for client in (Listmonk, Buttondown, Mailchimp)
}


def push(
    provider: str,
    files: Mapping[str, bytes],
    settings: Settings,
    environment: Environment,
    state: DeliveryState,
    timeout: float = 20.0,
) -> Receipt:
    """Create or update the draft of an issue at a provider.

    Args:
        provider: The name of the provider.
        files: The files of the provider's exporter, by name.
        settings: The provider's `provider_settings` of the mailing list.
        environment: Environment variables, which contain the tokens.
        state: The ids of earlier drafts.
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
    return push_draft(client_type(files, settings, environment, timeout), state)
