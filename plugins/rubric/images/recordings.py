"""Finds the files beside audio and video: posters, captions and transcripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import unquote

from rubric.model.entry import Entry
from rubric.model.language import Languages
from rubric.model.media import media_type
from rubric.model.recording import Recording, Track

_POSTERS = (".jpg", ".jpeg", ".png", ".webp", ".avif")
_CAPTIONS, _TRANSCRIPT = ".vtt", ".txt"


def recordings_of(entry: Entry, base: str) -> Iterator[str]:
    """Yield the addresses of the audio and video files that a text links; `base` is the site's."""
    for reference, link in entry.links:
        if media_type(unescape(reference)) and link.startswith(f"{base}/"):
            yield unquote(unescape(link).removeprefix(f"{base}/").partition("#")[0])


def is_beside(path: PurePosixPath, recording: PurePosixPath) -> bool:
    """Return whether a file belongs to a recording: `talk.jpg` and `talk.ru.vtt` to `talk.mp4`."""
    if path.parent != recording.parent:
        return False
    suffix = path.suffix.lower()
    if suffix == _CAPTIONS:
        return recording.stem in (path.stem, PurePosixPath(path.stem).stem)
    return path.stem == recording.stem and suffix in (*_POSTERS, _TRANSCRIPT)


def find_recording(
    address: str, links: Mapping[str, str], languages: Languages, lang: str
) -> Recording:
    """Return the files beside a recording.

    `links` are the root-relative links of published files by address. `lang` is the key of the
    language of captions that do not name theirs.
    """
    recording = PurePosixPath(address)
    beside = [path for path in map(PurePosixPath, links) if is_beside(path, recording)]

    def first(suffixes: Iterable[str]) -> str:
        found = {path.suffix.lower(): links[str(path)] for path in beside}
        return next((found[suffix] for suffix in suffixes if suffix in found), "")

    captions = [path for path in beside if path.suffix.lower() == _CAPTIONS]
    return Recording(
        poster=first(_POSTERS),
        tracks=tuple(_track(path, links, recording, languages, lang) for path in sorted(captions)),
        transcript=first([_TRANSCRIPT]),
    )


def _track(
    path: PurePosixPath,
    links: Mapping[str, str],
    recording: PurePosixPath,
    languages: Languages,
    lang: str,
) -> Track:
    code = path.stem.removeprefix(recording.stem).lstrip(".") or lang
    known = languages.get(code.lower())
    return Track(known.tag, known.name, links[str(path)]) if known else Track(
        code, code, links[str(path)]
    )  # fmt: skip
