"""Writes the file of a new text (`invoke new`)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from rubric.model.kinds import BUILT_IN, Kinds
from rubric.model.tag import slugify

_MARKS = {"ru": "«…»", "zh-hant": "「…」"}
"""Quotation marks by language; “…” in all others."""


def write_new(
    content: Path,
    id: str,
    lang: str,
    title: str,
    now: datetime,
    slug: str = "",
    kinds: Kinds = BUILT_IN,
) -> Path:
    """Write a draft of a text of the kind with that id, and return its path.

    Args:
        content: The content folder.
        id: The id of the kind, such as `post` or `event`.
        lang: The language folder.
        title: The title.
        now: The current time with a ZoneInfo; the date of the text.
        slug: The file name; made from the title by default.
        kinds: The kinds of texts that the site has.

    Raises:
        ValueError: The kind or language is unknown, the title gives no file name, or the file
            exists.

    """
    if id not in kinds:
        raise ValueError(f"“{id}” is no kind of text. Choose from {', '.join(kinds.by_id)}.")
    kind = kinds[id]
    if not (content / lang).is_dir():
        known = ", ".join(sorted(p.name for p in content.iterdir() if (p / "posts").is_dir()))
        raise ValueError(f"There is no folder {content.name}/{lang}/. Choose from {known}.")
    name = slug or slugify(title)
    if not name:
        raise ValueError(f"No address can be made of “{title}”. Give one with --slug.")
    path = content / lang / kind.folder / f"{name}.md"
    dated = f"date: {now:%Y-%m-%d %H:%M}\n" if kind.is_dated else ""
    fields = kind.new_fields.format(day=f"{now:%Y-%m-%d}", zone=now.tzinfo, lang=lang)
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    if path.exists():
        raise ValueError(f"{path} exists already. Choose another title, or set --slug.")
    path.parent.mkdir(parents=True, exist_ok=True)
    body = kind.new_body.replace("{quote}", _MARKS.get(lang, "“…”"))
    head = f'title: "{quoted}"\n{dated}status: draft\n{fields}'
    path.write_text(f"---\n{head}---\n{body}", encoding="utf-8")
    return path
