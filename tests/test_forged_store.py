"""Forged files of the store, as from a shared bucket: none runs code, and none changes the site."""

from __future__ import annotations

import pickle
import random
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import Any
from zlib import crc32

import pytest
from msgspec import msgpack

from rubric.store import file_signatures
from tests.building import ROOT, Build, build
from tests.pages import write_text
from tests.sharing import read_folder, write_shared_site

HEAD, OWNER = 36, slice(8, 24)
"""How long a file's head is, and where it says whose it is (rubric.store.store)."""

PLUGIN = """\
from pathlib import Path
from pelican import signals
def mark(pelican):
    for path in sorted(Path(pelican.output_path).rglob("*.html")):
        path.write_text(path.read_text("utf-8") + "<!-- marked -->", "utf-8")
def register():
    signals.finalized.connect(mark)
"""
CONF = f"""\
import sys
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, str(Path(__file__).parent)]
from pelicanconf import *
THEME = {str(ROOT / "theme")!r}
SOCIAL_IMAGES = {{"images": False}}
PLUGINS = [*PLUGINS, "marking"]
"""


class Harm:
    """Unpickled, it makes a file."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.mark,)


def with_payload(file: bytes, payload: bytes) -> bytes:
    """A file with the head that belongs to a payload: whoever has the code can make it."""
    return file[:24] + struct.pack("<LQ", crc32(payload), len(payload)) + payload


def exchange(value: Any, old: type, new: Any) -> Any:
    """A value with everything of one type replaced."""
    if isinstance(value, dict):
        return {exchange(k, old, new): exchange(v, old, new) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(exchange(item, old, new) for item in value)
    return new if type(value) is old else value


def exchanged(old: type, new: Any) -> Callable[[bytes, Path], bytes]:
    def forge(file: bytes, mark: Path) -> bytes:
        value = msgpack.decode(file[HEAD:])
        # A value without one is none that anybody expects.
        wrong = exchange(value, old, new)
        return with_payload(file, msgpack.encode(wrong if wrong != value else [new, value]))

    return forge


FORGERIES: dict[str, Callable[[bytes, Path], bytes]] = {
    "a pickle": lambda file, mark: with_payload(file, pickle.dumps(Harm(mark))),
    "a pickle alone": lambda file, mark: pickle.dumps(Harm(mark)),
    "cut off": lambda file, mark: file[: len(file) // 2],
    "cut off with a right head": lambda f, m: with_payload(f, f[HEAD : -(len(f) - HEAD) // 2]),
    "random": lambda file, mark: with_payload(file, random.Random(1).randbytes(len(file))),
    "of another version": lambda file, mark: file[:8] + bytes(16) + file[24:],
    "of another format": lambda file, mark: b"RUBRIC\x00\x02" + file[8:],
    "numbers for texts": exchanged(str, 1),
    "texts for numbers": exchanged(int, "x"),
    "lists for bytes": exchanged(bytes, [1]),
    "nothing": lambda file, mark: with_payload(file, msgpack.encode(None)),
    "empty": lambda file, mark: b"",
    "nested": lambda file, mark: with_payload(file, b"\x91" * 100_000),
    "endless": lambda file, mark: with_payload(file, b"\xdd\xff\xff\xff\xff"),
}
KINDS = (
    "stamp",
    "copies",
    "state",
    "texts/*-[0-9a-f][0-9a-f]",
    "texts/*.*",
    "values/*",
    "search/*.state",
    "search/*.texts.*",
    "search/*.terms.*",
)
TRIED = ("a pickle", "numbers for texts")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    content = write_shared_site(folder)
    sleep(file_signatures._MARGIN / 1e9 + 0.1)  # metadata of recent files is not stored
    run(content, folder / "output")
    return folder


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a clean build of the edited site makes."""
    folder = tmp_path_factory.mktemp("edited")
    content = write_shared_site(folder)
    edit(content)
    run(content, folder / "output")
    return everything(folder)


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A copy of the site that was built."""
    return shutil.copytree(built, tmp_path / "site")


def run(content: Path, output: Path, **settings: Any) -> Build:
    site = build(content, output, SOCIAL_IMAGES={"images": False}, **settings)
    assert site.status == 0, site.told
    return site


def edit(content: Path) -> None:
    text = write_text("Another title", "Another text. ![B](/images/b.svg)\n\n#servicefacts")
    (content / "en/posts/post-1.md").write_text(text, encoding="utf-8")


def everything(folder: Path) -> dict[str, bytes]:
    output, exports = read_folder(folder / "output"), read_folder(folder / "exports")
    return output | {f"exports/{name}": data for name, data in exports.items()}


def forge(folder: Path, what: str, kind: str, mark: Path) -> None:
    store = folder / ".output.store"
    paths = [path for path in store.glob(kind) if path.is_file() and path.name != "lock"]
    assert paths
    for path in paths:
        path.write_bytes(FORGERIES[what](path.read_bytes(), mark))


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forged_store_is_none(what: str, folder: Path, edited: dict[str, bytes], tmp_path: Path):
    mark = tmp_path / "harm"
    forge(folder, what, "**/*", mark)
    edit(folder / "content")
    site = run(folder / "content", folder / "output")
    assert not mark.exists()
    assert everything(folder) == edited
    assert "17 of them parsed" in site.told or "18 of them parsed" in site.told


@pytest.mark.parametrize("what", TRIED)
@pytest.mark.parametrize("kind", KINDS)
def test_one_kind_of_file_is_forged(
    kind: str, what: str, folder: Path, edited: dict[str, bytes], tmp_path: Path
):
    """All others are right, so that nothing keeps the build from reading this one."""
    mark = tmp_path / "harm"
    forge(folder, what, kind, mark)
    edit(folder / "content")
    run(folder / "content", folder / "output")
    assert not mark.exists()
    assert everything(folder) == edited


@pytest.mark.parametrize("kind", ["processed", "originals/*"])
def test_what_is_known_of_plugins_is_forged(kind: str, tmp_path: Path):
    (tmp_path / "marking.py").write_text(PLUGIN, encoding="utf-8")
    (tmp_path / "siteconf.py").write_text(CONF, encoding="utf-8")
    content, mark = write_shared_site(tmp_path), tmp_path / "harm"
    output, conf = tmp_path / "output", tmp_path / "siteconf.py"
    assert build(content, output, settings_file=conf).status == 0
    first = everything(tmp_path)
    for what in TRIED:
        forge(tmp_path, what, kind, mark)
        site = build(content, output, settings_file=conf)
        assert site.status == 0, site.told
        assert not mark.exists()
        assert everything(tmp_path) == first
