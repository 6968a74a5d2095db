"""The corpus as a site of Hugo: the templates in benchmarks/hugo, and what they are fed with."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from benchmarks.corpus import LANGUAGES, TEXTS, invent_posts, write_text

# Categories of CLDR, by how many forms a catalogue has.
_PLURALS = {1: ("other",), 2: ("one", "other"), 3: ("one", "few", "many")}


def make_hugo_site(root: Path, target: Path, count: int, seed: int = 1) -> Path:
    """Write the same posts as a site of Hugo: its templates, data, words and style sheets.

    `root` is the project's folder. What Rubric takes from elsewhere, Hugo gets from there
    too: rubrics and authors, the theme's static files and the catalogues of messages.
    """
    shutil.copytree(root / "benchmarks/hugo", target, dirs_exist_ok=True)
    static = root / "theme/static"
    for name in ("css", "js", "feed"):
        shutil.copytree(static / name, target / "assets" / name, dirs_exist_ok=True)
    shutil.copytree(static / "img", target / "static/theme/img", dirs_exist_ok=True)
    shutil.copytree(static / "root", target / "static", dirs_exist_ok=True)
    for name in ("rubrics", "authors"):
        write_text(target / f"data/{name}.toml", (TEXTS / f"{name}.toml").read_text("utf-8"))
    for lang in LANGUAGES:
        messages = json.dumps(_messages(root / "theme/locale", lang), ensure_ascii=False, indent=1)
        write_text(target / f"i18n/{lang}.json", messages)
    for post in invent_posts(TEXTS, count, seed):
        header = (
            f"title: {json.dumps(post.title, ensure_ascii=False)}\n"
            f"date: {post.date:%Y-%m-%d %H:%M:%S}\n"
            f"tags: [{', '.join(post.tags)}]\nauthors: [{post.author}]\n"
            f'archive: ["{post.date.year}"]\n'
        )
        write_text(target / "content" / post.path, f"---\n{header}---\n{post.body}")
    return target


def _messages(folder: Path, lang: str) -> dict[str, Any]:
    """The theme's messages as Hugo has them: `%(n)s` is `{{ .n }}`, plurals go by category.

    English has no catalogue: its words are the names of the messages.
    """
    own = folder / f"{lang}.po"
    with (own if own.is_file() else next(folder.glob("*.po"))).open("rb") as file:
        catalogue = read_po(file)
    messages: dict[str, Any] = {}
    for message in catalogue:
        names, said = _texts(message.id), _texts(message.string if own.is_file() else message.id)
        if len(names) > 1:
            forms = [_holes(text).replace("{{ .n }}", "{{ .Count }}") for text in said]
            categories = dict(zip(_PLURALS[len(forms)], forms, strict=True))
            messages[names[0]] = {**categories, "other": forms[-1]}
        elif names[0]:
            messages[names[0]] = _holes(said[0])
    return messages


def _texts(value: object) -> list[str]:
    return list(map(str, value)) if isinstance(value, list | tuple) else [str(value)]


def _holes(text: str) -> str:
    return re.sub(r"%\((\w+)\)s", r"{{ .\1 }}", text)
