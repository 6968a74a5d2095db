"""What authors do to texts."""

from __future__ import annotations

from copy import deepcopy
from random import Random

from tests.edits.bench import Bench, NotHere, pick
from tests.edits.making import (
    AUTHORS,
    TAGS,
    make_post,
    make_questions,
    make_translation,
    moment,
    sentence,
)
from tests.edits.site import (
    Site,
    Text,
    address_of,
    forget,
    key_of,
    name_of,
    picture,
    slug_of,
    users_of,
)

_ALL = ("posts", "events", "groups", "pages", "newsletter")
_DAY = 24


def reword(bench: Bench, chance: Random) -> str:
    path = pick(chance, bench.site.of(*_ALL))
    text = bench.site.texts[path]
    text.paragraphs[0] += f" {sentence(chance, path.split('/')[0])}"
    return f"{path}: its text changes"


def reword_quietly(bench: Bench, chance: Random) -> str:
    """As archives and `rsync -t` do it: other bytes, the same size and time."""
    path = pick(chance, [p for p in bench.site.of("posts") if _is_prose(bench.site.texts[p])])
    text = bench.site.texts[path]
    first = text.paragraphs[0]
    text.paragraphs[0] = first[:1].swapcase() + first[1:]
    if text.paragraphs[0] == first:
        raise NotHere
    bench.quiet.add(f"content/{path}")
    return f"{path}: a letter changes, the file's size and time don't"


def add_paragraph(bench: Bench, chance: Random) -> str:
    path = pick(chance, [p for p in bench.site.of("posts") if _is_prose(bench.site.texts[p])])
    part = sentence(chance, path.split("/")[0])
    bench.site.texts[path].paragraphs.append(f"{part} ![Tea](/images/tea.png)\n\n> {part}")
    return f"{path}: a paragraph, a picture and a quotation are added"


def retitle(bench: Bench, chance: Random) -> str:
    path = pick(chance, bench.site.of(*_ALL))
    title = sentence(chance, path.split("/")[0]).removesuffix(".")
    bench.site.texts[path].fields["title"] = title
    return f"{path}: title → “{title}”"


def summarize(bench: Bench, chance: Random) -> str:
    path = pick(chance, bench.site.of("posts", "events", "pages"))
    fields = bench.site.texts[path].fields
    if fields.pop("summary", None) is None:
        fields["summary"] = sentence(chance, path.split("/")[0])
    return f"{path}: summary → {fields.get('summary')}"


def readdress(bench: Bench, chance: Random) -> str:
    path = pick(chance, bench.site.of("posts", "events", "groups", "pages"))
    text = bench.site.texts[path]
    former = address_of(path, text)
    text.fields["slug"] = slug = f"{name_of(path)}-{chance.randrange(100)}"
    text.fields["aliases"] = sorted({*text.fields.get("aliases", ()), former})
    return f"{path}: slug → {slug}, with the former address"


def readdress_silently(bench: Bench, chance: Random) -> str:
    path = pick(chance, bench.site.of("posts", "events", "groups", "pages"))
    slug = chance.choice((name_of(path), f"чай-{chance.randrange(100)}"))
    bench.site.texts[path].fields["slug"] = slug
    return f"{path}: slug → {slug}, and nobody thinks of the former address"


def swap_slugs(bench: Bench, chance: Random) -> str:
    lang = pick(chance, list(bench.site.languages))
    posts = [path for path in bench.site.of("posts") if path.startswith(f"{lang}/")]
    if len(posts) < 2:
        raise NotHere
    first, second = chance.sample(posts, 2)
    one, two = bench.site.texts[first], bench.site.texts[second]
    slugs = slug_of(first, one), slug_of(second, two)
    two.fields["slug"], one.fields["slug"] = slugs
    return f"{first} and {second} swap their slugs"


def alias(bench: Bench, chance: Random) -> str:
    path = pick(chance, bench.site.of("posts", "events", "groups", "pages"))
    fields = bench.site.texts[path].fields
    if "aliases" in fields and chance.random() < 0.5:
        del fields["aliases"]
        return f"{path}: aliases are taken out"
    former = chance.choice(("/2019/{}.html", "/ru/старое/{}/")).format(chance.randrange(1000))
    fields["aliases"] = [*fields.get("aliases", ()), former]
    return f"{path}: alias {former} is added"


def add_hashtag(bench: Bench, chance: Random) -> str:
    path = pick(chance, bench.site.of("posts", "events"))
    tag = chance.choice((*TAGS, *bench.site.rubrics, f"new{chance.randrange(10)}"))
    bench.site.texts[path].hashtags.append(tag)
    return f"{path}: #{tag} is added"


