from typing import Any

from jinja2 import Environment
from pelican.readers import Readers
from pelican.writers import Writer

class Generator:
    context: dict[str, Any]
    settings: dict[str, Any]
    path: str
    theme: str
    output_path: str
    env: Environment

    def generate_output(self, writer: Writer) -> None: ...

class ArticlesGenerator(Generator):
    readers: Readers

class PagesGenerator(Generator): ...

class StaticFile:
    """A `Static` of Pelican: a file that is copied."""

    source_path: str
    save_as: str

class StaticGenerator(Generator):
    staticfiles: list[StaticFile]
