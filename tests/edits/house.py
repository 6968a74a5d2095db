"""What webmasters change: theme, catalogues, rubrics, authors, settings and locks."""

from __future__ import annotations

import re
from copy import deepcopy
from random import Random
from typing import Any

import pelicanconf
from tests.edits.bench import Bench, NotHere, pick
from tests.edits.making import (
    AUTHORS,
    RUBRICS,
    make_author,
    make_list,
    make_post,
    make_rubric,
    sentence,
)
from tests.edits.site import Site, forget, own_theme

_LOCKS = ("events.lock", "addresses.lock")
_MESSAGE = re.compile(r'^msgstr "([^"%\\{]{3,})"$', re.MULTILINE)


# The theme


def edit_partial(bench: Bench, chance: Random) -> str:
    return _append(bench.site, chance, r"templates/partials/.+\.html", "<!-- {} -->")


def edit_template(bench: Bench, chance: Random) -> str:
    """A page kind's template; what extends another shows nothing outside blocks."""
    name = pick(chance, _theme_files(bench.site, r"templates/[^/]+\.html"))
    mark = f"{{% block main %}}<!-- {chance.randrange(1000)} -->"
    before = _theme_text(bench.site, name)
    bench.site.theme[name] = before.replace("{% block main %}", mark, 1)
    if bench.site.theme[name] == before:
        raise NotHere
    return f"theme/{name}: a mark in its main block"


def edit_base(bench: Bench, chance: Random) -> str:
    return _append(bench.site, chance, r"templates/base\.html", "<!-- {} -->")


def edit_letter_template(bench: Bench, chance: Random) -> str:
    return _append(bench.site, chance, r"templates/newsletter/.+\.(html|css)", "\n/* {} */")


def mend_theme(bench: Bench, chance: Random) -> str:
    """Back to the project's own file."""
    name = pick(chance, sorted(bench.site.theme))
    del bench.site.theme[name]
    return f"theme/{name}: as it was"


def break_template(bench: Bench, chance: Random) -> str:
    names = _theme_files(bench.site, r"templates/(base|home|tag|post|partials/(card|head))\.html")
    name = pick(chance, names)
    fault = chance.choice(("{% if %}", "{{ nobody.knows.it }}", '{% include "none.html" %}'))
    bench.site.theme[name] = _theme_text(bench.site, name) + fault
    return f"theme/{name}: ends with {fault}"


def edit_style(bench: Bench, chance: Random) -> str:
    return _append(bench.site, chance, r"static/(css|feed)/.+\.css", "\n.x{{margin:{}px}}")


def edit_script(bench: Bench, chance: Random) -> str:
    return _append(bench.site, chance, r"static/js/.+\.js", "\nexport const x = {};\n")


def edit_drawing(bench: Bench, chance: Random) -> str:
    return _append(bench.site, chance, r"static/img/mark\.svg", "<!-- {} -->")


def reword_message(bench: Bench, chance: Random) -> str:
    names = _theme_files(bench.site, r"locale/.+\.po")
    name = pick(chance, [n for n in names if n[7:-3] in bench.site.languages])
    text = _theme_text(bench.site, name)
    message = chance.choice(list(_MESSAGE.finditer(text)))
    start, end = message.span(1)
    bench.site.theme[name] = f"{text[:start]}{message[1]} {chance.randrange(100)}{text[end:]}"
    return f"theme/{name}: “{message[1]}” is said in other words"


def drop_catalogue(bench: Bench, chance: Random) -> str:
    names = [f"locale/{lang}.po" for lang in bench.site.languages]
    name = pick(chance, [name for name in names if name in own_theme()])
    if bench.site.theme.get(name, "") is None:
        del bench.site.theme[name]
        return f"theme/{name} is there again"
    bench.site.theme[name] = None
    return f"theme/{name} is removed"


# Rubrics and authors


def rename_rubric(bench: Bench, chance: Random) -> str:
    id = pick(chance, list(bench.site.rubrics))
    field = chance.choice(("label", "description"))
    lang = pick(chance, list(bench.site.languages))
    bench.site.rubrics[id][field][lang] = sentence(chance, lang)
    return f"rubrics.toml: {id}: {field} in {lang} changes"


