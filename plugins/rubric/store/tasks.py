"""Files to build: pages are rendered by templates, other files are computed by functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rubric.model.elements import make_relative
from rubric.store.recording import Recording
from rubric.store.templates import RecordingEnvironment


class Task(Protocol):
    """A file to build; `own` are the values that only this file has, by name.

    If `is_hashed`, the address contains a hash of all inputs, so they need not be compared.
    """

    @property
    def address(self) -> str: ...
    @property
    def is_hashed(self) -> bool: ...
    @property
    def own(self) -> Mapping[str, Any]: ...
    def make(self, recording: Recording) -> bytes: ...


@dataclass(slots=True)
class Page:
    """A page: a template and the values of names that only this page has.

    `relative_to` is the path of the site (empty, or `/blog`) if its links are to be relative.
    """

    address: str
    template: str
    values: Mapping[str, Any]
    environment: RecordingEnvironment
    context: Mapping[str, Any]
    is_hashed: bool = False
    relative_to: str | None = None

    @property
    def own(self) -> Mapping[str, Any]:
        own = {**self.values, "output_file": self.address, "template_name": self.template}
        return own if self.relative_to is None else {**own, "relative_to": self.relative_to}

    def make(self, recording: Recording) -> bytes:
        recording.name("template_name", self.template)
        template = self.environment.get_template(self.template)
        html = template.render({**self.context, **recording.own})
        if self.relative_to is not None:
            recording.name("relative_to", self.relative_to)
            html = make_relative(html, self.address, self.relative_to)
        return html.encode()


@dataclass(slots=True)
class File:
    """A file whose content a function returns for these arguments."""

    address: str
    function: Callable[..., bytes]
    arguments: Sequence[Any]
    is_hashed: bool = False

    @property
    def own(self) -> Mapping[str, Any]:
        return {"function": self.function, "arguments": self.arguments}

    def make(self, recording: Recording) -> bytes:
        recording.everything()
        return self.function(*self.arguments)