def drop_hashtag(bench: Bench, chance: Random) -> str:
    path = pick(chance, [path for path, text in bench.site.texts.items() if text.hashtags])
    tags = bench.site.texts[path].hashtags
    tag = tags.pop(chance.randrange(len(tags)))
    return f"{path}: #{tag} is taken out"


def respell_hashtag(bench: Bench, chance: Random) -> str:
    """The spelling used first is shown wherever the tag is."""
    path = pick(chance, [path for path, text in bench.site.texts.items() if text.hashtags])
    tags = bench.site.texts[path].hashtags
    place = chance.randrange(len(tags))
    tags[place] = tags[place].swapcase()
    return f"{path}: spells it #{tags[place]}"


def tag(bench: Bench, chance: Random) -> str:
    path = pick(chance, bench.site.of("posts", "events", "pages"))
    fields = bench.site.texts[path].fields
    tags = set(fields.get("tags", ())) ^ {chance.choice(TAGS)}
    fields["tags"] = sorted(tags)
    return f"{path}: tags → {fields['tags']}"


def link(bench: Bench, chance: Random) -> str:
    path = pick(chance, [p for p in bench.site.of("posts") if _is_prose(bench.site.texts[p])])
    lang = path.split("/")[0]
    others = [p for p in bench.site.of("posts", "events", "groups", "pages") if p != path]
    other = pick(chance, [p for p in others if p.startswith(f"{lang}/")])
    bench.site.texts[path].paragraphs.append(f"[There](../{other.partition('/')[2]})")
    return f"{path}: links to {other}"


def rename(bench: Bench, chance: Random) -> str:
    path = pick(chance, _unused(bench.site, "posts", "events", "pages"))
    target = f"{path.rpartition('/')[0]}/renamed-{chance.randrange(1000)}.md"
    text = bench.site.texts.pop(path)
    keeps = chance.random() < 0.5
    if keeps:
        text.fields["translation_key"] = key_of(path, text)
    bench.site.texts[target] = text
    return f"{path} → {target}{', with its key' if keeps else ''}"


def move_to_language(bench: Bench, chance: Random) -> str:
    path = pick(chance, _unused(bench.site, "posts", "pages"))
    rest = path.partition("/")[2]
    free = [key for key in bench.site.languages if f"{key}/{rest}" not in bench.site.texts]
    target = f"{pick(chance, free)}/{rest}"
    text = bench.site.texts.pop(path)
    forget_links(text)
    bench.site.texts[target] = text
    return f"{path} → {target}"


def delete(bench: Bench, chance: Random) -> str:
    path = pick(chance, bench.site.of(*_ALL))
    forget(bench.site, path)
    del bench.site.texts[path]
    return f"{path} is deleted, and so is what named it"


def add(bench: Bench, chance: Random) -> str:
    lang = pick(chance, list(bench.site.languages))
    path = f"{lang}/posts/new-{chance.randrange(1000)}.md"
    bench.site.texts[path] = text = make_post(bench.site, chance, lang)
    text.fields["date"] = moment(bench.site.now, -chance.choice((1, 5, 400 * _DAY)))
    return f"{path} is added, of {text.fields['date']}"


def translate(bench: Bench, chance: Random) -> str:
    path = pick(chance, bench.site.of("posts", "events", "groups", "pages"))
    rest = path.partition("/")[2]
    free = [key for key in bench.site.languages if f"{key}/{rest}" not in bench.site.texts]
    lang = pick(chance, free)
    text = make_translation(bench.site.texts[path], chance, lang)
    bench.site.texts[f"{lang}/{rest}"] = text
    return f"{path} is translated: {lang}/{rest}"


def untranslate(bench: Bench, chance: Random) -> str:
    rests = [path.partition("/")[2] for path in bench.site.of("posts", "pages")]
    rest = pick(chance, sorted({rest for rest in rests if rests.count(rest) > 1}))
    lang = pick(chance, [k for k in bench.site.languages if f"{k}/{rest}" in bench.site.texts])
    path = f"{lang}/{rest}"
    forget(bench.site, path)
    del bench.site.texts[path]
    return f"{path} is deleted, its translations stay"


