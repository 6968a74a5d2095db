"""Writes the content folder of a new site (`invoke new site`)."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import tomlkit
from babel import Locale, UnknownLocaleError
from jinja2 import Environment, FileSystemLoader

from rubric.model.moment import load_zone
from rubric.model.rules import is_domain, is_text, is_url
from rubric.model.tag import slugify

_TEMPLATES = Path(__file__).with_name("templates") / "new_site"
_KEY = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*")
_NAMES = {"zh-hans": "简体中文", "zh-hant": "繁體中文"}
"""Names that differ from those of CLDR, “中文 (简体)” and “中文 (繁體)”."""
_LOCALES = {"en": "en-gb"}
"""Locales of languages whose dates differ by country: the day before the month."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to the questions about a new site; `url` is empty if it has no address yet.

    Example: `Answers("Tea Circle", ("en", "ru"), "https://tea.example", "Asia/Almaty")`.
    """

    name: str
    languages: tuple[str, ...]
    url: str
    timezone: str


def create_site(
    root: Path,
    folder: str,
    given: Mapping[str, str],
    move_to: str = "",
    read_line: Callable[[str], str] | None = None,
) -> str:
    """Write a new site to `folder` and return a message with the next steps.

    Args:
        root: The folder of the project.
        folder: The content folder, relative to `root`.
        given: The answers by question: name, lang, url and timezone.
        move_to: The folder to which existing files are moved, relative to `root`.
        read_line: A function that asks a question in a terminal; it replaces `given`.

    Raises:
        ValueError: An answer is invalid, or the folder has files.

    """
    prepare(root, folder, move_to)
    try:
        answers = ask(read_line, print) if read_line else _check_answers(given)
    except (EOFError, KeyboardInterrupt):
        raise ValueError("\nNo site was written.") from None
    now = datetime.now(load_zone(answers.timezone))
    write_site(root, folder, answers, now, move_to)
    variable = "" if folder == "content" else f"RUBRIC_SITE={folder} "
    return (
        f"{folder}/ has a site now: its settings in site.toml, a first text in "
        f"{answers.languages[0]}/posts/welcome.md.\n"
        f"To look at it: {variable}.venv/bin/invoke serve, then http://localhost:8000"
    )


def ask(read_line: Callable[[str], str], show: Callable[[str], object]) -> Answers:
    """Ask all questions; each is repeated until its answer is valid."""
    values = []
    for question, parse, default in _QUESTIONS.values():
        prompt = f"{question} [{default}]: " if default else f"{question}: "
        while True:
            try:
                values.append(parse(read_line(prompt).strip() or default))
                break
            except ValueError as error:
                show(str(error))
    return Answers(*values)


def _check_answers(given: Mapping[str, str]) -> Answers:
    return Answers(
        *(parse(given.get(key, "").strip()) for key, (_, parse, _) in _QUESTIONS.items())
    )


def _parse_name(text: str) -> str:
    if not text or not is_text(text):
        raise ValueError('A site needs a name. Give one: --name "Tea Circle".')
    return text


def _parse_languages(text: str) -> tuple[str, ...]:
    keys = [key.strip().lower().replace("_", "-") for key in text.split(",") if key.strip()]
    if not keys:
        raise ValueError("A site needs a language. Give one or more: --lang en,ru.")
    for key in keys:
        if key == "zh":
            raise ValueError("“zh” is written in two scripts. Choose zh-hans or zh-hant.")
        _parse_locale(key)
    if len(set(keys)) < len(keys):
        raise ValueError(f"“{text}” has a language twice. Name each once.")
    return tuple(keys)


def _parse_url(text: str) -> str:
    url = text.rstrip("/")
    if url and not is_url(url):
        raise ValueError(f"“{url}” is not the address of a site. Write it as https://example.org.")
    return url


def _parse_zone(text: str) -> str:
    if not text:
        raise ValueError("A site needs a time zone. Give one: --timezone Asia/Almaty.")
    load_zone(text)
    return text


_QUESTIONS: Mapping[str, tuple[str, Callable[[str], Any], str]] = {
    "name": ("Name of the site", _parse_name, ""),
    "lang": (
        "Languages, the main one first: en, ru, zh-hans, zh-hant or others",
        _parse_languages,
        "en",
    ),
    "url": ("Address, such as https://example.org; Enter if there is none yet", _parse_url, ""),
    "timezone": ("Time zone, such as Asia/Almaty", _parse_zone, "UTC"),
}
"""Each question, the function that parses its answer, and the default answer."""


def prepare(root: Path, folder: str, move_to: str = "") -> None:
    """Check that a site can be written to `folder`. Raises ValueError if it can't.

    Existing files are never overwritten. They are moved to the folder `move_to` if it is given.
    """
    target = root / folder
    is_taken = target.exists() and not (target.is_dir() and not any(target.iterdir()))
    if is_taken and not move_to:
        raise ValueError(
            f"{folder} has files already, and they stay as they are. Write the site elsewhere with "
            "--folder other, or move them first with --move-to old-content."
        )
    if move_to and (root / move_to).exists():
        raise ValueError(f"{move_to} is there already. Choose another folder for --move-to.")


def write_site(root: Path, folder: str, answers: Answers, now: datetime, move_to: str = "") -> Path:
    """Write the content folder of a new site below `root` and return its path.

    `now`, the date of the first post, is zoned. The folder is written completely or not at all.
    Raises ValueError if the folder has files, unless they are to be moved.
    """
    prepare(root, folder, move_to)
    target = root / folder
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".new-site-") as name:
        made = Path(name) / "site"
        for path, text in _render_files(answers, now).items():
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).write_text(text, encoding="utf-8")
        if move_to and target.exists():
            (root / move_to).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(target, root / move_to)
        elif target.is_dir():
            target.rmdir()
        made.rename(target)
    return target


def _render_files(answers: Answers, now: datetime) -> dict[str, str]:
    """Return the files of a new site by their path in the content folder."""
    environment = Environment(  # noqa: S701 (the files are not HTML)
        loader=FileSystemLoader(_TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["toml"] = lambda value: tomlkit.item(value).as_string()
    # Strings of JSON are also strings of YAML.
    environment.filters["quote"] = lambda text: json.dumps(text, ensure_ascii=False)
    data = tomllib.loads((_TEMPLATES / "texts.toml").read_text("utf-8"))
    languages = [_describe_language(lang, data["texts"]) for lang in answers.languages]

    def render(template: str, **values: object) -> str:
        return environment.get_template(template).render(
            name=answers.name, now=now, languages=languages, rubrics=data["rubrics"], **values
        )

    files = {
        "site.toml": render(
            "site.toml", timezone=answers.timezone, url=answers.url, authority=_authority(answers)
        ),
        "rubrics.toml": render("rubrics.toml"),
        "authors.toml": render("authors.toml"),
    }
    for language in languages:
        for folder, name in (("posts", "welcome.md"), ("pages", "about.md")):
            files[f"{language['key']}/{folder}/{name}"] = render(name, language=language)
    return files


def _describe_language(lang: str, texts: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a language for the templates."""
    locale = _parse_locale(lang)
    name = _NAMES.get(lang) or locale.display_name or lang
    return {
        "key": lang,
        "tag": str(locale).replace("_", "-"),
        "locale": _parse_locale(_LOCALES.get(lang, lang)),
        "name": name[:1].upper() + name[1:],
        "texts": texts.get(lang, texts["en"]),
    }


def _authority(answers: Answers) -> str:
    """Return the domain of the address, or a reserved domain that no site can have."""
    host = urlsplit(answers.url).hostname or ""
    if is_domain(host) and "." in host:
        return host
    name = "".join(char for char in slugify(answers.name) if char.isascii()).strip("-")
    return f"{name or 'site'}.invalid"


def _parse_locale(lang: str) -> Locale:
    """Return the CLDR locale of a language. Raises ValueError if there is none."""
    try:
        if not _KEY.fullmatch(lang):
            raise ValueError(lang)
        return Locale.parse(lang.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        raise ValueError(
            f"“{lang}” is not the code of a language. Write codes such as en, ru, zh-hans, zh-hant."
        ) from None
