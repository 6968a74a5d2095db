"""Reads Markdown files: front matter (YAML or Pelican header) → typed, checked metadata.

Settings: MARKDOWN (Python-Markdown's extensions), FRONTMATTER["max_bytes"].
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.frontmatter import hooks

    hooks.connect()
