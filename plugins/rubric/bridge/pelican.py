"""A Pelican that does nothing if nothing has changed.

This module imports little at the start, because such a build takes no longer than its imports.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Set
from time import time_ns
from typing import TYPE_CHECKING, Any

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.settings import DEFAULT_CONFIG
from pelican.writers import Writer

from rubric.model.settings import complete_settings
from rubric.store.build_stamp import build_if_changed, is_own
from rubric.store.interrupts import begun_in_one_line, ended_in_one_line
from rubric.store.receivers import has_foreign

if TYPE_CHECKING:
    from rubric.store.run import Run


class RubricPelican(Pelican):
    """The class for PELICAN_CLASS.

    Pelican has no other extension point where a build can end before anything is read, or where
    files can be written before plugins that process them receive `finalized`.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        """Check the settings before Pelican uses them. Exits if there are errors."""
        self._is_loaded = False
        with begun_in_one_line():
            complete_settings(settings, DEFAULT_CONFIG, sys.argv)
            super().__init__(settings)
        # Deallocating all entries at exit takes long. A cycle and `gc.freeze` prevent it.
        self._cycle = self
        atexit.register(gc.freeze)

    def init_plugins(self) -> None:
        """Load the plugins, unless all are Rubric's: then only when there is something to build."""
        self.plugins: list[Any] = []
        if not is_own(self.settings):
            self._is_loaded = True
            super().init_plugins()

    def load_plugins(self) -> None:
        """Load the plugins if `init_plugins` has not done so, and send `initialized` to them."""
        if not self._is_loaded:
            self._is_loaded = True
            super().init_plugins()
            signals.initialized.send(self)

    def run(self) -> None:
        """Build, unless the last build had the same input and its files are unchanged."""
        is_processed = _has_post_processors()
        with ended_in_one_line():
            build_if_changed(
                self.settings, self._build, os.environ, time_ns(), is_processed=is_processed
            )

    def _build(self, untouched: Set[str]) -> Run:
        gc.disable()  # Importing the plugins produces no garbage.
        from rubric.bridge.session import Session

        self.load_plugins()
        session = Session.of(self.settings)
        session.untouched = untouched
        try:
            super().run()
        finally:
            if session.build:
                session.build.run.close()
        return session.current.run

    def _get_generator_classes(self) -> list[type[Generator]]:
        return [*super()._get_generator_classes(), OutputGenerator]


def _has_post_processors() -> bool:
    """Return whether other plugins may change files after they are written."""
    received = (signals.finalized, signals.content_written, signals.feed_written)
    return any(map(has_foreign, received))


class OutputGenerator(Generator):
    """The last generator: writes all files before other plugins receive `finalized`.

    Receivers of a signal are called in the order of PLUGINS, where this package is the first.
    """

    def generate_output(self, writer: Writer) -> None:
        """Write all files that are out of date, and send a signal for each page and feed."""
        from rubric.bridge.receivers import make_outputs
        from rubric.bridge.session import Session

        del writer
        session = Session.of(self.settings)
        if session.has_other_theme:
            return
        make_outputs(session, is_processed=_has_post_processors())
        session.current.run.announce(signals.content_written, signals.feed_written)
