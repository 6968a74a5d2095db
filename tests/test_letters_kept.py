"""Letters from build to build: made again where something in them changed, and only there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

import pelicanconf
from rubric.store.digests import digest_of
from tests.building import NOW
from tests.edits.bench import Bench
from tests.edits.builds import Forge, Result, difference, read_tree, times_of
from tests.edits.site import Site, Text, own_theme, picture

ADDRESS = "https://circle.example"
LETTERS = ("en/newsletter/first", "en/newsletter/second", "ru/newsletter/first")
FIRST, SECOND, RUSSIAN = LETTERS
ALL = set(LETTERS)
EXTRA = "extra/wish.html"
WITHOUT = {"search", "places", "calendars", "structured_data", "social", "sitemap"}
"""Features that letters need nothing of; a build without them takes half as long."""


def make_site() -> Site:
    """Three letters in two languages; the second one links to a page."""
    languages = {lang: deepcopy(pelicanconf.LANGUAGES[lang]) for lang in ("en", "ru")}
    for lang, option in languages.items():
        option["chain"] = [other for other in languages if other != lang]
    lists = {key: pelicanconf.NEWSLETTER["lists"][key] for key in ("weekly-en", "weekly-ru")}
    site = Site(
        now=NOW,
        settings={
            "SITEURL": ADDRESS,
            "PLUGINS": [
                name for name in pelicanconf.PLUGINS if name.rpartition(".")[2] not in WITHOUT
            ],
            "LANGUAGES": languages,
            "DEFAULT_LANG": "en",
            "NEWSLETTER": {
                **pelicanconf.NEWSLETTER,
                "lists": {key: {**one, "providers": ["listmonk"]} for key, one in lists.items()},
            },
            "SOCIAL_IMAGES": {**pelicanconf.SOCIAL_IMAGES, "images": False},
        },
    )
    site.rubrics["servicefacts"] = {"colour": "#335577", "label": {"en": "Facts", "ru": "Факты"}}
    site.authors["ann"] = {"name": {"en": "Ann", "ru": "Анна"}}
    site.files["images/tea.png"] = picture(8, 6, 99)
    site.texts = {
        "en/posts/tea.md": post("Tea", image="images/tea.png", image_alt="A cup"),
        "en/posts/facts.md": post("Facts", authors=["ann"]),
        "en/posts/alone.md": post("Alone"),
        "ru/posts/tea.md": post("Чай"),
        "en/pages/about.md": Text({"title": "About"}, ["Text."]),
        "en/pages/soon.md": Text({"title": "Soon"}, ["Now."]),
        f"{FIRST}.md": letter("weekly-en", 6, "posts/tea"),
        f"{SECOND}.md": letter("weekly-en", 13, "posts/facts"),
        f"{RUSSIAN}.md": letter("weekly-ru", 6, "posts/tea"),
    }
    site.texts["en/posts/facts.md"].hashtags.append("servicefacts")
    site.texts[f"{SECOND}.md"].paragraphs.append(f"[Soon]({ADDRESS}/en/soon/)")
    return site


def post(title: str, **fields: Any) -> Text:
    return Text({"title": title, "date": "2026-11-01 10:00", **fields}, ["Text."])


def letter(mailing: str, day: int, *posts: str) -> Text:
    fields = {"title": f"Letter of {day}", "date": f"2026-11-{day:02} 09:00", "list": mailing}
    return Text({**fields, "posts": list(posts), "preheader": "News."}, ["Hello."])


class Desk:
    """The site, and what its builds leave."""

    def __init__(self, folder: Path, forge: Forge) -> None:
        self.bench = Bench(folder, make_site(), forge)
        self.site = self.bench.site

    @property
    def exports(self) -> Path:
        return self.bench.output.parent / "exports"

    def build(self) -> tuple[Result, set[str]]:
        """Build again; returns how it ended, and the letters that were made anew."""
        before = self._places()
        result = self._build(self.bench.output)
        after = self._places()
        return result, {each for each in after if before.get(each) != after[each]}

    def build_clean(self) -> Result:
        shutil.rmtree(self.bench.folder / "fresh", ignore_errors=True)
        return self._build(self.bench.folder / "fresh/output")

    def _build(self, output: Path) -> Result:
        bench = self.bench
        bench.write()
        bench.clean.start(bench.content, bench.settings, output, bench.site.now)
        return bench.clean.finish()

    def _places(self) -> dict[str, int]:
        """When each letter was kept."""
        store = self.bench.output.with_name(".output.store") / "values"
        places = {each: store / digest_of(f"mail {each}.md".encode()).hex() for each in ALL}
        return {each: p.stat().st_mtime_ns for each, p in places.items() if p.is_file()}


@pytest.fixture(scope="module")
def forge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forge]:
    with Forge(tmp_path_factory.mktemp("forge"), hash_seed=1) as forge:
        yield forge


@pytest.fixture
def desk(forge: Forge, tmp_path: Path) -> Desk:
    return Desk(tmp_path, forge)


# One after the other: what each changes, and the letters it is in.


def remove_page(site: Site) -> set[str]:
    """The letter that links to it stays as it is, and doesn't go out."""
    del site.texts["en/pages/soon.md"]
    return set()


