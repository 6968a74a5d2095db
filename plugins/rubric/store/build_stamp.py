"""The seal on a whole build: while it holds, the next build has nothing to do.

A build ends with a list of what it could have been made of, taken before it began: every file
of the content and the theme, all settings, the code of all plugins, and the span in which the
clock gives the same answers. With it goes how each file was left. One look at each of these
files takes the place of everything else a build does.

No seal is put on a build that told of something, which the next one has to tell again, nor on
one with plugins of others, which may read anything.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from rubric.model.ignored import Ignored
from rubric.model.library_settings import unknown_extensions
from rubric.model.now import Span
from rubric.store.codec import Instant, codec_of
from rubric.store.file_signatures import KnownSignature, has_bytes, is_look, is_newer, see
from rubric.store.options import Options
from rubric.store.output import Output, Stamp, stamp_of
from rubric.store.plain_fingerprints import PlainFingerprints
from rubric.store.store import SEAL, Store
from rubric.store.versions import version_for
from rubric.store.warning_counter import WarningCounter
from rubric.store.workers import run_batches

_WORTH_FORKING = 10_000
"""Fewer files than this are seen before a worker would have started."""

_OWN = f"{__name__.partition('.')[0]}."


def is_own(settings: Mapping[str, Any]) -> bool:
    """Whether all plugins are Rubric's; what others read is not known."""
    names = (getattr(plugin, "__name__", plugin) for plugin in settings["PLUGINS"])
    return all(str(name).startswith(_OWN) for name in names)


class Sources(NamedTuple):
    """What a build can be made of: a digest of settings, files by path as seen, folders by path.

    A folder is known by device and inode, for a link may lead to another one.
    """

    settings: bytes
    files: dict[str, KnownSignature]
    folders: dict[str, str]


class Result(Protocol):
    """A finished build: its files as it left them, and the time span in which they are right."""

    @property
    def span(self) -> Span: ...
    def left(self) -> dict[str, Stamp]: ...


class _Kept(NamedTuple):
    """What a build could be made of, how it left its files, and the span in which it is right."""

    sources: Sources
    left: dict[str, Stamp]
    since: Instant | None
    until: Instant | None


@dataclass(frozen=True, slots=True)
class BuildStamp:
    """The seal on what is built into one output folder.

    `now` is the build's clock; `began` is the true time in nanoseconds, by which files are
    young or old.
    """

    store: Store
    settings: dict[str, Any]
    options: Options
    now: datetime
    began: int

    @classmethod
    def of(
        cls, settings: dict[str, Any], options: Options, now: datetime, began: int
    ) -> BuildStamp | None:
        """None where plugins, Markdown extensions or template functions of others take part."""
        has_functions = any(
            settings.get(f"JINJA_{kind}") for kind in ("FILTERS", "GLOBALS", "TESTS")
        )
        unknown = unknown_extensions(settings.get("MARKDOWN", {}))
        if has_functions or unknown or not is_own(settings):
            return None
        store = Store.beside(Path(settings["OUTPUT_PATH"]), version_for(settings))
        return cls(store, settings, options, now, began)

    def build(self, run: Callable[[Set[str]], Result], counter: WarningCounter) -> None:
        """Run the build unless it is up to date; seal it if its result is reproducible.

        `run` gets the files that are untouched since the last build began.
        """
        sources, kept = self.sources(), self.store.load(SEAL, codec_of(_Kept))
        if self.options.is_usual and kept and (count := self._count_left(kept, sources)):
            print(f"Nothing has changed: {count:,} files are as the last build left them.")
            return
        self.store.unseal()
        built = run(_untouched(kept, sources))
        # If an old file is changed, the next build sees it. A young one, known by its bytes, may
        # have been changed and changed back meanwhile, and what a folder holds may have been, too.
        young = [path for path, sight in sources.files.items() if not is_look(sight)]
        changing = (*young, *sources.folders)
        if counter.is_quiet and not any(is_newer(path, self.began) for path in changing):
            self.put(sources, built.left(), built.span)

    def sources(self) -> Sources:
        """What a build that begins now can be made of."""
        paths, folders = self._found()
        workers = self.options.workers if len(paths) > _WORTH_FORKING else 1
        files: dict[str, KnownSignature] = {}
        size = -(-len(paths) // workers)
        for _, seen in run_batches(self._see_all, [*paths], workers, size):
            files.update(seen)
        return Sources(self._digest(), files, folders)

    def _see_all(self, paths: Iterable[str]) -> list[tuple[str, KnownSignature]]:
        return [(path, see(path, self.began)) for path in paths]

    def _count_left(self, kept: _Kept, sources: Sources) -> int:
        """How many files are as they were left, if there is nothing to do; else 0."""
        before, left, since, until = kept
        output = Output(Path(self.settings["OUTPUT_PATH"]))
        is_same = (
            (since is None or since <= self.now)
            and (until is None or self.now < until)
            and before.settings == sources.settings
            and not output.journal.exists()  # a killed build may have added files
            and before.folders == sources.folders
            and before.files.keys() == sources.files.keys()
            and all(
                sources.files[path] == sight or has_bytes(path, sight)
                for path, sight in before.files.items()
            )
        )
        is_left = is_same and all(stamp_of(path) == stamp for path, stamp in left.items())
        return len(left) if is_left else 0

    def put(self, sources: Sources, left: Mapping[str, Stamp], span: Span) -> None:
        """A build has ended well: it left these files, and was right within a span."""
        kept = _Kept(sources, dict(left), span.since, span.until)
        self.store.save(SEAL, kept, codec_of(_Kept))

    def _digest(self) -> bytes:
        # The session of the bridge is not a setting.
        given = {k: v for k, v in self.settings.items() if not k.startswith("RUBRIC_")}
        external = [
            version_of(self.settings)
            for name in self.settings["PLUGINS"]
            if (version_of := getattr(import_module(name), "external_inputs", None))
        ]
        return PlainFingerprints().of((self.options.shard, given, external))

    def _found(self) -> tuple[set[str], dict[str, str]]:
        """All files and folders of the content and the theme."""
        settings, files = self.settings, set[str]()
        folders: dict[str, str] = {}
        content = settings["PATH"]
        tops = [content, settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"]]
        tops += [os.path.join(content, path) for path in settings["STATIC_PATHS"]]  # noqa: PTH118
        for place, identity, names in _walk(tops):
            files.update(f"{place}/{name}" for name in names)
            folders[place] = identity
        return files, folders


def _untouched(kept: _Kept | None, sources: Sources) -> Set[str]:
    """The files that have certainly not been written since the seal was made."""
    before, now = (kept[0].files, sources.files) if kept else ({}, {})
    return {path for path, sight in before.items() if is_look(sight) and now.get(path) == sight}


def _walk(tops: Iterable[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Every folder's path, identity and files; what is there twice, as by links, is read once."""
    known, ignored = set[str](), Ignored()
    for top in tops:
        for place, inner, names in os.walk(top, followlinks=True):
            inner[:] = [name for name in inner if not ignored.has(name)]
            try:
                status = Path(place).stat()
            except OSError:
                continue  # it was there a moment ago
            identity = f"{status.st_dev} {status.st_ino}"
            if identity in known:
                inner.clear()
            yield place, identity, [] if identity in known else names
            known.add(identity)