def rekey(bench: Bench, chance: Random) -> str:
    """Two texts of two languages become translations, or two translations become two texts."""
    unused = _unused(bench.site, "posts")
    path = pick(chance, unused)
    fields = bench.site.texts[path].fields
    others = [p for p in unused if p.split("/")[0] != path.split("/")[0]]
    if "translation_key" in fields or not others:
        fields["translation_key"] = f"posts/apart-{chance.randrange(100)}"
    else:
        other = chance.choice(others)
        fields["translation_key"] = key_of(other, bench.site.texts[other])
    return f"{path}: translation_key → {fields['translation_key']}"


def postpone(bench: Bench, chance: Random) -> str:
    path = pick(chance, _unused(bench.site, "posts", "events"))
    date = moment(bench.site.now, chance.choice((1, 30, 24 * 9)))
    bench.site.texts[path].fields["date"] = date
    return f"{path}: date → {date}, which is to come"


def redate(bench: Bench, chance: Random) -> str:
    path = pick(chance, bench.site.of("posts"))
    hours = chance.choice((1, 30, 24 * 9, 24 * 800))
    date = moment(bench.site.now, -hours)
    bench.site.texts[path].fields["date"] = date
    return f"{path}: date → {date}"


def modify(bench: Bench, chance: Random) -> str:
    path = pick(chance, bench.site.of("posts", "pages", "events"))
    date = moment(bench.site.now, -chance.randint(0, 20))
    bench.site.texts[path].fields["modified"] = date
    return f"{path}: modified → {date}"


def set_status(bench: Bench, chance: Random) -> str:
    path = pick(chance, _unused(bench.site, "posts", "events", "groups", "pages", "newsletter"))
    fields = bench.site.texts[path].fields
    status = chance.choice(
        [s for s in ("draft", "hidden", "published") if s != fields.get("status")]
    )
    fields["status"] = status
    return f"{path}: status → {status}"


def take_offline(bench: Bench, chance: Random) -> str:
    path = pick(chance, _unused(bench.site, "posts", "events", "pages"))
    fields = bench.site.texts[path].fields
    if fields.pop("gone", False):
        return f"{path}: is no longer gone"
    fields.pop("status", None)
    fields["gone"] = True
    return f"{path}: gone"


def unpublish(bench: Bench, chance: Random) -> str:
    """A text that others need becomes a draft; they stop needing it."""
    path = pick(chance, [p for p in bench.site.of("posts") if any(users_of(bench.site, p))])
    forget(bench.site, path)
    bench.site.texts[path].fields["status"] = "draft"
    return f"{path}: status → draft, and nothing names it any more"


def sign(bench: Bench, chance: Random) -> str:
    path = pick(chance, bench.site.of("posts", "events"))
    authors = chance.sample((*AUTHORS, "Guest Writer"), chance.randint(0, 2))
    bench.site.texts[path].fields["authors"] = authors
    return f"{path}: authors → {authors}"


def arrange_series(bench: Bench, chance: Random) -> str:
    path = pick(chance, bench.site.of("posts"))
    fields = bench.site.texts[path].fields
    if "series" in fields:
        del fields["series"]
        fields.pop("series_part", None)
        return f"{path}: leaves its series"
    fields |= {"series": "Letters", "series_part": chance.randint(3, 9)}
    return f"{path}: joins the series as part {fields['series_part']}"


def illustrate(bench: Bench, chance: Random) -> str:
    path = pick(chance, bench.site.of("posts", "events", "pages"))
    fields = bench.site.texts[path].fields
    if fields.pop("image", None) is None:
        fields |= {"image": "images/tea.png", "image_alt": "Tea"}
    else:
        fields.pop("image_alt", None)
    return f"{path}: image → {fields.get('image')}"


def requote(bench: Bench, chance: Random) -> str:
    path = pick(chance, [p for p, t in bench.site.texts.items() if t.fields.get("kind") == "quote"])
    fields = bench.site.texts[path].fields
    fields |= {"by": f"Chekhov {chance.randrange(9)}", "role": "writer", "source": "A letter"}
    return f"{path}: was said by {fields['by']}"


def change_rubric(bench: Bench, chance: Random) -> str:
    path = pick(chance, [p for p in bench.site.of("posts") if _is_prose(bench.site.texts[p])])
    rubric = pick(chance, [id for id in bench.site.rubrics if id != "servicequotes"])
    text = bench.site.texts[path]
    text.hashtags = [rubric, *(tag for tag in text.hashtags if tag not in bench.site.rubrics)]
    return f"{path}: its rubric → {rubric}"


def ask(bench: Bench, chance: Random) -> str:
    path = pick(chance, [p for p, t in bench.site.texts.items() if t.fields.get("kind") == "faq"])
    bench.site.texts[path].paragraphs = make_questions(chance, path.split("/")[0])
    return f"{path}: other questions"


