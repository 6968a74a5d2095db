"""Sends one mail to test addresses over SMTP (RFC 5321); passwords are only sent encrypted."""

from __future__ import annotations

import base64
import re
import smtplib
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.utils import getaddresses
from functools import partial
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from tools.delivery.deadline import DeadlineExceeded, run_within
from tools.delivery.errors import DeliveryError, shorten
from tools.delivery.http import LOOPBACK

_EXAMPLES = "Write it as smtp://user:password@host:587?starttls or smtps://user:password@host."


@dataclass(frozen=True, slots=True)
class Server:
    """An SMTP server; `mode` is the encryption: `tls`, `starttls` or `plain`."""

    host: str
    port: int
    mode: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"


def parse_url(url: str) -> Server:
    """Parse an SMTP URL; the default port is 465 for smtps, 587 with starttls, else 25.

    Raises DeliveryError; it does not contain the URL, which may contain a password.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise DeliveryError(f"The SMTP URL can't be parsed. {_EXAMPLES}") from None
    options = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if parts.scheme not in ("smtp", "smtps") or not host or options - {"starttls"}:
        raise DeliveryError(f"The SMTP URL can't be parsed. {_EXAMPLES}")
    mode = "tls" if parts.scheme == "smtps" else "starttls" if options else "plain"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if user and mode == "plain" and host not in LOOPBACK:
        raise DeliveryError(f"{host}: the password would be sent unencrypted. Add ?starttls.")
    default_port = {"tls": 465, "starttls": 587, "plain": 25}[mode]
    return Server(host, port or default_port, mode, user, password)


def choose_url(given: str, environment: Mapping[str, str], ask: Callable[[str], str] | None) -> str:
    """Return the SMTP URL including its password.

    Args:
        given: The URL of the command line, or ''. It must not contain a password, which other
            users of the machine could read in the list of processes.
        environment: Environment variables: SMTP_URL is the default URL, SMTP_PASSWORD the
            password.
        ask: A function that asks for the password; None if there is no terminal.

    Raises:
        DeliveryError: The URL or the password is missing or invalid.

    """
    url = given or environment.get("SMTP_URL", "")
    if not url:
        raise DeliveryError(f"There is no SMTP URL. Use --smtp, or set SMTP_URL. {_EXAMPLES}")
    server = parse_url(url)
    if given and server.password:
        raise DeliveryError(
            "A password in a command is visible to all users of this machine. Remove it from "
            "--smtp, and set SMTP_PASSWORD, or set SMTP_URL to the complete URL."
        )
    if not server.user or server.password:
        return url
    password = environment.get("SMTP_PASSWORD", "")
    if not password and ask is not None:
        password = ask(f"Password of {server.user} at {server.host}: ")
    if not password:
        raise DeliveryError(f"The password of {server.user} is missing. Set SMTP_PASSWORD.")
    parts = urlsplit(url.strip())
    user, _, host = parts.netloc.rpartition("@")
    login = f"{user.rstrip(':')}:{quote(password, safe='')}"
    return parts._replace(netloc=f"{login}@{host}").geturl()


def send(
    eml: bytes,
    to: str | Sequence[str],
    url: str,
    *,
    timeout: float = 20.0,
    context: ssl.SSLContext | None = None,
) -> None:
    """Send a complete message; a `To` header is added if it has none.

    Args:
        eml: The message.
        to: One or several recipients.
        url: The SMTP URL with its password.
        timeout: The maximum time of each wait, in seconds; the total is limited to three times
            as much.
        context: A TLS context, for tests.

    Raises:
        DeliveryError: Nothing was sent, unless the error names recipients that received it.

    """
    server = parse_url(url)
    recipients = [_address(text) for text in ([to] if isinstance(to, str) else to)]
    message = message_from_bytes(eml, policy=policy.SMTP)
    senders = [address for _, address in getaddresses([str(message["From"] or "")]) if address]
    if len(senders) != 1 or not recipients:
        raise DeliveryError("A mail needs exactly one sender in From, and a recipient.")
    data = re.sub(rb"\r\n|\r|\n", b"\r\n", eml)
    if "To" not in message:
        data = f"To: {', '.join(recipients)}\r\n".encode() + data
    secrets = (server.password, base64.b64encode(server.password.encode()).decode())
    try:
        refused = run_within(
            3 * timeout,
            lambda: _deliver(server, senders[0], recipients, data, timeout, context),
        )
    except DeadlineExceeded:
        raise _timeout_error(server, 3 * timeout) from None
    except (OSError, UnicodeError) as error:  # all errors of smtplib are an OSError
        # smtplib reports a timeout as disconnection.
        if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            raise _timeout_error(server, timeout) from None
        raise _error_of(server, error, secrets) from None
    if refused:
        accepted = [address for address in recipients if address not in refused]
        raise DeliveryError(f"Sent to {', '.join(accepted)}; refused: {_list(refused, secrets)}.")


def _deliver(
    server: Server,
    sender: str,
    recipients: list[str],
    data: bytes,
    timeout: float,
    context: ssl.SSLContext | None,
) -> dict[str, tuple[int, bytes]]:
    """Send the message; return the refused recipients if others were accepted."""
    trusted = context or ssl.create_default_context()
    is_tls = server.mode == "tls"
    connect = partial(smtplib.SMTP_SSL, context=trusted) if is_tls else smtplib.SMTP
    peer = connect(server.host, server.port, timeout=timeout)
    try:
        if server.mode == "starttls":
            peer.starttls(context=trusted)
        if server.user:
            peer.login(server.user, server.password)
        refused = peer.sendmail(sender, recipients, data)
    except BaseException:
        peer.close()
        raise
    try:
        peer.quit()
    except (smtplib.SMTPException, OSError):
        # The server accepted the mail, so an error while closing does not matter.
        peer.close()
    return refused


def _address(text: str) -> str:
    address = text.strip()
    if not re.fullmatch(r"[!-;=?A-~]+@[A-Za-z0-9.\-\[\]:]+", address):
        raise DeliveryError(
            f"“{shorten(text, limit=80)}” is not an email address such as me@example.org."
        )
    return address


def _timeout_error(server: Server, timeout: float) -> DeliveryError:
    return DeliveryError(
        f"{server.address} didn't answer within {timeout:g} seconds; it is unknown whether "
        "the mail was sent."
    )


def _error_of(
    server: Server, error: OSError | UnicodeError, secrets: tuple[str, ...]
) -> DeliveryError:
    address = server.address
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = shorten(error.verify_message, secrets)
        return DeliveryError(f"{address}: its certificate is not trusted: {reason}.")
    if not isinstance(error, smtplib.SMTPException):
        return DeliveryError(f"{address} can't be reached: {shorten(str(error), secrets)}.")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return DeliveryError(f"{address} refused the address: {_list(error.recipients, secrets)}.")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return DeliveryError(f"{address} does not support what the URL requires: {error}")
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return DeliveryError(
            f"{address} closed the connection. Check port and encryption. {_EXAMPLES}"
        )
    if isinstance(error, smtplib.SMTPResponseException):
        code = int(error.smtp_code)
        response = shorten(_decode(error.smtp_error), secrets)
        refused = {
            smtplib.SMTPAuthenticationError: "the login (check user and password)",
            smtplib.SMTPSenderRefused: "the sender",
            smtplib.SMTPConnectError: "the connection",
        }.get(type(error), "the mail")
        return DeliveryError(f"{address} refused {refused}: {code} {response}", code)
    return DeliveryError(f"{address}: {shorten(str(error), secrets)}")


def _list(refused: dict[str, tuple[int, bytes]], secrets: tuple[str, ...]) -> str:
    return "; ".join(
        f"{address} ({code} {shorten(_decode(response), secrets)})"
        for address, (code, response) in sorted(refused.items())
    )


def _decode(response: bytes | str) -> str:
    return response.decode("utf-8", "replace") if isinstance(response, bytes) else response
