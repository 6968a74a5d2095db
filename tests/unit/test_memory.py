"""Memory: no garbage is looked for while a site is read, and none piles up in a process."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from collections.abc import Iterator

import pytest

from plugins.site.memory import Memory
from tests.building import ROOT


class Knot:
    """Garbage that only a look for it finds."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.enable()
    gc.set_threshold(*before)


def test_nothing_is_collected_until_a_site_is_linked():
    memory = Memory()
    memory.begin()
    assert not gc.isenabled()
    memory.settle()
    assert gc.isenabled()
    assert gc.get_freeze_count()


def test_what_a_build_made_is_gone_once_another_begins():
    memory = Memory()
    memory.begin()
    knot = weakref.ref(Knot())
    memory.settle()
    assert knot()
    memory.begin()
    assert not knot()


def test_a_process_ends_without_taking_apart_what_it_made():
    code = (
        "from plugins.site.memory import Memory\n"
        "class Loud:\n"
        "    def __del__(self): print('taken apart', flush=True)\n"
        "memory = Memory()\n"
        "memory.keep(Loud())\n"
        "memory.keep(Loud())\n"
        "print('ends', flush=True)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "taken apart\nends\n"
