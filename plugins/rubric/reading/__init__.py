"""Reads Markdown files: front matter (YAML or Pelican header) → typed, checked metadata.

Settings: MARKDOWN (Python-Markdown's extensions), FRONTMATTER["max_bytes"].
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.reading import passes

    pipeline.add("read", passes.read_texts)
    pipeline.add("link", passes.count_undated, passes.count_unpublished)