def add_page(site: Site) -> set[str]:
    site.texts["en/pages/soon.md"] = Text({"title": "Soon"}, ["Now."])
    return set()


def change_issue(site: Site) -> set[str]:
    site.texts[f"{FIRST}.md"].paragraphs = ["Good morning."]
    return {FIRST}


def change_post(site: Site) -> set[str]:
    site.texts["en/posts/facts.md"].fields["title"] = "Other facts"
    return {SECOND}


def change_post_in_no_letter(site: Site) -> set[str]:
    site.texts["en/posts/alone.md"].fields["title"] = "Still alone"
    return set()


def let_time_pass(site: Site) -> set[str]:
    site.now += 3600
    return set()


def rename_author(site: Site) -> set[str]:
    site.authors["ann"]["name"]["en"] = "Ann Lee"
    return {SECOND}


def recolour_rubric(site: Site) -> set[str]:
    site.rubrics["servicefacts"]["colour"] = "#775533"
    return {SECOND}


def change_template(site: Site) -> set[str]:
    return append(site, "templates/newsletter/foot.html", "<p>Bye.</p>\n")


def change_style(site: Site) -> set[str]:
    return append(site, "templates/newsletter/style.css", "p { color: #123456 }\n")


def change_template_of_pages(site: Site) -> set[str]:
    append(site, "templates/archive.html", "<!-- -->")
    return set()


def include_another_template(site: Site) -> set[str]:
    site.theme[f"templates/{EXTRA}"] = "<p>A wish.</p>\n"
    return append(site, "templates/newsletter/foot.html", f'{{% include "{EXTRA}" %}}\n')


def change_the_other_template(site: Site) -> set[str]:
    return append(site, f"templates/{EXTRA}", "<p>Two wishes.</p>\n")


def change_catalogue(site: Site) -> set[str]:
    name = "locale/ru.po"
    text = site.theme.get(name) or own_theme()[name]
    site.theme[name] = text.replace('msgstr "Открыть в браузере"', 'msgstr "В браузере"')
    assert site.theme[name] != text
    return {RUSSIAN}


def resize_picture(site: Site) -> set[str]:
    site.files["images/tea.png"] = picture(9, 6, 99)
    return {FIRST}


def repaint_picture(site: Site) -> set[str]:
    """The address of a rendition contains a hash of the picture."""
    site.files["images/tea.png"] = picture(9, 6, 100)
    return {"en/newsletter/first"}


def mark_links(site: Site) -> set[str]:
    site.settings["NEWSLETTER"]["utm"] = {"source": "letter"}
    return ALL


def ask_elsewhere(site: Site) -> set[str]:
    site.settings["NEWSLETTER"]["feedback_url"] = "https://answers.example/"
    return ALL


def set_up_provider(site: Site) -> set[str]:
    settings = {"listmonk": {"lists": [7], "template_id": 9}}
    site.settings["NEWSLETTER"]["lists"]["weekly-ru"]["provider_settings"] = settings
    return {RUSSIAN}


def send_whole_texts(site: Site) -> set[str]:
    site.settings["NEWSLETTER"]["lists"]["weekly-en"]["is_full"] = True
    return {FIRST, SECOND}


