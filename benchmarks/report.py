"""Tables of figures, and the document that holds them between its own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.timing import Measured


def compare_table(
    measured: Mapping[str, Mapping[str, Measured]], sizes: Mapping[str, tuple[int, int]]
) -> str:
    """Rubric, Hugo and plain Pelican side by side, in Markdown.

    `measured` holds work, then site; `sizes` are files and bytes of each site. The first site
    is put in proportion to the second.
    """
    sites = list(sizes)
    rows = [["", *sites, f"{sites[0]} / {sites[1]}"]]
    for work, of in measured.items():
        ratio = of[sites[0]].ratio(of[sites[1]])
        walls = [f"{of[site].wall:.2f} s" if site in of else "" for site in sites]
        rows.append([f"{work}, wall", *walls, f"**{ratio:.2f}**"])
        cpus = [f"{of[site].cpu:.2f} s" if site in of else "" for site in sites]
        rows.append([f"{work}, processor", *cpus, _quotient([of[s].cpu for s in sites[:2]])])
        peaks = [f"{of[site].memory / 1e6:.0f} MB" if site in of else "" for site in sites]
        quotient = _quotient([of[site].memory for site in sites[:2]])
        rows.append([f"{work}, peak memory", *peaks, f"**{quotient}**"])
    files, volume = ([sizes[site][i] for site in sites] for i in (0, 1))
    rows.append(["files written", *(f"{count:,}" for count in files), _quotient(files)])
    rows.append(["bytes written", *(f"{v / 1e6:.1f} MB" for v in volume), _quotient(volume)])
    return _table(rows)


def work_table(measured: Mapping[str, Measured], whole: str) -> str:
    """Kinds of work of one site, each beside the one called `whole`."""
    rows = [["", "wall", "processor", "peak memory", f"wall / {whole}", f"processor / {whole}"]]
    for name, of in measured.items():
        quotients = f"**{of.ratio(measured[whole]):.2f}**", _quotient([of.cpu, measured[whole].cpu])
        memory = f"{of.memory / 1e6:.0f} MB"
        rows.append([name, f"{of.wall:.2f} s", f"{of.cpu:.2f} s", memory, *quotients])
    return _table(rows)


def replace_block(path: Path, name: str, text: str) -> None:
    """Put a text between `<!-- bench:name -->` and `<!-- /bench:name -->`.

    Raises ValueError if the document has no such place.
    """
    begin, end = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
    document = path.read_text("utf-8")
    place = re.compile(f"{re.escape(begin)}\n.*?{re.escape(end)}", re.DOTALL)
    if not place.search(document):
        raise ValueError(f"{path}: has no {begin} … {end}; write it where the table is to stand.")
    block = f"{begin}\n{text}\n{end}"
    path.write_text(place.sub(lambda _: block, document), encoding="utf-8")


def _quotient(values: Sequence[float]) -> str:
    return f"{values[0] / values[1]:.2f}" if values[1] else "–"


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = (f"| {' | '.join(row)} |".replace("|  |", "| |") for row in rows)
    rule = "|---" + "|---:" * (len(rows[0]) - 1) + "|"
    return "\n".join([head, rule, *body])
