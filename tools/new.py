"""Writes the file of a new text (`invoke new`)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from rubric.model.metadata import FOLDERS
from rubric.model.tag import slugify

_FOLDER_OF: dict[str, str] = {**{kind: folder for folder, kind in FOLDERS.items()}, "faq": "pages"}
_READY = "Write here, and delete “status: draft” above when it is ready."
_BODIES: dict[str, str] = {
    "post": f"\n{_READY}\n\n#servicetechniques\n",
    "story": f"\n{_READY}\n\n#servicestories\n",
    "quote": "\n{quote}\n\n#servicequotes\n",
    "event": f"\n{_READY}\n\n#serviceevents\n",
    "group": f"\n{_READY}\n",
    "page": f"\n{_READY}\n",
    "faq": f"\n{_READY}\n\n## A question? {{#a-question}}\n\nIts answer.\n",
    "issue": f"\n{_READY}\n",
}
_FIELDS: dict[str, str] = {
    "faq": "kind: faq\n",
    "quote": "by: \nrole: \nsource: \n",
    "event": "start: {day} 18:30\nduration: 2h\ntimezone: {zone}\nvenue: \ncity: \ncountry: \n"
    "event_languages: [{lang}]\n",
    "group": "city: \ncountry: \ntimezone: {zone}\nlanguages: [{lang}]\nmeets: \n"
    'meets_at: "18:30"\n',
    "issue": "list: weekly-{lang}\nsubject: \npreheader: \nposts:\nevents:\n",
}
_MARKS = {"ru": "«…»", "zh-hant": "「…」"}
"""Quotation marks by language; “…” in all others."""


def write_new(
    content: Path, kind: str, lang: str, title: str, now: datetime, slug: str = ""
) -> Path:
    """Write a draft of a text and return its path.

    Args:
        content: The content folder.
        kind: The kind of text, such as `post` or `event`.
        lang: The language folder.
        title: The title.
        now: The current time with a ZoneInfo; the date of the text.
        slug: The file name; made from the title by default.

    Raises:
        ValueError: The kind or language is unknown, the title gives no file name, or the file
            exists.

    """
    if kind not in _BODIES:
        raise ValueError(f"“{kind}” is not a kind of text. Choose from {', '.join(_BODIES)}.")
    if not (content / lang).is_dir():
        known = ", ".join(sorted(p.name for p in content.iterdir() if (p / "posts").is_dir()))
        raise ValueError(f"There is no folder {content.name}/{lang}/. Choose from {known}.")
    name = slug or slugify(title)
    if not name:
        raise ValueError(f"“{title}” can't be used in a URL. Set a file name with --slug.")
    folder = _FOLDER_OF.get(kind, "posts")
    path = content / lang / folder / f"{name}.md"
    dated = "" if kind in ("page", "faq", "group") else f"date: {now:%Y-%m-%d %H:%M}\n"
    fields = _FIELDS.get(kind, "").format(day=f"{now:%Y-%m-%d}", zone=now.tzinfo, lang=lang)
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    if path.exists():
        raise ValueError(f"{path} exists already. Choose another title, or set --slug.")
    path.parent.mkdir(parents=True, exist_ok=True)
    body = _BODIES[kind].replace("{quote}", _MARKS.get(lang, "“…”"))
    head = f'title: "{quoted}"\n{dated}status: draft\n{fields}'
    path.write_text(f"---\n{head}---\n{body}", encoding="utf-8")
    return path