def repaint_rubric(bench: Bench, chance: Random) -> str:
    id = pick(chance, list(bench.site.rubrics))
    bench.site.rubrics[id]["colour"] = f"#{chance.randrange(1 << 24):06x}"
    return f"rubrics.toml: {id}: another colour"


def add_rubric(bench: Bench, chance: Random) -> str:
    id = pick(chance, [id for id in (*RUBRICS, "phone", "tea") if id not in bench.site.rubrics])
    bench.site.rubrics[id] = make_rubric(chance, list(bench.site.languages), id)
    return f"rubrics.toml: {id} is added"


def remove_rubric(bench: Bench, chance: Random) -> str:
    id = pick(chance, list(bench.site.rubrics))
    del bench.site.rubrics[id]
    return f"rubrics.toml: {id} is taken out; its hashtag is an ordinary one now"


def reorder_rubrics(bench: Bench, chance: Random) -> str:
    items = list(bench.site.rubrics.items())
    chance.shuffle(items)
    bench.site.rubrics = dict(items)
    return f"rubrics.toml: the order is {', '.join(bench.site.rubrics)}"


def change_rubric_kind(bench: Bench, chance: Random) -> str:
    id = pick(chance, [id for id in bench.site.rubrics if id != "servicequotes"])
    rubric = bench.site.rubrics[id]
    rubric["kind"] = "post" if rubric["kind"] == "story" else "story"
    return f"rubrics.toml: {id}: kind → {rubric['kind']}"


def rename_author(bench: Bench, chance: Random) -> str:
    id = pick(chance, list(bench.site.authors))
    lang = pick(chance, list(bench.site.languages))
    bench.site.authors[id]["name"][lang] = f"{id} {chance.randrange(1000)}"
    return f"authors.toml: {id} has another name in {lang}"


def tell_of_author(bench: Bench, chance: Random) -> str:
    id = pick(chance, list(bench.site.authors))
    lang = pick(chance, list(bench.site.languages))
    bench.site.authors[id]["bio"][lang] = sentence(chance, lang)
    bench.site.authors[id]["url"] = f"https://example.org/{chance.randrange(9)}"
    return f"authors.toml: {id}: other words about them in {lang}"


def add_or_remove_author(bench: Bench, chance: Random) -> str:
    id = chance.choice(AUTHORS)
    if bench.site.authors.pop(id, None) is not None:
        return f"authors.toml: {id} is taken out"
    bench.site.authors[id] = make_author(chance, list(bench.site.languages), id)
    return f"authors.toml: {id} is added"


# Settings


def resize_lists(bench: Bench, chance: Random) -> str:
    name = chance.choice(("page_size", "home_posts", "home_events", "old_after_days"))
    return _set(bench.site, "EDITIONS", name, chance.randint(2, 9))


def move_site(bench: Bench, chance: Random) -> str:
    hosts = ("https://a.example", "https://b.example/blog", "http://localhost:8000")
    bench.site.settings["SITEURL"] = chance.choice(hosts)
    return f"SITEURL → {bench.site.settings['SITEURL']}"


def change_fallback(bench: Bench, chance: Random) -> str:
    lang = pick(chance, list(bench.site.languages))
    option = bench.site.languages[lang]
    others = [policy for policy in ("hide", "list", "full") if policy != option["fallback"]]
    option["fallback"] = chance.choice(others)
    return f"LANGUAGES: {lang}: fallback → {option['fallback']}"


def change_tagline(bench: Bench, chance: Random) -> str:
    lang = pick(chance, list(bench.site.languages))
    name = chance.choice(("tagline", "site_name", "name"))
    bench.site.languages[lang][name] = sentence(chance, lang)
    return f"LANGUAGES: {lang}: another {name}"


def reverse_chain(bench: Bench, chance: Random) -> str:
    lang = pick(chance, list(bench.site.languages))
    chain = bench.site.languages[lang]["chain"]
    bench.site.languages[lang]["chain"] = chain[::-1] if len(chain) > 1 else []
    return f"LANGUAGES: {lang}: chain → {bench.site.languages[lang]['chain']}"