def add_page(bench: Bench, chance: Random) -> str:
    lang = pick(chance, list(bench.site.languages))
    path = f"{lang}/pages/page-{chance.randrange(1000)}.md"
    bench.site.texts[path] = Text({"title": sentence(chance, lang)}, [sentence(chance, lang)])
    return f"{path} is added"


def edit_letter(bench: Bench, chance: Random) -> str:
    path = pick(chance, bench.site.of("newsletter"))
    fields = bench.site.texts[path].fields
    what = chance.choice(("subject", "preheader", "note", "fewer"))
    if what == "note" and fields["posts"]:
        first = fields["posts"][0]
        key = first["key"] if isinstance(first, dict) else first
        fields["posts"][0] = {"key": key, "note": f"Note {chance.randrange(100)}."}
    elif what == "fewer" and fields["posts"]:
        fields["posts"] = fields["posts"][1:]
    else:
        fields["subject"] = f"Subject {chance.randrange(100)}"
    return f"{path}: {what} changes"


def add_picture(bench: Bench, chance: Random) -> str:
    name = f"images/new-{chance.randrange(100)}.png"
    bench.site.files[name] = picture(chance.randint(3, 9), 5, chance.randrange(256))
    return f"{name} is added"


def change_picture(bench: Bench, chance: Random) -> str:
    name = pick(chance, _pictures(bench.site))
    bench.site.files[name] = picture(chance.randint(3, 99), 5, chance.randrange(256))
    return f"{name} has another picture, of other measures"


def change_picture_quietly(bench: Bench, chance: Random) -> str:
    name = pick(chance, _pictures(bench.site))
    before = bench.site.files[name]
    bench.site.files[name] = before[:-1] + bytes([before[-1] ^ 1])
    bench.quiet.add(f"content/{name}")
    return f"{name}: a byte changes, the file's size and time don't"


def remove_picture(bench: Bench, chance: Random) -> str:
    name = pick(chance, _pictures(bench.site))
    del bench.site.files[name]
    for text in bench.site.texts.values():
        if text.fields.get("image") == name:
            del text.fields["image"]
            text.fields.pop("image_alt", None)
        text.paragraphs = [part.replace(f"![Tea](/{name})", "") for part in text.paragraphs]
    return f"{name} is removed"


def break_text(bench: Bench, chance: Random) -> str:
    """A mistake of an author, of a random kind."""
    path = pick(chance, [p for p in bench.site.of("posts") if _is_prose(bench.site.texts[p])])
    text = bench.site.texts[path]
    mistakes = {
        "has an unknown field": lambda: text.fields.update(titel="x"),
        "has a date that is none": lambda: text.fields.update(date="yesterday"),
        "has no title": lambda: text.fields.pop("title"),
        "links to nothing": lambda: text.paragraphs.append("[x](nowhere.md)"),
        "names no group there is": lambda: text.fields.update(group="nobody"),
        "names a picture that is missing": lambda: text.fields.update(image="images/none.png"),
        "takes an address of the site": lambda: text.fields.update(slug="events"),
    }
    mistake = chance.choice(list(mistakes))
    mistakes[mistake]()
    return f"{path}: {mistake}"


def break_and_reword(bench: Bench, chance: Random) -> str:
    """Another text changes in the same moment."""
    return f"{reword(bench, chance)}; {retitle(bench, chance)}; {break_text(bench, chance)}"


def copy_text(bench: Bench, chance: Random) -> str:
    """The same bytes under two names."""
    path = pick(chance, bench.site.of("posts"))
    target = f"{path.removesuffix('.md')}-copy-{chance.randrange(100)}.md"
    text = deepcopy(bench.site.texts[path])
    for name in ("slug", "aliases", "translation_key"):
        text.fields.pop(name, None)
    bench.site.texts[target] = text
    return f"{path} is copied to {target}"


def forget_links(text: Text) -> None:
    """Take out what leads to other texts: in another folder it would lead nowhere."""
    text.paragraphs = [part.split(" [")[0] for part in text.paragraphs if "](../" not in part]
    text.paragraphs = text.paragraphs or ["Text."]


def _is_prose(text: Text) -> bool:
    """Whether its paragraphs may be changed freely: those of a quotation may not."""
    return text.fields.get("kind") != "quote" and "servicequotes" not in text.hashtags


def _unused(site: Site, *folders: str) -> list[str]:
    return [path for path in site.of(*folders) if not any(users_of(site, path))]


def _pictures(site: Site) -> list[str]:
    return sorted(name for name in site.files if name.startswith("images/"))
