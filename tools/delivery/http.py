"""An HTTP client for JSON APIs of one host, with limited time and size and readable errors."""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from tools.delivery.deadline import DeadlineExceeded, run_within
from tools.delivery.errors import DeliveryError, shorten

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_LARGEST = 16 * 1024 * 1024
_CHUNK = 64 * 1024
_ADVICE = {
    400: "It does not accept the draft.",
    401: "Check the token.",
    403: "Check the permissions of the token.",
    404: "Check the URL and the ids in the settings.",
    409: "It conflicts with an existing draft.",
    422: "It does not accept the draft.",
}


@dataclass(frozen=True, slots=True)
class Client:
    """A client for one API.

    Attributes:
        service: The name of the service in error messages.
        base: The URL of the API; https, except on localhost.
        headers: Headers of all requests, such as the token.
        secrets: Texts that are removed from error messages.
        timeout: The maximum time of a request including its response, in seconds.
        advice: What to do about an HTTP status, for error messages.
        retry_advice: What to do if there is no response, for error messages.

    """

    service: str
    base: str
    headers: Mapping[str, str] = field(repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    timeout: float = 20.0
    advice: Mapping[int, str] = field(default_factory=lambda: _ADVICE)
    retry_advice: str = "Run it again: if the draft was created, it is found and updated."

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        if not parts.hostname or parts.username is not None:
            raise DeliveryError(f"{self.service}: its URL must look like https://host/.")
        if parts.scheme != "https" and (parts.scheme != "http" or parts.hostname not in LOOPBACK):
            raise DeliveryError(f"{self.service}: its URL must start with https://.")

    def request(
        self, method: str, path: str, body: object = None, query: Mapping[str, str] | None = None
    ) -> Any:
        """Send a request with a JSON body; return the parsed JSON response, or None if empty.

        Raises DeliveryError for an HTTP error, a response that is too large or not JSON, a
        redirect to another host, and a timeout.
        """
        url = self.base.rstrip("/") + path
        if query:
            url += "?" + urlencode(query)
        data = None if body is None else json.dumps(body).encode()
        content = self._fetch(method, url, data, "application/json")
        if not content.strip():
            return None
        try:
            return json.loads(content)
        except ValueError:
            raise DeliveryError(
                f"{self.service} answered with something other than JSON. Check its URL."
            ) from None

    def post_form(self, fields: Sequence[tuple[str, str]]) -> None:
        """Post form fields to `base` and ignore the body of the response.

        Raises DeliveryError as `request` does.
        """
        data = urlencode(fields).encode()
        self._fetch("POST", self.base, data, "application/x-www-form-urlencoded")

    def _fetch(self, method: str, url: str, data: bytes | None, content_type: str) -> bytes:
        headers = {"Accept": "application/json", "User-Agent": "Rubric", **self.headers}
        if data is not None:
            headers["Content-Type"] = content_type
        try:
            return run_within(self.timeout, lambda: self._exchange(method, url, data, headers))
        except (DeadlineExceeded, httpx.TimeoutException):
            raise self._timeout_error() from None
        except (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError) as error:
            problem = f"closed the connection: {self._reason(error)}. Try again."
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:  # also of proxy settings
            problem = f"can't be reached: {self._reason(error)}."
        raise DeliveryError(f"{self.service} {problem}")

    def _exchange(
        self, method: str, url: str, data: bytes | None, headers: Mapping[str, str]
    ) -> bytes:
        is_local = urlsplit(url).hostname in LOOPBACK
        with (
            httpx.Client(
                timeout=self.timeout,
                follow_redirects=True,
                event_hooks={"response": [self._check_redirect]},
                trust_env=not is_local,  # proxies
                verify=ssl.create_default_context(),  # the certificates of the system
            ) as client,
            client.stream(method, url, content=data, headers=headers) as response,
        ):
            if not response.is_success:
                raise self._error_of(response)
            content = _read(response, _LARGEST + 1)
        if len(content) > _LARGEST:
            raise DeliveryError(f"{self.service} answered with more than 16 MB. Check its URL.")
        return content

    def _check_redirect(self, response: httpx.Response) -> None:
        """Refuse redirects to other hosts, which would receive the token."""
        if not response.has_redirect_location:
            return
        target = response.url.join(response.headers["Location"])
        is_same = (target.scheme, target.netloc) == (response.url.scheme, response.url.netloc)
        if response.request.method != "GET" or not is_same:
            host = shorten(target.netloc.decode("ascii", "replace"))
            raise DeliveryError(
                f"{self.service} redirects to {host}; not followed. Check its URL.",
                response.status_code,
            )

    def _error_of(self, response: httpx.Response) -> DeliveryError:
        """Return the error of a response with an HTTP status of 300 or more."""
        status = response.status_code
        try:
            body = _read(response, _CHUNK)
        except httpx.HTTPError:
            body = b""
        reason = shorten(f"{status} {response.reason_phrase}", self.secrets)
        detail = shorten(_detail(body), self.secrets)
        advice = self.advice.get(status, "Try again later." if status >= 500 else "")
        if status == 429:
            wait = shorten(response.headers.get("Retry-After", ""), self.secrets, 40)
            after = f"in {wait} seconds" if wait.isdigit() else f"after {wait}" if wait else "later"
            advice = f"Too many requests: try again {after}."
        answer = f" Its response: {detail}" if detail else ""
        return DeliveryError(f"{self.service} refused ({reason}). {advice}{answer}".strip(), status)

    def _reason(self, error: Exception) -> str:
        return shorten(str(error) or type(error).__name__, self.secrets)

    def _timeout_error(self) -> DeliveryError:
        return DeliveryError(
            f"{self.service} didn't answer within {self.timeout:g} seconds. {self.retry_advice}"
        )


def _read(response: httpx.Response, limit: int) -> bytes:
    """Return at most `limit` bytes of the body, or one chunk more."""
    content = b""
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) >= limit:
            break
    return content


def _detail(body: bytes) -> str:
    """Return the error message in a response: a usual JSON field, else the text unless HTML."""
    text = body.decode("utf-8", "replace")
    try:
        answer = json.loads(text)
    except ValueError:
        return "" if text.lstrip().startswith("<") else text
    if isinstance(answer, dict):
        for name in ("message", "detail", "error", "title"):
            if answer.get(name):
                errors = answer.get("errors")
                return f"{answer[name]} {errors}" if errors else str(answer[name])
    return text
