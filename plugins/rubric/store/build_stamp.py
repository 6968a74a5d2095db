"""The stamp of a build: a record of all inputs and outputs, to skip the next build.

The inputs are listed before the build begins: all files of the content and the theme, all
settings, the code of all plugins, and the time span in which the result is valid. The outputs are
the stamps of all files afterwards. If all of them are unchanged, the next build ends after this
comparison.

There is no stamp after a build that logged warnings, because the next build must log them again,
nor with third-party plugins, because they may read other inputs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from rubric.model.ignored import Ignored
from rubric.model.library_settings import unknown_extensions
from rubric.model.moment import stated_time
from rubric.model.now import Span
from rubric.model.user_themes import child_files
from rubric.store.code_version import store_version
from rubric.store.codec import Instant, codec_of
from rubric.store.file_signatures import (
    FileSignature,
    has_content,
    is_metadata,
    is_newer,
    signature_of,
)
from rubric.store.options import Options
from rubric.store.output import Output, Stamp, stamp_of
from rubric.store.plain_fingerprints import PlainFingerprints
from rubric.store.store import STAMP, Store
from rubric.store.warning_counter import WarningCounter
from rubric.store.workers import run_batches

_MIN_FILES_TO_FORK = 10_000
"""For fewer files, starting a worker takes longer than reading their metadata."""

_OWN = f"{__name__.partition('.')[0]}."


def is_own(settings: Mapping[str, Any]) -> bool:
    """Return whether all plugins are Rubric's. The inputs of other plugins are unknown."""
    names = (getattr(plugin, "__name__", plugin) for plugin in settings["PLUGINS"])
    return all(str(name).startswith(_OWN) for name in names)


class Sources(NamedTuple):
    """All inputs of a build: a digest of settings, and files and folders by path.

    A folder is identified by device and inode, because a link may point to another one.
    """

    settings: bytes
    files: dict[str, FileSignature]
    folders: dict[str, str]


class Result(Protocol):
    """A finished build: the stamps of its files, and the time span in which they are valid.

    `end` is called after other plugins have processed the files.
    """

    @property
    def span(self) -> Span: ...
    def stamps(self) -> dict[str, Stamp]: ...
    def end(self) -> None: ...


class _StoredStamp(NamedTuple):
    """The stored stamp: inputs, outputs by path, and the time span of validity."""

    sources: Sources
    stamps: dict[str, Stamp]
    since: Instant | None
    until: Instant | None