def add_language(bench: Bench, chance: Random) -> str:
    new = pick(chance, [key for key in pelicanconf.LANGUAGES if key not in bench.site.languages])
    options = deepcopy(pelicanconf.LANGUAGES[new])
    bench.site.languages[new] = {**options, "chain": list(bench.site.languages)}
    for id, rubric in bench.site.rubrics.items():
        rubric["label"][new] = f"{id} in {new}"
    bench.site.texts[f"{new}/posts/first.md"] = make_post(bench.site, chance, new)
    return f"LANGUAGES: {new} is added, with a first post"


def remove_language(bench: Bench, chance: Random) -> str:
    languages = bench.site.languages
    gone = pick(chance, list(languages)[1:] if len(languages) > 2 else [])
    for path in [path for path in bench.site.texts if path.startswith(f"{gone}/")]:
        forget(bench.site, path)
        del bench.site.texts[path]
    del languages[gone]
    for options in languages.values():
        options["chain"] = [lang for lang in options["chain"] if lang != gone]
    lists = bench.site.settings["NEWSLETTER"]["lists"]
    for key in [key for key, options in lists.items() if options["lang"] == gone]:
        del lists[key]
    return f"LANGUAGES: {gone} is taken out, with its texts"


def reorder_languages(bench: Bench, chance: Random) -> str:
    items = list(bench.site.languages.items())
    chance.shuffle(items)
    bench.site.settings["LANGUAGES"] = dict(items)
    return f"LANGUAGES: the order is {', '.join(bench.site.languages)}"


def edit_list(bench: Bench, chance: Random) -> str:
    lists = bench.site.settings["NEWSLETTER"]["lists"]
    options = lists[pick(chance, list(lists))]
    changes: dict[str, Any] = {
        "name": f"List {chance.randrange(100)}",
        "sender_name": f"Sender {chance.randrange(100)}",
        "form_action": f"https://news-{chance.randrange(9)}.example/form",
        "is_full": not options.get("is_full", False),
        "providers": chance.sample(("listmonk", "buttondown", "keila"), 2),
    }
    name = chance.choice(list(changes))
    options[name] = changes[name]
    return f"NEWSLETTER: {options['lang']}: {name} → {changes[name]}"


def add_or_remove_list(bench: Bench, chance: Random) -> str:
    lists = bench.site.settings["NEWSLETTER"]["lists"]
    lang = pick(chance, list(bench.site.languages))
    if lists.pop(f"weekly-{lang}", None) is None:
        lists[f"weekly-{lang}"] = make_list(lang)
        return f"NEWSLETTER: a list in {lang}"
    for path in bench.site.of("newsletter"):
        if path.startswith(f"{lang}/"):
            del bench.site.texts[path]
    return f"NEWSLETTER: no list in {lang}, and no letters"


def change_feeds(bench: Bench, chance: Random) -> str:
    languages = list(bench.site.languages)
    name, value = chance.choice(
        [
            ("items", chance.randint(1, 9)),
            ("archive_items", chance.choice((0, 2, 5))),
            ("hub", f"https://hub-{chance.randrange(9)}.example/"),
            ("fallback", {languages[0]: languages[1:2]}),
        ]
    )
    return _set(bench.site, "FEEDS", name, value)


def change_events(bench: Bench, chance: Random) -> str:
    name, value = chance.choice(
        [
            ("default_duration", f"{chance.randint(3, 90)}h"),
            ("tentative_dates", chance.randint(0, 5)),
        ]
    )
    return _set(bench.site, "EVENTS", name, value)


def change_calendars(bench: Bench, chance: Random) -> str:
    return _set(bench.site, "CALENDARS", "keep_days", chance.randint(1, 400))


def change_search(bench: Bench, chance: Random) -> str:
    name = chance.choice(("shard_bytes", "chunk_bytes", "text_limit"))
    return _set(bench.site, "SEARCH", name, chance.randint(300, 3000))


