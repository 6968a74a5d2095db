"""Writes the content folder that a new site begins as."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError

from rubric.model.moment import load_zone
from rubric.model.rules import is_domain, is_text, is_url
from rubric.model.tag import slugify
from tools.new_site_texts import RUBRICS, TEXTS, Texts

_KEY = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*")
_NAMES = {"zh-hans": "简体中文", "zh-hant": "繁體中文"}
"""CLDR's own names of these two are “中文 (简体)” and “中文 (繁體)”."""
_LOCALES = {"en": "en-gb"}
"""Locales of languages whose dates differ by country: the day before the month."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What is asked for a new site; `url` is empty if it has no address yet."""

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
    """Write a site of the `given` answers, or of what is asked; returns what to do next.

    `given` are name, lang, url and timezone. `read_line` asks a question in a terminal; None if
    nothing is to be asked. Raises ValueError for wrong answers and for a folder that has files.
    """
    prepare(root, folder, move_to)
    try:
        answers = ask(read_line, print) if read_line else check_answers(given)
    except (EOFError, KeyboardInterrupt):
        raise ValueError("\nNo site was written.") from None
    now = datetime.now(load_zone(answers.timezone))
    write_site(root, folder, answers, now, move_to)
    first = answers.languages[0]
    variable = "" if folder == "content" else f"RUBRIC_SITE={folder} "
    return (
        f"{folder}/ has a site now: its settings in site.toml, a first text in "
        f"{first}/posts/welcome.md.\n"
        f"To look at it: {variable}.venv/bin/invoke serve, then http://localhost:8000"
    )


def check_answers(given: Mapping[str, str]) -> Answers:
    """Check name, lang, url and timezone. Raises ValueError for the first that is wrong."""
    values = {key: read(given.get(key, "").strip()) for key, (_, read, _) in _QUESTIONS.items()}
    return Answers(*values.values())


def ask(read_line: Callable[[str], str], tell: Callable[[str], object]) -> Answers:
    """Ask for everything, each question until its answer is right."""
    values = [_ask(*question, read_line, tell) for question in _QUESTIONS.values()]
    return Answers(*values)


def _ask(
    question: str,
    read: Callable[[str], Any],
    default: str,
    read_line: Callable[[str], str],
    tell: Callable[[str], object],
) -> Any:
    prompt = f"{question} [{default}]: " if default else f"{question}: "
    while True:
        try:
            return read(read_line(prompt).strip() or default)
        except ValueError as error:
            tell(str(error))


def _read_name(text: str) -> str:
    if not text or not is_text(text):
        raise ValueError('A site needs a name. Give one: --name "Tea Circle".')
    return text


def _read_languages(text: str) -> tuple[str, ...]:
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


def _read_url(text: str) -> str:
    url = text.rstrip("/")
    if url and not is_url(url):
        raise ValueError(f"“{url}” is not the address of a site. Write it as https://example.org.")
    return url


def _read_zone(text: str) -> str:
    if not text:
        raise ValueError("A site needs a time zone. Give one: --timezone Asia/Almaty.")
    load_zone(text)
    return text


_QUESTIONS: Mapping[str, tuple[str, Callable[[str], Any], str]] = {
    "name": ("Name of the site", _read_name, ""),
    "lang": (
        "Languages, the main one first: en, ru, zh-hans, zh-hant or others",
        _read_languages,
        "en",
    ),
    "url": ("Address, such as https://example.org; Enter if there is none yet", _read_url, ""),
    "timezone": ("Time zone, such as Asia/Almaty", _read_zone, "UTC"),
}
"""A question, what reads its answer, and the answer that Enter gives."""


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
    """Write the content folder of a new site below `root`; returns its path.

    `now` is zoned and dates the first post. Raises ValueError if the folder has files, unless
    they are to be moved. The folder appears at once, with all its files.
    """
    prepare(root, folder, move_to)
    target = root / folder
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".new-site-") as name:
        made = Path(name) / "site"
        for path, text in files_of(answers, now).items():
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).write_text(text, encoding="utf-8")
        if move_to and target.exists():
            (root / move_to).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(target, root / move_to)
        elif target.is_dir():
            target.rmdir()
        made.rename(target)
    return target