def show_picture_in_text(site: Site) -> set[str]:
    site.texts["en/posts/facts.md"].paragraphs.append("![Desk](/images/desk.png)")
    site.files["images/desk.png"] = picture(5, 5, 5)
    return {SECOND}


def resize_picture_in_text(site: Site) -> set[str]:
    site.files["images/desk.png"] = picture(5, 4, 5)
    return {SECOND}


def change_authority(site: Site) -> set[str]:
    site.settings["FEEDS"] = {**pelicanconf.FEEDS, "authority": "letters.example"}
    return ALL


def change_tagline(site: Site) -> set[str]:
    site.settings["LANGUAGES"]["ru"]["tagline"] = "Другими словами."
    return ALL  # all of them know all languages


STEPS: tuple[tuple[Callable[[Site], set[str]], ...], ...] = (
    (remove_page, change_catalogue),
    (add_page, change_issue, recolour_rubric),
    (change_post, change_post_in_no_letter, set_up_provider),
    (change_template,),
    (change_style,),
    (include_another_template,),
    (change_the_other_template,),
    (resize_picture, rename_author),
    (let_time_pass, change_template_of_pages, repaint_picture),
    (mark_links,),
    (ask_elsewhere,),
    (send_whole_texts,),
    (show_picture_in_text,),
    (resize_picture_in_text,),
    (change_authority,),
    (change_tagline,),
)
"""No two edits of a step change the same letter, so that each has to be noticed."""


def append(site: Site, name: str, text: str) -> set[str]:
    site.theme[name] = (site.theme.get(name) or own_theme()[name]) + text
    return ALL


def test_letters_are_made_where_something_in_them_changed(desk: Desk):
    result, made = desk.build()
    assert made == ALL, result.told
    former = read_tree(desk.exports)
    for step in STEPS:
        changed = [edit(desk.site) for edit in step]
        wanted, name = set().union(*changed), " and ".join(edit.__name__ for edit in step)
        assert sum(map(len, changed)) == len(wanted), name
        result, made = desk.build()
        assert result == desk.build_clean(), name
        assert result.status == 0, (name, result.told)
        fresh = read_tree(desk.bench.folder / "fresh/exports")
        assert difference(fresh, read_tree(desk.exports)) == [], name
        assert made == wanted, name
        assert (fresh != former) == bool(wanted), name
        former = fresh


def test_a_build_of_the_same_site_makes_no_letter_and_writes_none(desk: Desk):
    del desk.site.texts["en/pages/soon.md"]
    first, made = desk.build()
    assert made == ALL
    times = times_of(desk.exports)
    again, made = desk.build()
    assert made == set()
    assert times_of(desk.exports) == times
    # A letter that doesn't go out is told of every time.
    dead = [line for line in again.told if "links to “en/soon/”, which does not exist." in line]
    assert len(dead) == 1
    assert again == first
    assert not (desk.exports / "newsletter/en/second").exists()


def test_exports_that_somebody_changed_are_put_right(desk: Desk):
    desk.build()
    wanted = read_tree(desk.exports)
    shutil.rmtree(desk.exports / "newsletter/ru")
    (desk.exports / "newsletter/en/first/issue.txt").write_bytes(b"by hand")
    assert desk.build()[1] == set()
    assert read_tree(desk.exports) == wanted


def test_letters_of_issues_that_are_gone_go_too(desk: Desk):
    desk.build()
    mine = desk.exports / "newsletter/en/first/sent.txt"
    mine.write_bytes(b"On Friday.")
    assert (desk.exports / "newsletter/en/second/issue.eml").exists()
    desk.site.texts[f"{SECOND}.md"].fields["status"] = "draft"
    assert desk.build()[1] == set()
    assert not (desk.exports / "newsletter/en/second").exists()
    for name in (FIRST, SECOND, RUSSIAN):
        del desk.site.texts[f"{name}.md"]
    desk.build()
    left = [name for name, data in read_tree(desk.exports).items() if data is not None]
    assert [name for name in left if "newsletter" in name] == ["newsletter/en/first/sent.txt"]
    mine.unlink()
