"""Reads and checks a site like a build, but stops before anything is written."""

from __future__ import annotations

import os
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from pelican import Pelican, get_instance, parse_arguments

from rubric.bridge.pelican import RubricPelican
from rubric.bridge.session import DryRunDone, Session
from rubric.build import Build
from rubric.model.kinds import Kinds


def load_kinds(settings: Path) -> Kinds:
    """Return the kinds of texts of a site, including those that plugins add.

    Raises BuildFailed if the settings have errors.
    """
    _, session = _start(parse_arguments(["-s", str(settings)]))
    return session.pipeline.kinds


def read_site(content: Path, settings: Path) -> Build:
    """Return a build after the phases read, link, plan and check.

    SITEURL of the environment overrides that of the settings file. Raises BuildFailed if the
    content has errors.
    """
    arguments = parse_arguments([str(content), "-s", str(settings)])
    if site_url := os.environ.get("SITEURL", "").strip().rstrip("/"):
        arguments.overrides = {"SITEURL": site_url}
    pelican, session = _start(arguments)
    session.is_dry_run = True
    with suppress(DryRunDone):
        Pelican.run(pelican)  # RubricPelican would not read an unchanged site
    return session.current


def _start(arguments: Namespace) -> tuple[Pelican, Session]:
    """Create a Pelican instance with its plugins loaded, and its session."""
    pelican, _ = get_instance(arguments)
    if isinstance(pelican, RubricPelican):
        pelican.load_plugins()
    return pelican, Session.of(pelican.settings)
