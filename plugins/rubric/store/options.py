"""Options of a build, from settings and from environment variables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from rubric.model.errors import BuildFailed, SiteError
from rubric.model.pelican_settings import CLEAN, TAKEN_OVER
from rubric.store.workers import cores


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard of the site: part `number` of `count`, counted from 1.

    The shard of a file depends only on its address, and that of a text only on its bucket. So
    several machines can build shards without coordination; together they are the whole site.
    """

    number: int = 1
    count: int = 1

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Parse `2/8`; an empty text is the whole site. Raises BuildFailed."""
        match = re.fullmatch(r"(\d+)/(\d+)", text or "1/1")
        number, count = (int(match[1]), int(match[2])) if match else (0, 0)
        if not 1 <= number <= count:
            fix = "Write 2/8 for the second of 8."
            raise BuildFailed([SiteError("RUBRIC_SHARD", 0, "", f"“{text}” is not a shard.", fix)])
        return cls(number, count)

    def has(self, address: str) -> bool:
        return self.count == 1 or self.has_bucket(crc32(address.encode()))

    def has_bucket(self, number: int) -> bool:
        return number % self.count == self.number - 1


@dataclass(frozen=True, slots=True)
class Options:
    """Options of one build.

    `workers` is the number of processes. `is_clean` ignores the store. `why` is an address whose
    build is explained. `is_reading` reads the texts of the shard into the store, and stops.
    `is_cleared` removes files of others from the output folder, except for those in `retained`.
    If `is_relative`, links of pages are relative.
    """

    workers: int
    is_clean: bool = False
    why: str = ""
    shard: Shard = Shard()
    is_reading: bool = False
    is_cleared: bool = False
    retained: tuple[str, ...] = ()
    is_relative: bool = False

    @property
    def is_usual(self) -> bool:
        """Whether the build may be skipped if the output is up to date."""
        return not (self.is_clean or self.why or self.is_reading or self.is_cleared)

    @classmethod
    def read(cls, settings: Mapping[str, Any], environment: Mapping[str, str]) -> Options:
        """Read the checked settings, and RUBRIC_CLEAN, RUBRIC_WHY, RUBRIC_SHARD, RUBRIC_ONLY_READ.

        Raises BuildFailed.
        """
        return cls(
            workers=settings["INCREMENTAL"]["workers"] or cores(),
            is_clean=settings[CLEAN] or bool(environment.get("RUBRIC_CLEAN")),
            why=environment.get("RUBRIC_WHY", ""),
            shard=Shard.parse(environment.get("RUBRIC_SHARD", "")),
            is_reading=bool(environment.get("RUBRIC_ONLY_READ")),
            is_cleared=settings[TAKEN_OVER]["DELETE_OUTPUT_DIRECTORY"],
            retained=tuple(settings["OUTPUT_RETENTION"]),
            is_relative=settings["RELATIVE_URLS"],
        )
