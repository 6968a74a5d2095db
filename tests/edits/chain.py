"""A chain of edits: after each, an incremental build must equal a clean one, byte for byte."""

from __future__ import annotations

import pickle
import shutil
from copy import deepcopy
from inspect import getmembers, isfunction
from pathlib import Path
from random import Random

from tests.edits import damage, house, meetings, texts
from tests.edits.bench import Bench, Edit, NotHere
from tests.edits.builds import Forge, Result, Tree, difference, read_tree, times_of
from tests.edits.making import make_site

LENGTH = 12
"""Edits of one chain; the longer, the fewer sites."""
_TRIES = 20


def all_edits() -> list[Edit]:
    """Every edit there is, in the order of their names."""
    return [
        edit
        for module in (texts, meetings, house, damage)
        for name, edit in getmembers(module, isfunction)
        if edit.__module__ == module.__name__ and _is_edit(name, edit)
    ]


def _is_edit(name: str, function: Edit) -> bool:
    return not name.startswith("_") and list(function.__annotations__) == [
        "bench",
        "chance",
        "return",
    ]


def deal(seed: int) -> list[Edit]:
    """The edits of a chain: chains that follow each other go through all there are."""
    edits = all_edits()
    hands = -(-len(edits) // LENGTH)
    Random(seed // hands).shuffle(edits)
    hand = seed % hands
    return edits[hand * LENGTH : (hand + 1) * LENGTH]


class Chain:
    """A site, the edits it had, and two forges that build it: `forge` again, `clean` afresh."""

    def __init__(self, seed: int, folder: Path, forge: Forge, clean: Forge) -> None:
        self.seed = seed
        self.told: list[str] = []
        self._chance = Random(f"edits of {seed}")
        self._bench = Bench(folder, make_site(seed), clean)
        self._forge, self._clean = forge, clean
        self._sound = deepcopy(self._bench.site)
        # Clean builds by the bytes they are made of: damage is no reason for another one.
        self._known: dict[bytes, tuple[Result, Tree, Tree]] = {}

    def run(self, edits: list[Edit]) -> None:
        """Build, then edit and build; AssertionError tells how to come there again."""
        self._build_and_compare("the first build")
        for edit in edits:
            self._step(edit)

    def _step(self, edit: Edit) -> None:
        bench = self._bench
        # What builds lost they can't remove, so that damage comes alone.
        if edit.__module__ != damage.__name__ and self._chance.random() < 0.2:
            self._apply(self._chance.choice(self._of_texts()))
        before = deepcopy(bench.site)
        self._apply(edit)
        if self._build_and_compare("after it"):
            return
        # A mistake: the author takes the last edit back, and if that doesn't help, all.
        for site in (before, self._sound):
            self.told[-1] += "  (refused, taken back)"
            bench.site = deepcopy(site)
            if self._build_and_compare("after it was taken back"):
                return
        raise self._failure("the site that was built before is refused", [])

    def _apply(self, edit: Edit) -> None:
        """An edit that finds nothing to change gives way to another of the same kind."""
        for _ in range(_TRIES):
            before = deepcopy(self._bench.site)
            try:
                what = edit(self._bench, self._chance)
            except NotHere:
                self._bench.site = before
                edit = self._chance.choice(self._of_texts())
                continue
            self.told.append(f"{edit.__name__}: {what}")
            return
        raise AssertionError("no edit fits the site")

    @staticmethod
    def _of_texts() -> list[Edit]:
        return [edit for edit in all_edits() if edit.__module__ == texts.__name__]

    def _build_and_compare(self, when: str) -> bool:
        """Build both ways; returns whether the site was sound. Raises AssertionError."""
        bench = self._bench
        bench.write()
        before, times = self._look()
        site, is_clean = (bench.content, bench.settings), bench.is_next_clean
        state = pickle.dumps((bench.site.on_disk(), bench.site.now))
        fresh = bench.folder / "fresh"
        if state not in self._known:
            shutil.rmtree(fresh, ignore_errors=True)
            self._clean.start(*site, fresh / "output", bench.site.now)
        self._forge.start(*site, bench.output, bench.site.now, is_clean=is_clean)
        built = self._forge.finish()
        if state not in self._known:
            ended = self._clean.finish()
            self._known[state] = ended, read_tree(fresh / "output"), read_tree(fresh / "exports")
        expected, wanted, exported = self._known[state]
        bench.is_next_clean = False
        if not built.ends_like(expected):
            told = [*_unlike(expected, "clean"), *_unlike(built, "incremental")]
            raise self._failure(f"{when}: the two builds end in two ways", told)
        after, new_times = self._look()
        if expected.status:
            if expected.is_refusal and (before, times) != (after, new_times):
                changes = difference(before, after) or ["files were written again"]
                raise self._failure(f"{when}: a refused site was written", changes)
            return False
        self._compare(when, after, wanted, exported)
        rewritten = [n for n, data in after.items() if data is not None and before.get(n) == data]
        rewritten = [name for name in rewritten if times[name] != new_times[name]]
        if rewritten:
            raise self._failure(f"{when}: the same bytes were written again", rewritten)
        self._build_again(when, built, new_times)
        self._sound = deepcopy(bench.site)
        return True

    def _compare(self, when: str, after: Tree, wanted: Tree, exported: Tree) -> None:
        foreign = self._bench.foreign
        lost = [name for name in foreign if after.get(name) != foreign[name]]
        if lost:
            raise self._failure(f"{when}: files put there by hand are lost", lost)
        folders = {str(folder) for name in foreign for folder in Path(name).parents}
        own = {n: d for n, d in after.items() if n not in foreign}
        own = {n: d for n, d in own.items() if d is not None or n in wanted or n not in folders}
        if unlike := difference(wanted, own):
            raise self._failure(f"{when}: the output differs", unlike)
        if unlike := difference(exported, read_tree(self._bench.output.parent / "exports")):
            raise self._failure(f"{when}: the exports differ", unlike)

    def _build_again(self, when: str, built: Result, times: dict[str, int]) -> None:
        """What hasn't changed is left alone, whether or not one look tells that nothing has."""
        bench = self._bench
        exports = times_of(bench.output.parent / "exports")
        if self._chance.random() < 0.5:
            (bench.output.parent / f".{bench.output.name}.store/seal").unlink(missing_ok=True)
        self._forge.start(bench.content, bench.settings, bench.output, bench.site.now)
        again = self._forge.finish()
        if not again.ends_like(built):
            told = [*_unlike(built, "before"), *_unlike(again, "again")]
            raise self._failure(f"{when}: a build of the same site ends otherwise", told)
        now = {**times_of(bench.output), **times_of(bench.output.parent / "exports")}
        changed = sorted(
            name for name, time in {**times, **exports}.items() if now.get(name) != time
        )
        if changed or len(now) != len({**times, **exports}):
            raise self._failure(f"{when}: a build of the same site writes", changed)

    def _look(self) -> tuple[dict[str, bytes | None], dict[str, int]]:
        return read_tree(self._bench.output), times_of(self._bench.output)

    def _failure(self, what: str, told: list[str]) -> AssertionError:
        kind = "one living process" if self._forge.is_living else "a process a build"
        lines = [
            f"seed {self.seed}, {kind}; {what}",
            *[f"  {line}" for line in told],
            "The edits:",
            *[f"  {number}. {edit}" for number, edit in enumerate(self.told, 1)],
            f"Again: RUBRIC_EDITS_SEED={self.seed} pytest tests/test_incremental.py",
            f"Its folder: {self._bench.folder}",
        ]
        return AssertionError("\n".join(lines))


def _unlike(result: Result, name: str) -> list[str]:
    return [f"{name}: status {result.status}", *(f"{name}: {line}" for line in result.told)]
