"""What happens to the output and to what builds keep, by hand, by accident and by caches."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from random import Random

from tests.edits.bench import Bench, NotHere, copy, copy_kept, kept_beside, pick, remove
from tests.edits.making import make_site

_BACKUP = "backup/output"


# The output


def delete_file(bench: Bench, chance: Random) -> str:
    name = pick(chance, _built(bench))
    (bench.output / name).unlink()
    return f"output/{name} is deleted"


def delete_files(bench: Bench, chance: Random) -> str:
    names = [name for name in _built(bench) if chance.random() < 0.3]
    for name in names:
        (bench.output / name).unlink()
    return f"{len(names)} files of the output are deleted"


def delete_folder(bench: Bench, chance: Random) -> str:
    folders = sorted(path for path in bench.output.rglob("*") if path.is_dir())
    if not folders:
        raise NotHere
    folder = chance.choice(folders)
    shutil.rmtree(folder)
    _forget_foreign(bench)
    return f"output/{folder.relative_to(bench.output)}/ is deleted"


def delete_output(bench: Bench, chance: Random) -> str:
    del chance
    shutil.rmtree(bench.output)
    bench.foreign.clear()
    return "the whole output is deleted, what builds keep is not"


def tamper(bench: Bench, chance: Random) -> str:
    name = pick(chance, _built(bench))
    path = bench.output / name
    data = path.read_bytes()
    way = chance.choice(("append", "empty", "flip"))
    if way == "append":
        path.write_bytes(data + b"<!-- by hand -->")
    elif way == "empty":
        path.write_bytes(b"")
    else:
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if data else b"x")
    return f"output/{name} is changed by hand ({way})"


def touch_output(bench: Bench, chance: Random) -> str:
    """As copying a site without its times does it; nothing has to be written."""
    for name in _built(bench):
        os.utime(bench.output / name, (1_700_000_000, 1_700_000_000 + chance.randrange(9)))
    return "all files of the output have other times"


def add_foreign_file(bench: Bench, chance: Random) -> str:
    name = chance.choice(("CNAME", ".well-known/security.txt", "theme/mine.txt"))
    bench.foreign[name] = f"Mine {chance.randrange(100)}.\n".encode()
    (bench.output / name).parent.mkdir(parents=True, exist_ok=True)
    (bench.output / name).write_bytes(bench.foreign[name])
    return f"output/{name} is put there by hand, and must stay"


def leave_partial_file(bench: Bench, chance: Random) -> str:
    """What a build that was killed may leave of the page it was writing."""
    name = pick(chance, _built(bench))
    path = bench.output / name
    path.with_name(f".{path.name}.partial").write_bytes(path.read_bytes()[:50])
    path.unlink()
    return f"output/{name} is half written"


# What builds keep


def truncate_kept(bench: Bench, chance: Random) -> str:
    path = _kept_file(bench, chance)
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(len(data) + 1)])
    return f"{path.name} is cut off"


def flip_kept(bench: Bench, chance: Random) -> str:
    path = _kept_file(bench, chance)
    data = bytearray(path.read_bytes())
    if not data:
        raise NotHere
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] ^= chance.randint(1, 255)
    path.write_bytes(bytes(data))
    return f"{path.name}: bytes are flipped"


def empty_kept(bench: Bench, chance: Random) -> str:
    path = _kept_file(bench, chance)
    path.write_bytes(b"")
    return f"{path.name} is empty"


def delete_kept_file(bench: Bench, chance: Random) -> str:
    path = _kept_file(bench, chance)
    path.unlink()
    return f"{path.name} is deleted"


def delete_half_of_kept(bench: Bench, chance: Random) -> str:
    files = [path for path in bench.kept_files() if chance.random() < 0.5]
    for path in files:
        path.unlink()
    return f"{len(files)} of the files that builds keep are deleted"


def delete_kept(bench: Bench, chance: Random) -> str:
    del chance
    for path in bench.kept():
        remove(path)
    return "all that builds keep is deleted, the output is not"


def swap_kept_files(bench: Bench, chance: Random) -> str:
    """Two files under each other's names: each is sound, and in the wrong place."""
    files = [path for path in bench.kept_files() if path.stat().st_size]
    if len(files) < 2:
        raise NotHere
    one, two = chance.sample(files, 2)
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    return f"{one.name} and {two.name} swap their contents"


def take_another_s(bench: Bench, chance: Random) -> str:
    """What is kept of another site."""
    other = Bench(bench.folder / "other", make_site(chance.randrange(1000)), bench.clean)
    remove(other.folder)
    other.write()
    bench.clean.start(other.content, other.settings, other.output, other.site.now)
    assert bench.clean.finish().status == 0
    copy_kept(other.output, bench.output)
    return "what builds keep is that of another site"


def back_up(bench: Bench, chance: Random) -> str:
    """Copy output and store, as a cache of a host does; nothing changes."""
    del chance
    backup = bench.folder / _BACKUP
    remove(backup.parent)
    copy(bench.output, backup)
    copy_kept(bench.output, backup)
    bench.backed_up = dict(bench.foreign)
    return "output and store are backed up"


def restore_all(bench: Bench, chance: Random) -> str:
    """Output and store of some edits ago."""
    del chance
    backup = bench.folder / _BACKUP
    if not backup.is_dir():
        raise NotHere
    remove(bench.output)
    copy(backup, bench.output)
    copy_kept(backup, bench.output)
    bench.foreign = dict(bench.backed_up)
    return "output and store are those of the backup"


def restore_kept(bench: Bench, chance: Random) -> str:
    """A store of some edits ago, beside the output of now."""
    del chance
    backup = bench.folder / _BACKUP
    if not kept_beside(backup):
        raise NotHere
    copy_kept(backup, bench.output)
    return "the store is that of the backup, the output is not"


def touch_content(bench: Bench, chance: Random) -> str:
    """As a fresh checkout does it."""
    for path in bench.content.rglob("*"):
        os.utime(path, (1_800_000_000, 1_800_000_000 + chance.randrange(9)))
    return "all texts have other times, and the same bytes"


def build_clean(bench: Bench, chance: Random) -> str:
    """In place: RUBRIC_CLEAN=1."""
    del chance
    bench.is_next_clean = True
    return "the next build is told to ignore what earlier ones kept"


def _built(bench: Bench) -> list[str]:
    names = (
        path.relative_to(bench.output).as_posix()
        for path in bench.output.rglob("*")
        if path.is_file()
    )
    return sorted(name for name in names if name not in bench.foreign)


def _kept_file(bench: Bench, chance: Random) -> Path:
    files = bench.kept_files()
    if not files:
        raise NotHere
    return chance.choice(files)


def _forget_foreign(bench: Bench) -> None:
    bench.foreign = {n: d for n, d in bench.foreign.items() if (bench.output / n).is_file()}
