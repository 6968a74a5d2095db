"""Types of the parts of Pelican 4 that this project uses; Pelican itself has none."""

import logging
from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from pelican.generators import Generator
from pelican.plugins import signals as signals

class Pelican:
    settings: dict[str, Any]
    path: str
    theme: str
    output_path: str
    plugins: list[Any]

    def __init__(self, settings: dict[str, Any]) -> None: ...
    def init_plugins(self) -> None: ...
    def run(self) -> None: ...
    def _get_generator_classes(self) -> list[type[Generator]]: ...

LOG_HANDLERS: dict[str, logging.Handler | None]

def get_instance(args: Namespace) -> tuple[Pelican, dict[str, Any]]: ...
def parse_arguments(argv: Sequence[str] | None = None) -> Namespace: ...
def main(argv: Sequence[str] | None = None) -> None: ...
