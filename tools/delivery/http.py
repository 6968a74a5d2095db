"""An HTTP client for JSON APIs of one host, with limited time and size and readable errors."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from typing import IO, Any
from urllib.parse import urlencode, urlsplit

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
        request = urllib.request.Request(url, data, headers, method=method)  # noqa: S310
        try:
            return run_within(self.timeout, lambda: self._exchange(request))
        except DeadlineExceeded:
            raise self._timeout_error() from None

    def _exchange(self, request: urllib.request.Request) -> bytes:
        host = urlsplit(request.full_url).hostname or ""
        proxies = urllib.request.ProxyHandler({} if host in LOOPBACK else None)
        opener = urllib.request.build_opener(proxies, _SameHost(self.service))
        try:
            with opener.open(request, timeout=self.timeout) as answer:
                content: bytes = answer.read(_LARGEST + 1)
        except urllib.error.HTTPError as error:
            with error:
                raise self._error_of(error) from None
        except (OSError, http.client.HTTPException) as error:
            cause = getattr(error, "reason", error)
            if isinstance(cause, TimeoutError):
                raise self._timeout_error() from None
            reason = shorten(str(cause) or type(cause).__name__, self.secrets)
            problem = f"closed the connection: {reason}. Try again."
            if isinstance(error, urllib.error.URLError):
                problem = f"can't be reached: {reason}."
            raise DeliveryError(f"{self.service} {problem}") from None
        if len(content) > _LARGEST:
            raise DeliveryError(f"{self.service} answered with more than 16 MB. Check its URL.")
        return content

    def _error_of(self, error: urllib.error.HTTPError) -> DeliveryError:
        """Return the error of a response with an HTTP status of 300 or more."""
        try:
            body = error.read(_CHUNK)
        except (OSError, http.client.HTTPException):
            body = b""
        reason = shorten(f"{error.code} {error.reason}", self.secrets)
        detail = shorten(_detail(body), self.secrets)
        advice = self.advice.get(error.code, "Try again later." if error.code >= 500 else "")
        if error.code == 429:
            wait = shorten(error.headers.get("Retry-After", ""), self.secrets, 40)
            after = f"in {wait} seconds" if wait.isdigit() else f"after {wait}" if wait else "later"
            advice = f"Too many requests: try again {after}."
        response = f" Its response: {detail}" if detail else ""
        return DeliveryError(
            f"{self.service} refused ({reason}). {advice}{response}".strip(), error.code
        )

    def _timeout_error(self) -> DeliveryError:
        return DeliveryError(
            f"{self.service} didn't answer within {self.timeout:g} seconds. {self.retry_advice}"
        )


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows redirects only on the same host, so that no other host receives the token."""

    def __init__(self, service: str) -> None:
        self.service = service

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2] or req.get_method() != "GET":
            target = shorten(urlsplit(newurl).netloc.rpartition("@")[2])
            raise DeliveryError(
                f"{self.service} redirects to {target}; not followed. Check its URL.", code
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


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
