from collections.abc import Sequence
from typing import Any

from jinja2 import Environment
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
    articles: Sequence[object]
    drafts: Sequence[object]
    hidden_articles: Sequence[object]

class PagesGenerator(Generator):
    pages: Sequence[object]
    draft_pages: Sequence[object]
    hidden_pages: Sequence[object]

class StaticFile:
    """A `Static` of Pelican: a file that is copied."""

    source_path: str
    save_as: str

class StaticGenerator(Generator):
    staticfiles: list[StaticFile]
