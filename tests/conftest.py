"""Fixtures all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
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
    """The site of tests/sites/community, built once."""
    result = build(SITE, tmp_path_factory.mktemp("own") / "output")
    assert result.status == 0, result.told
    return FinalBuild(result.output, result.status, result.told)


@pytest.fixture
def site_folder(tmp_path: Path) -> Path:
    """An empty folder to build a small site in."""
    return tmp_path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests go last: Playwright leaves an event loop running in the main thread."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
