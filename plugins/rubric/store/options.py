"""How a build is to go: settings, and what one command is told by its environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from rubric.model.errors import BuildFailed, SiteError
from rubric.store.workers import cores


@dataclass(frozen=True, slots=True)
class Shard:
    """A share of the site: part `number` of `count`, counted from 1.

    Which part a file is in hangs on its address alone, and which part reads a text on the
    number of its bucket, so that parts need not know of each other, and joined are the whole.
    """

    number: int = 1
    count: int = 1

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Read `2/8`; nothing is the whole site. Raises BuildFailed."""
        match = re.fullmatch(r"(\d+)/(\d+)", text or "1/1")
        number, count = (int(match[1]), int(match[2])) if match else (0, 0)
        if not 1 <= number <= count:
            way_out = "Write 2/8 for the second of 8."
            raise BuildFailed([SiteError("RUBRIC_SHARD", 0, "", f"“{text}” is no share.", way_out)])
        return cls(number, count)

    def has(self, address: str) -> bool:
        return self.count == 1 or self.has_bucket(crc32(address.encode()))

    def has_bucket(self, number: int) -> bool:
        return number % self.count == self.number - 1


@dataclass(frozen=True, slots=True)
class Options:
    """`workers` are processes; `is_clean` makes everything anew; `why` asks about a file.

    `is_reading` fills the store with the texts of the shard, for other machines, and stops.
    """

    workers: int
    is_clean: bool = False
    why: str = ""
    shard: Shard = Shard()
    is_reading: bool = False

    @property
    def is_usual(self) -> bool:
        """Whether only a site as it should be is asked for, by whatever way."""
        return not (self.is_clean or self.why or self.is_reading)

    @classmethod
    def read(cls, settings: Mapping[str, Any], environment: Mapping[str, str]) -> Options:
        """From INCREMENTAL and RUBRIC_CLEAN, RUBRIC_WHY, RUBRIC_SHARD and RUBRIC_ONLY_READ.

        Raises BuildFailed.
        """
        return cls(
            workers=settings["workers"] or cores(),
            is_clean=bool(environment.get("RUBRIC_CLEAN")),
            why=environment.get("RUBRIC_WHY", ""),
            shard=Shard.parse(environment.get("RUBRIC_SHARD", "")),
            is_reading=bool(environment.get("RUBRIC_ONLY_READ")),
        )
