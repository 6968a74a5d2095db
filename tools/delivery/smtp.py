"""Sends one mail to test addresses over SMTP (RFC 5321), encrypted wherever it leaves the house."""

from __future__ import annotations

import base64
import re
import smtplib
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.utils import getaddresses
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from tools.delivery.deadline import OutOfTime, run_within
from tools.delivery.errors import DeliveryError, shorten
from tools.delivery.http import LOOPBACK

_FORM = "Write it as smtp://user:password@host:587?starttls or smtps://user:password@host."


@dataclass(frozen=True, slots=True)
class Server:
    """Where to send by: `mode` is how the line is encrypted."""

    host: str
    port: int
    mode: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"


def parse_url(url: str) -> Server:
    """An SMTP address. Ports if none is given: 465 for smtps, 587 with starttls, else 25.

    Raises DeliveryError, which never repeats the address, as a password stands in it.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise DeliveryError(f"The SMTP address can't be read. {_FORM}") from None
    options = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if parts.scheme not in ("smtp", "smtps") or not host or options - {"starttls"}:
        raise DeliveryError(f"The SMTP address can't be read. {_FORM}")
    mode = "tls" if parts.scheme == "smtps" else "starttls" if options else "plain"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if user and mode == "plain" and host not in LOOPBACK:
        raise DeliveryError(f"{host}: the password would travel unencrypted. Add ?starttls.")
    usual = {"tls": 465, "starttls": 587, "plain": 25}[mode]
    return Server(host, port or usual, mode, user, password)


def choose_url(given: str, environment: Mapping[str, str], ask: Callable[[str], str] | None) -> str:
    """The SMTP address with its password: the one of the command line, or SMTP_URL.

    A password in a command can be read by every user of the machine, in its list of
    processes, so it is refused there: it comes from SMTP_PASSWORD, or `ask` asks for it
    (None if there is no terminal). Raises DeliveryError.
    """
    url = given or environment.get("SMTP_URL", "")
    if not url:
        raise DeliveryError(f"There is no SMTP address. Give --smtp, or set SMTP_URL. {_FORM}")
    server = parse_url(url)
    if given and server.password:
        raise DeliveryError(
            "A password in a command is visible to everyone on this machine. Leave it out of "
            "--smtp, and set SMTP_PASSWORD, or set SMTP_URL to the whole address instead."
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
    """Send a whole message to addresses; it gets a `To` if it has none. `context` for tests.

    `timeout` bounds each wait, in seconds; three times that bounds all of them together.
    Raises DeliveryError: nothing was sent, unless the message names addresses that got it.
    """
    server = parse_url(url)
    recipients = [_address(text) for text in ([to] if isinstance(to, str) else to)]
    message = message_from_bytes(eml, policy=policy.SMTP)
    senders = [address for _, address in getaddresses([str(message["From"] or "")]) if address]
    if len(senders) != 1 or not recipients:
        raise DeliveryError("A mail needs one sender in From, and someone to send it to.")
    data = re.sub(rb"\r\n|\r|\n", b"\r\n", eml)
    if "To" not in message:
        data = f"To: {', '.join(recipients)}\r\n".encode() + data
    secrets = (server.password, base64.b64encode(server.password.encode()).decode())
    try:
        refused = run_within(
            3 * timeout,
            lambda: _deliver(server, senders[0], recipients, data, timeout, context),
        )
    except OutOfTime:
        raise _silence(server, 3 * timeout) from None
    except smtplib.SMTPException as error:
        # smtplib calls a wait that ended a disconnection.
        if isinstance(error.__context__, TimeoutError):
            raise _silence(server, timeout) from None
        raise _refusal(server, error, secrets) from None
    except ssl.SSLCertVerificationError as error:
        reason = shorten(error.verify_message, secrets)
        raise DeliveryError(f"{server.place}: its certificate isn't trusted: {reason}.") from None
    except TimeoutError:
        raise _silence(server, timeout) from None
    except (OSError, UnicodeError) as error:
        reason = shorten(str(error), secrets)
        raise DeliveryError(f"{server.place} can't be reached: {reason}.") from None
    if refused:
        got = [address for address in recipients if address not in refused]
        raise DeliveryError(f"Sent to {', '.join(got)}; refused: {_list(refused, secrets)}.")


def _deliver(
    server: Server,
    sender: str,
    recipients: list[str],
    data: bytes,
    timeout: float,
    context: ssl.SSLContext | None,
) -> dict[str, tuple[int, bytes]]:
    """The addresses that were refused beside others that were not."""
    trusted = context or ssl.create_default_context()
    if server.mode == "tls":
        peer: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=timeout, context=trusted
        )
    else:
        peer = smtplib.SMTP(server.host, server.port, timeout=timeout)
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
        # It took the mail; that it left without a word is no failure.
        peer.close()
    return refused


def _address(text: str) -> str:
    address = text.strip()
    if not re.fullmatch(r"[!-;=?A-~]+@[A-Za-z0-9.\-\[\]:]+", address):
        raise DeliveryError(
            f"“{shorten(text, limit=80)}” is no e-mail address such as me@example.org."
        )
    return address


def _silence(server: Server, timeout: float) -> DeliveryError:
    return DeliveryError(
        f"{server.place} didn't answer within {timeout:g} seconds; nothing is known to be sent."
    )


def _refusal(
    server: Server, error: smtplib.SMTPException, secrets: tuple[str, ...]
) -> DeliveryError:
    place = server.place
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return DeliveryError(f"{place} refused the address: {_list(error.recipients, secrets)}.")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return DeliveryError(f"{place} doesn't offer what the address asks for: {error}")
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return DeliveryError(f"{place} broke off. Check port and encryption; {_FORM}")
    if isinstance(error, smtplib.SMTPResponseException):
        code = int(error.smtp_code)
        said = shorten(_words(error.smtp_error), secrets)
        what = {
            smtplib.SMTPAuthenticationError: "the login (check user and password)",
            smtplib.SMTPSenderRefused: "the sender",
            smtplib.SMTPConnectError: "the connection",
        }.get(type(error), "the mail")
        return DeliveryError(f"{place} refused {what}: {code} {said}", code)
    return DeliveryError(f"{place}: {shorten(str(error), secrets)}")


def _list(refused: dict[str, tuple[int, bytes]], secrets: tuple[str, ...]) -> str:
    return "; ".join(
        f"{address} ({code} {shorten(_words(said), secrets)})"
        for address, (code, said) in sorted(refused.items())
    )


def _words(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
