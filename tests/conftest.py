"""Fixtures all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from tests.building import ROOT, SITE, Build, FinalBuild, build

# How long an example takes says more about the load of the machine than about the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# pelicanconf.py reads the settings of the tests' own site, here and in child processes.
os.environ["RUBRIC_SITE"] = str(SITE)
# Child processes import the package from this checkout, too.
os.environ["PYTHONPATH"] = os.pathsep.join(
    filter(None, [str(ROOT / "plugins"), os.environ.get("PYTHONPATH")])
)


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The site of tests/sites/community, built once for all processes that run tests."""
    base = tmp_path_factory.getbasetemp()
    # The parent of the folder of an xdist worker belongs to this run, too.
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "own"
    printed = folder / "printed.txt"
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "lock"):
        if not printed.exists():
            result = build(SITE, folder / "output")
            assert result.status == 0, result.told
            printed.write_text(result.told, encoding="utf-8")
    return FinalBuild(folder / "output", 0, printed.read_text("utf-8"))


@pytest.fixture
def site_folder(tmp_path: Path) -> Path:
    """An empty folder to build a small site in."""
    return tmp_path


LONGEST = (
    "tests/browser/test_looks.py",
    "tests/test_incremental.py",
    "tests/browser/test_events.py",
    "tests/test_site_calendars.py",
    "tests/test_site_feeds.py",
    "tests/browser/test_use.py",
    "tests/test_deploy.py",
    "tests/test_settings.py",
    "tests/test_site_redirects.py",
    "tests/test_letters_kept.py",
    "tests/test_incremental_work.py",
)
"""Files that take long. They begin first, so that no core is idle while the last of them runs."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first, and unit tests, which are short, last."""
    places = {name: place for place, name in enumerate(LONGEST)}

    def place_of(item: pytest.Item) -> tuple[int, bool]:
        name = item.nodeid.partition("::")[0]
        return places.get(name, len(places)), name.startswith("tests/unit/")

    items.sort(key=place_of)