def files_of(answers: Answers, now: datetime) -> dict[str, str]:
    """The files of a new site by their path in the content folder."""
    files = {
        "site.toml": _settings(answers, now),
        "rubrics.toml": _rubrics(answers.languages),
        "authors.toml": _authors(answers.languages),
    }
    for lang in answers.languages:
        texts = _texts_of(lang)
        files[f"{lang}/posts/welcome.md"] = (
            f"---\ntitle: {_quote(texts.post_title)}\ndate: {now:%Y-%m-%d %H:%M}\n"
            f"authors: [editors]\n---\n{texts.post}"
        )
        files[f"{lang}/pages/about.md"] = (
            f"---\ntitle: {_quote(texts.about_title)}\n---\n{texts.about}"
        )
    return files


def _settings(answers: Answers, now: datetime) -> str:
    lines = [
        "# The settings of this site. docs/settings.md explains them, and those that can be added.",
        "",
        f"name = {_quote(answers.name)}",
        f"timezone = {_quote(answers.timezone)}",
        "",
        "# The address that the site is published at; SITEURL of the environment overrides it.",
        f"url = {_quote(answers.url)}" if answers.url else '# url = "https://example.org"',
        "",
        "# Permanent part of the ids of feeds and calendars: a domain that you own, and a year in",
        "# which you owned it. Correct them before you publish. Never change them afterwards, also",
        "# not when the site moves to another domain: readers would get everything again.",
        f"authority = {_quote(_authority_of(answers))}",
        f'since = "{now:%Y}"',
        "",
        "# A key is the name of a folder and a part of addresses. The first language is the",
        "# default. `fallback` is what an edition does with texts it has no translation of: hide,",
        "# list (a card that leads to the original) or full (a page). `chain` is the order in",
        "# which originals are looked for.",
    ]
    for lang in answers.languages:
        others = ", ".join(_quote(other) for other in answers.languages if other != lang)
        locale = _locale_of(lang)
        lines += [
            "",
            f"[languages.{lang}]",
            f"tag = {_quote(str(_parse_locale(lang)).replace('_', '-'))}",
            f"locale = {_quote(str(locale))}",
            f"name = {_quote(_name_of(lang))}",
            f"site_name = {_quote(answers.name)}",
            f"tagline = {_quote(_texts_of(lang).tagline)}",
            *(['dir = "rtl"'] if locale.text_direction == "rtl" else []),
            'fallback = "list"',
            f"chain = [{others}]",
        ]
    return "\n".join([*lines, ""])


def _authority_of(answers: Answers) -> str:
    """The domain of the address, or one that nobody can own."""
    host = urlsplit(answers.url).hostname or ""
    if is_domain(host) and "." in host:
        return host
    name = "".join(char if char.isascii() else "" for char in slugify(answers.name)).strip("-")
    return f"{name or 'site'}.invalid"


def _rubrics(languages: tuple[str, ...]) -> str:
    lines = [
        "# Rubrics: hashtag families with a name in every language. The id is the hashtag itself.",
        "# `kind` is what a post of the rubric is unless it says otherwise: post, story or quote.",
    ]
    for rubric in RUBRICS:
        lines += [
            "",
            f"[{rubric.id}]",
            f'colour = "{rubric.colour}"',
            f'icon = "{rubric.icon}"',
            f'kind = "{rubric.kind}"',
        ]
        for lang in languages:
            label = rubric.label.get(lang, rubric.label["en"])
            lines.append(f"label.{lang} = {_quote(label)}")
    return "\n".join([*lines, ""])


def _authors(languages: tuple[str, ...]) -> str:
    return "\n".join(
        [
            "# The people who write here: an id for front matter, and a name in every language.",
            "",
            "[editors]",
            *(f"name.{lang} = {_quote(_texts_of(lang).editors)}" for lang in languages),
            "",
        ]
    )


def _texts_of(lang: str) -> Texts:
    return TEXTS.get(lang, TEXTS["en"])


def _quote(text: str) -> str:
    """A text in quotes, as JSON, YAML and TOML have them."""
    return json.dumps(text, ensure_ascii=False)


def _name_of(lang: str) -> str:
    """A language's own name, with a capital letter as in a list."""
    name = _NAMES.get(lang) or _parse_locale(lang).display_name or lang
    return name[:1].upper() + name[1:]


def _locale_of(lang: str) -> Locale:
    """The CLDR locale of a language's dates and numbers."""
    return _parse_locale(_LOCALES.get(lang, lang))


def _parse_locale(lang: str) -> Locale:
    """Raises ValueError if CLDR has no such language."""
    try:
        if not _KEY.fullmatch(lang):
            raise ValueError(lang)
        return Locale.parse(lang.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        raise ValueError(
            f"“{lang}” is not the code of a language. Write codes such as en, ru, zh-hans, zh-hant."
        ) from None
