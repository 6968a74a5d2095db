"""The one way a draft is pushed: find it by its stable name, update it, or make it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from tools.delivery.errors import DeliveryError
from tools.delivery.state import DraftIds


@dataclass(frozen=True, slots=True)
class Found:
    """A campaign as a provider has it: `name` is the issue's stable one."""

    id: str
    name: str
    status: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a push did."""

    provider: str
    id: str
    is_new: bool

    def __str__(self) -> str:
        done = "made" if self.is_new else "updated"
        return f"{self.provider}: draft {self.id} {done}."


class Desk(Protocol):
    """A provider's drafts of one issue, over its API."""

    provider: str
    name: str
    draft_status: str

    def get(self, id: str) -> Found:
        """The campaign of an id. Raises DeliveryError, status 404 if there is none."""

    def all(self) -> Iterable[Found]:
        """Every campaign the issue's may be among."""

    def create(self) -> str:
        """Make the draft; its id."""

    def update(self, id: str) -> None:
        """Write the draft anew."""

    def fill(self, id: str) -> None:
        """What only a campaign that exists can be given."""


def push_draft(desk: Desk, ids: DraftIds) -> Receipt:
    """Make the issue's draft, or write it anew; never a second one.

    Raises DeliveryError; also if the issue is no draft there any more, which leaves it alone.
    """
    found = _find(desk, ids.get(desk.provider, desk.name))
    if found is not None and found.status != desk.draft_status:
        raise DeliveryError(
            f"{desk.provider}: “{desk.name}” is no draft any more (it is “{found.status}”); "
            "nothing was changed."
        )
    if found is None:
        id = desk.create()
    else:
        id = found.id
        desk.update(id)
    ids.put(desk.provider, desk.name, id)
    desk.fill(id)
    return Receipt(desk.provider, id, is_new=found is None)


def _find(desk: Desk, remembered: str) -> Found | None:
    if remembered:
        try:
            found = desk.get(remembered)
        except DeliveryError as error:
            if error.status != 404:
                raise
        else:
            if found.name == desk.name:
                return found
    same = [found for found in desk.all() if found.name == desk.name]
    # One that was sent counts more than a draft: the issue must not go out twice.
    same.sort(key=lambda found: found.status == desk.draft_status)
    return same[0] if same else None


def secret(environment: Mapping[str, str], name: str, provider: str) -> str:
    """A token from the environment. Raises DeliveryError that names the variable."""
    value = environment.get(name, "").strip()
    if not value:
        raise DeliveryError(f"{provider}: the token is missing. Put it into {name}.")
    if not value.isascii() or not value.isprintable():
        raise DeliveryError(f"{provider}: {name} holds characters that no token has.")
    return value


def text_of(value: object, field: str) -> str:
    """A field of an answer as text, '' if the answer isn't of that form."""
    return str(value.get(field) or "") if isinstance(value, dict) else ""


def new_id(value: object, provider: str) -> str:
    """The id of what was made. Raises DeliveryError if the answer has none."""
    if id := text_of(value, "id"):
        return id
    raise DeliveryError(f"{provider} answered without an id. Look whether the draft is there.")
