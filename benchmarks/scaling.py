"""What a text more costs, stage by stage: the slope between two sizes of one site, in one run.

python -m benchmarks.scaling --posts 2000 8000                        # half an hour
python -m benchmarks.scaling --posts 2000 8000 --stages parse eighth  # some of it
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from benchmarks.corpus import TEXTS, make_posts

ROOT = Path(__file__).resolve().parent.parent
STAGES = ("parse", "restore", "plan", "search", "draw", "render", "eighth")
_TINY = 1_000_003
"""So many shares that one holds hardly a file."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds and peak memory (PSS, MB) of a build and its workers; files it made."""

    cpu: float
    memory: float
    made: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--posts", type=int, nargs=2, default=(2000, 8000))
    parser.add_argument("--stages", nargs="+", default=STAGES, choices=STAGES)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        few, many = (
            measure(Path(name) / str(count), count, options.stages) for count in options.posts
        )
    step = options.posts[1] - options.posts[0]
    print(f"\nA text more ({options.posts[0]:,} to {options.posts[1]:,}):")
    for stage in few:  # each does again what those above it do, but parse and draw
        cpu = (many[stage].cpu - few[stage].cpu) / step * 1000
        memory = (many[stage].memory - few[stage].memory) / step * 1000
        files = (many[stage].made - few[stage].made) / step
        print(f"{stage:9} {cpu:7.2f} ms processor, {memory:6.1f} KB memory, {files:.2f} files made")


def measure(folder: Path, count: int, chosen: Sequence[str]) -> dict[str, Cost]:
    """Each stage needs what those before it left; what is known of files is forgotten."""
    content = make_posts(TEXTS, folder / "content", count)
    search = crc32(b"en/search/index.html") % _TINY + 1
    stages = {
        "parse": {"RUBRIC_ONLY_READ": "1"},
        "restore": {"RUBRIC_ONLY_READ": "1"},
        "plan": {"RUBRIC_SHARD": f"1/{_TINY}"},
        "search": {"RUBRIC_SHARD": f"{search}/{_TINY}"},
        "draw": {},
        "render": {},  # as before, but pictures are kept
        "eighth": {"RUBRIC_SHARD": "1/8"},
    }
    costs = {}
    for stage in chosen:
        shutil.rmtree(folder / ".site.store/made", ignore_errors=True)
        (folder / ".site.store/seal").unlink(missing_ok=True)
        costs[stage] = cost = build(content, folder / "site", stages[stage])
        print(f"{count:6,} {stage:9} {cost.cpu:7.1f} s, {cost.memory:6.0f} MB, {cost.made:,} made")
        if stage == "parse":
            print(f"{count:6,} store     {_size(folder / '.site.store/texts'):,} bytes")
    print(f"{count:6,} site      {_size(folder / 'site'):,} bytes", flush=True)
    return costs


def build(content: Path, output: Path, told: dict[str, str]) -> Cost:
    """Raises RuntimeError if it fails."""
    command = [sys.executable, "-m", "pelican", str(content), "-o", str(output)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {
        **os.environ,
        **told,
        "SOURCE_DATE_EPOCH": "1795348800",
        "COLUMNS": "400",
        "PYTHONPATH": str(ROOT),
    }
    command += ["-s", str(ROOT / "pelicanconf.py")]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, cwd=output.parent, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        peak = 0
        while process.poll() is None:
            peak = max(peak, sum(_pss(pid) for pid in _family(process.pid)))
            time.sleep(0.2)
        log.seek(0)
        words = log.read().decode()
    if process.returncode:
        raise RuntimeError(words)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found = re.search(r"([\d,]+) of them built", words)
    return Cost(cpu, peak / 1000, int(found[1].replace(",", "")) if found else 0)


def _family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split():
            yield from _family(int(child))


def _pss(pid: int) -> int:
    """Kilobytes of a process, what it shares divided among those it shares it with."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