@dataclass(frozen=True, slots=True)
class BuildStamp:
    """Compares a build with the stamp of the last one in the same output folder.

    `now` is the current time for the content; `began` is the actual time in nanoseconds since the
    epoch, for comparison with the times of files.
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
        """Return None if plugins, extensions, readers or template functions are third-party."""
        names = ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS", "READERS")
        has_functions = any(settings.get(name) for name in names)
        unknown = unknown_extensions(settings.get("MARKDOWN", {}))
        if has_functions or unknown or not is_own(settings):
            return None
        store = Store.beside(Path(settings["OUTPUT_PATH"]), store_version(settings))
        return cls(store, settings, options, now, began)

    def build(self, run: Callable[[Set[str]], Result], counter: WarningCounter) -> None:
        """Run the build unless the output is up to date; store a stamp if that is possible.

        `run` gets the files that were not changed since the last build began.
        """
        sources, stored = self.sources(), self.store.load(STAMP, codec_of(_StoredStamp))
        if self.options.is_usual and stored and (count := self._count_unchanged(stored, sources)):
            print(f"Nothing has changed: {count:,} files are up to date.")
            return
        self.store.drop_stamp()
        built = run(_untouched(stored, sources))
        # A change of an old file changes its metadata. Recent files and folders are compared by
        # their content, so a change that was undone during the build would not be noticed.
        recent = [path for path, signature in sources.files.items() if not is_metadata(signature)]
        changing = (*recent, *sources.folders)
        if counter.is_quiet and not any(is_newer(path, self.began) for path in changing):
            self.save(sources, built.stamps(), built.span)

    def sources(self) -> Sources:
        """Return all inputs of a build that begins now."""
        paths, folders = self._found()
        workers = self.options.workers if len(paths) > _MIN_FILES_TO_FORK else 1
        files: dict[str, FileSignature] = {}
        size = -(-len(paths) // workers)
        for _, seen in run_batches(self._signatures_of, [*paths], workers, size):
            files.update(seen)
        return Sources(self._digest(), files, folders)

    def _signatures_of(self, paths: Iterable[str]) -> list[tuple[str, FileSignature]]:
        return [(path, signature_of(path, self.began)) for path in paths]

    def _count_unchanged(self, stored: _StoredStamp, sources: Sources) -> int:
        """Return the number of output files if inputs and outputs are unchanged, otherwise 0."""
        before, stamps, since, until = stored
        output = Output(Path(self.settings["OUTPUT_PATH"]))
        is_same = (
            (since is None or since <= self.now)
            and (until is None or self.now < until)
            and before.settings == sources.settings
            and not output.journal.exists()  # a killed build may have added files
            and before.folders == sources.folders
            and before.files.keys() == sources.files.keys()
            and all(
                sources.files[path] == signature or has_content(path, signature)
                for path, signature in before.files.items()
            )
        )
        is_complete = is_same and all(stamp_of(path) == stamp for path, stamp in stamps.items())
        return len(stamps) if is_complete else 0

    def save(self, sources: Sources, stamps: Mapping[str, Stamp], span: Span) -> None:
        """Store the stamp of a successful build."""
        stored = _StoredStamp(sources, dict(stamps), span.since, span.until)
        self.store.save(STAMP, stored, codec_of(_StoredStamp))

    def _digest(self) -> bytes:
        # The session of the bridge is not a setting.
        given = {k: v for k, v in self.settings.items() if not k.startswith("RUBRIC_")}
        external = [
            external_inputs(self.settings)
            for name in self.settings["PLUGINS"]
            if (external_inputs := getattr(import_module(name), "external_inputs", None))
        ]
        return PlainFingerprints().of((self.options.shard, given, external))

    def _found(self) -> tuple[set[str], dict[str, str]]:
        """Return all files and folders of the content and the theme."""
        settings, files = self.settings, set[str]()
        folders: dict[str, str] = {}
        content = settings["PATH"]
        overrides = settings["THEME_TEMPLATES_OVERRIDES"]
        tops = [content, settings["THEME"], *overrides, *map(str, child_files(overrides))]
        tops += [os.path.join(content, path) for path in settings["STATIC_PATHS"]]  # noqa: PTH118
        for place, identity, names in _walk(tops):
            files.update(f"{place}/{name}" for name in names)
            folders[place] = identity
        return files, folders


def _untouched(stored: _StoredStamp | None, sources: Sources) -> Set[str]:
    """Return the files that have certainly not been written since the stamp was made."""
    before, now = (stored[0].files, sources.files) if stored else ({}, {})
    return {path for path, sign in before.items() if is_metadata(sign) and now.get(path) == sign}


def _walk(tops: Iterable[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield path, identity and files of each folder. A folder with several paths is read once."""
    known, ignored = set[str](), Ignored()
    for top in tops:
        for place, inner, names in os.walk(top, followlinks=True):
            inner[:] = [name for name in inner if not ignored.has(name)]
            try:
                status = Path(place).stat()
            except OSError:
                continue  # it was removed meanwhile
            identity = f"{status.st_dev} {status.st_ino}"
            if identity in known:
                inner.clear()
            yield place, identity, [] if identity in known else names
            known.add(identity)


def build_if_changed(
    settings: dict[str, Any],
    build: Callable[[Set[str]], Result],
    environment: Mapping[str, str],
    began: int,
    *,
    is_processed: bool,
) -> None:
    """Call `build` with the files that are known to be unchanged, if anything has changed.

    `began` is the current time in nanoseconds since the epoch; `environment` may set another
    one for the build. If other plugins process files afterwards (`is_processed`), always build.
    """
    counter = WarningCounter.installed()
    options = Options.read(settings, environment)
    now = stated_time(environment) or datetime.fromtimestamp(began / 1e9, UTC)
    stamp = BuildStamp.of(settings, options, now, began)
    if stamp and not is_processed:
        stamp.build(build, counter)
    else:
        build(frozenset()).end()
