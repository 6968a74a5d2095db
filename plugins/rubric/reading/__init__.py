"""Reads Markdown files: front matter (YAML, TOML or Pelican header) → validated metadata.

Settings: MARKDOWN (Python-Markdown's extensions), FRONTMATTER["max_bytes"].
"""


def register() -> None:
    """Add this plugin's passes. Called by Pelican."""
    from rubric import pipeline
    from rubric.reading import passes

    pipeline.add("read", passes.read_texts)
    pipeline.add("link", passes.count_undated, passes.count_unpublished)
