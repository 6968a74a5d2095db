"""Audio and video files in texts, with the files beside them; files to download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Track(NamedTuple):
    """Captions of a recording: BCP 47 tag, name of the language, root-relative link."""

    tag: str
    name: str
    link: str


@dataclass(frozen=True, slots=True)
class Recording:
    """What belongs to a recording; links are root-relative, and empty if there is no such file.

    | file | use |
    |---|---|
    | `talk.jpg`, `.png` or `.webp` beside `talk.mp4` | poster |
    | `talk.vtt`, `talk.ru.vtt` | captions |
    | `talk.txt` | transcript |
    """

    poster: str = ""
    tracks: tuple[Track, ...] = ()
    transcript: str = ""


class Download(NamedTuple):
    """A file that readers can download: its type, such as PDF, and its size in bytes."""

    type: str
    size: int