def change_follow(bench: Bench, chance: Random) -> str:
    lang = pick(chance, list(bench.site.languages))
    value = {lang: f"https://t.me/name{chance.randrange(9)}"}
    return _set(bench.site, "FOLLOW", "telegram", value)


def change_redirects(bench: Bench, chance: Random) -> str:
    del chance
    forced = bench.site.settings.get("REDIRECTS", pelicanconf.REDIRECTS)["forced"]
    return _set(bench.site, "REDIRECTS", "forced", not forced)


def change_zone(bench: Bench, chance: Random) -> str:
    zones = ("Asia/Almaty", "Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati")
    bench.site.settings["TIMEZONE"] = chance.choice(zones)
    return f"TIMEZONE → {bench.site.settings['TIMEZONE']}"


def change_markdown(bench: Bench, chance: Random) -> str:
    """Headings in texts get other ids, and quotation marks other forms."""
    markdown = deepcopy(bench.site.settings.get("MARKDOWN", _plain_markdown()))
    markdown["tab_length"] = chance.randint(2, 8)
    toggled = "markdown.extensions.smarty"
    names = markdown["extensions"]
    markdown["extensions"] = (
        [n for n in names if n != toggled]
        if toggled in names
        else [
            *names,
            toggled,
        ]
    )
    bench.site.settings["MARKDOWN"] = markdown
    return f"MARKDOWN: smarty is {'on' if toggled in markdown['extensions'] else 'off'}"


# Locks


def lock(bench: Bench, chance: Random) -> str:
    """What `invoke lock` writes for the site as it is."""
    del chance
    bench.write()
    result = bench.clean.lock(bench.content, bench.settings, bench.site.now)
    if result.status:
        raise NotHere  # texts that an edit of the same step has broken
    bench.read_back(*_LOCKS)
    return "the locks are written"


def unlock(bench: Bench, chance: Random) -> str:
    name = pick(chance, [name for name in _LOCKS if name in bench.site.files])
    del bench.site.files[name]
    return f"{name} is removed"


def mark_gone(bench: Bench, chance: Random) -> str:
    """By hand, below the heading of a text that is no longer there."""
    text = bench.site.files.get("addresses.lock", b"").decode()
    blocks = re.findall(r'^\["(.+)"\]$', text, re.MULTILINE)
    guids = {path.removesuffix(".md") for path in bench.site.texts}
    guid = pick(chance, [guid for guid in blocks if guid not in guids])
    heading = f'["{guid}"]\n'
    if f"{heading}gone" in text:
        raise NotHere
    changed = text.replace(heading, f"{heading}gone = true\n")
    bench.site.files["addresses.lock"] = changed.encode()
    return f"addresses.lock: {guid} is gone"


def tear_lock(bench: Bench, chance: Random) -> str:
    name = pick(chance, [name for name in _LOCKS if name in bench.site.files])
    bench.site.files[name] = b"<<<<<<< ours\n" + bench.site.files[name]
    return f"{name}: a conflict was committed"


def _append(site: Site, chance: Random, names: str, mark: str) -> str:
    name = pick(chance, _theme_files(site, names))
    site.theme[name] = _theme_text(site, name) + mark.format(chance.randrange(1000))
    return f"theme/{name} ends with {mark}"


def _theme_files(site: Site, names: str) -> list[str]:
    here = [name for name in own_theme() if site.theme.get(name, "") is not None]
    return [name for name in here if re.fullmatch(names, name)]


def _theme_text(site: Site, name: str) -> str:
    return site.theme.get(name) or own_theme()[name]


def _set(site: Site, setting: str, name: str, value: Any) -> str:
    site.settings[setting] = {
        **site.settings.get(setting, getattr(pelicanconf, setting)),
        name: value,
    }
    return f"{setting}: {name} → {value}"


def _plain_markdown() -> dict[str, Any]:
    """The project's setting without the function in it, which a file of values can't hold."""
    markdown: dict[str, Any] = deepcopy(pelicanconf.MARKDOWN)
    markdown["extension_configs"].pop("markdown.extensions.toc")
    return markdown
