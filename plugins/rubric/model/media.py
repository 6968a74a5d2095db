"""Audio and video files of texts: what front matter says of them, and what feeds are given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, WithJsonSchema

from rubric.model.fields import Line
from rubric.model.metadata import PostMetadata
from rubric.model.web import as_web_url

MEDIA_TYPES = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/x-m4a",
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
    ".mp4": "video/mp4",
    ".m4v": "video/x-m4v",
    ".mov": "video/quicktime",
    ".ogv": "video/ogg",
    ".webm": "video/webm",
}
"""File ending → MIME type; where there are several, the one that Apple Podcasts requires."""

_TYPE = re.compile(r"(?:audio|video)/[a-z0-9][a-z0-9.+-]*")
_DURATION = re.compile(r"(?:(?P<hours>\d{1,2}):(?=\d{2}:))?(?P<minutes>\d{1,3}):(?P<seconds>\d{2})")


def parse_clock(text: str) -> timedelta:
    """Parse a duration such as `1:02:03` or `62:03`. Raises ValueError."""
    match = _DURATION.fullmatch(text.strip())
    hours, minutes, seconds = [int(number or 0) for number in match.groups()] if match else [0] * 3
    is_wrong = seconds > 59 or (match and match["hours"] and minutes > 59)
    if is_wrong or not (hours or minutes or seconds):
        raise ValueError(
            f"“{text}” is not a length of a recording. Write hours, minutes and seconds, "
            "such as 1:02:03 or 62:03."
        )
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def media_type(path: str) -> str:
    """Return the MIME type of a path or URL by its extension; '' if it is unknown."""
    return MEDIA_TYPES.get(PurePosixPath(urlsplit(path).path).suffix.lower(), "")


def _as_clock(value: Any) -> Any:
    return value if isinstance(value, timedelta) else parse_clock(str(value))


def _as_media(value: Any) -> Any:
    """Validate a path or an https URL."""
    if isinstance(value, str) and re.match(r"[a-z][a-z0-9+.-]*:", value.strip(), re.IGNORECASE):
        if not value.strip().lower().startswith("https://"):
            raise ValueError(
                f"“{value}” is no https address. Write the path of a file below content/, or an "
                "address that begins with https://."
            )
        return as_web_url(value)
    return value


def _as_type(value: Any) -> Any:
    if isinstance(value, str) and not _TYPE.fullmatch(value.strip().lower()):
        raise ValueError(f"“{value}” is no type of audio or video. Write it as audio/mpeg.")
    return value.strip().lower() if isinstance(value, str) else value


MediaPath = Annotated[Line, BeforeValidator(_as_media)]
"""A file below the content folder, or an https address."""

MediaType = Annotated[
    str,
    BeforeValidator(_as_type),
    WithJsonSchema({"type": "string", "pattern": "^(audio|video)/", "examples": ["audio/mpeg"]}),
]
"""The MIME type of audio or video."""

ClockDuration = Annotated[
    timedelta,
    BeforeValidator(_as_clock),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^(\d{1,2}:[0-5]\d|\d{1,3}):[0-5]\d$",
            "examples": ["1:02:03", "62:03"],
        }
    ),
]
"""The length of a recording: `1:02:03`, `62:03`."""


class MediaMetadata(PostMetadata):
    """A post with an audio or video file, such as an episode of a podcast."""

    media: MediaPath = Field(
        description="Audio or video file: a path below content/, or an https address."
    )
    media_type: MediaType | None = Field(
        None, description="MIME type; needed only if the ending of the file does not say it."
    )
    media_size: Annotated[int, Field(ge=1)] | None = Field(
        None, description="Size in bytes; only for an address, since builds use no network."
    )
    duration: ClockDuration | None = Field(None, description="Length, such as 1:02:03 or 62:03.")
    episode: Annotated[int, Field(ge=1)] | None = Field(None, description="Number of the episode.")
    season: Annotated[int, Field(ge=1)] | None = Field(None, description="Number of the season.")
    explicit: bool | None = Field(
        None, description="Whether it is for adults only; FEEDS says so otherwise."
    )


@dataclass(frozen=True, slots=True)
class Enclosure:
    """The audio or video file of a text.

    `url` is root-relative and percent-encoded, or absolute (https) for files of other sites;
    `type` is a MIME type, `size` in bytes.
    """

    url: str
    type: str
    size: int
    duration: timedelta | None = None
    episode: int | None = None
    season: int | None = None
    is_explicit: bool | None = None

    @property
    def is_audio(self) -> bool:
        return self.type.startswith("audio/")

    @property
    def is_local(self) -> bool:
        """Return whether the file is on this site, so that pages may play it."""
        return self.url.startswith("/")

    def absolute(self, origin: str) -> str:
        """Return the absolute URL; `origin` is the site's scheme and host."""
        return f"{origin}{self.url}" if self.is_local else self.url

    @property
    def seconds(self) -> int:
        """Return the duration in seconds; 0 if it is not given."""
        return int(self.duration.total_seconds()) if self.duration else 0

    @property
    def clock(self) -> str:
        """Return the duration as `1:02:03` or `2:03`; '' if it is not given."""
        minutes, seconds = divmod(self.seconds, 60)
        hours, rest = divmod(minutes, 60)
        if not self.seconds:
            return ""
        return f"{hours}:{rest:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"

    @property
    def iso_duration(self) -> str:
        """Return the duration in ISO 8601 format (`PT1H2M3S`); '' if it is not given."""
        minutes, seconds = divmod(self.seconds, 60)
        parts = ((minutes // 60, "H"), (minutes % 60, "M"), (seconds, "S"))
        return "".join(["PT", *(f"{n}{unit}" for n, unit in parts if n)]) if self.seconds else ""
