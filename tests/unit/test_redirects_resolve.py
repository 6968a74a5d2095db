"""Over any history, what was ever published is live, one hop away, gone, or told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rubric.redirects.findings import find_problems
from rubric.redirects.lock import (
    AddressLock,
    CurrentPage,
    LockedAddress,
    dump_lock,
    load_lock,
    refresh,
)
from rubric.redirects.resolve import Gone, Inventory, Redirect, resolve
from tests.cases import cases

FULL, LIST = "zh-hant", "ru"


@dataclass
class Text:
    slug: str
    status: str = "published"
    aliases: tuple[str, ...] = ()


@dataclass
class World:
    """A content folder in short: texts by guid, one edition that shows originals in full."""

    texts: dict[str, Text] = field(default_factory=dict)
    lock: AddressLock = field(default_factory=AddressLock)
    online: set[str] = field(default_factory=set)

    def url(self, guid: str) -> str:
        return f"{guid.partition('/')[0]}/{self.texts[guid].slug}/"

    def inventory(self) -> Inventory:
        public = [g for g, text in self.texts.items() if text.status in ("published", "hidden")]
        pages = [
            CurrentPage(
                guid=g, address=self.url(g), title=g, is_hidden=self.texts[g].status == "hidden"
            )
            for g in public
        ]
        own = {page.address.casefold() for page in pages}
        listed = [g for g in public if self.texts[g].status == "published"]
        shown = {g: self.url(g) for g in listed}
        for guid in listed:
            lang, _, key = guid.partition("/")
            for other in (FULL, LIST):
                if lang != "en" or f"{other}/{key}" in listed:
                    continue
                here = f"{other}/{self.texts[guid].slug}/"
                is_free = other == FULL and here.casefold() not in own
                shown[f"{other}/{key}"] = here if is_free else self.url(guid)
                if is_free and f"{other}/{key}" not in public:
                    page = CurrentPage(
                        guid=f"{other}/{key}", address=here, title=guid, is_fallback=True
                    )
                    pages.append(page)
        withdrawn = {
            g: (self.url(g), *text.aliases)
            for g, text in self.texts.items()
            if text.status == "gone"
        }
        return Inventory(
            lock=self.lock,
            pages=tuple(pages),
            aliases=tuple((a, g) for g in public for a in self.texts[g].aliases),
            shown=shown,
            withdrawn=withdrawn,
            existing=frozenset(["en/", "en/archive/", "theme/site.css"]),
        )

    def relock(self) -> None:
        inventory = self.inventory()
        self.lock = refresh(self.lock, inventory.pages)
        text = dump_lock(self.lock)
        assert load_lock(text) == self.lock
        assert refresh(self.lock, inventory.pages) == self.lock, "locking again changes nothing"
        self.online |= {page.address for page in inventory.pages}


GUIDS = st.sampled_from([f"{lang}/posts/{key}" for lang in ("en", LIST, FULL) for key in "xy"])
SLUGS = st.sampled_from(["a", "b", "c", "A", "чай"])
OPS = st.tuples(
    st.sampled_from(["slug", "slug", "delete", "replace", "status", "gone", "lock", "lock"]),
    GUIDS,
    SLUGS,
    st.sampled_from(["published", "hidden", "draft", "gone"]),
)


def act(world: World, op: str, guid: str, slug: str, status: str) -> None:
    """Do what an author would, unless a build refuses it: two texts at one address."""
    lang = guid.partition("/")[0]
    used = {world.url(g).casefold() for g in world.texts if g != guid}
    used |= {alias.casefold() for text in world.texts.values() for alias in text.aliases}
    if op == "slug" and f"{lang}/{slug}/".casefold() not in used:
        world.texts[guid] = replace(world.texts.get(guid, Text("")), slug=slug)
    elif op in ("delete", "replace") and guid in world.texts:
        left = world.url(guid)
        del world.texts[guid]
        other = next(iter(sorted(world.texts)), None)
        live = {page.address.casefold() for page in world.inventory().pages}
        if op == "replace" and other and left.casefold() not in live:
            text = world.texts[other]
            world.texts[other] = replace(text, aliases=(*text.aliases, left))
    elif op == "status" and guid in world.texts:
        world.texts[guid] = replace(world.texts[guid], status=status)
    elif op == "gone" and guid in world.lock.entries and guid not in world.texts:
        block = replace(world.lock.entries[guid], is_gone=True)
        world.lock = AddressLock({**world.lock.entries, guid: block})
    elif op == "lock":
        world.relock()


@settings(deadline=None, max_examples=1000)
@given(st.lists(OPS, max_size=30))
def test_no_address_is_ever_lost(ops: list[tuple[str, str, str, str]]) -> None:
    world = World()
    for op in ops:
        act(world, *op)
        inventory = world.inventory()
        outcomes = resolve(inventory)
        live = {page.address for page in inventory.pages}
        told = [finding.problem for finding in find_problems(inventory, outcomes, {})]
        for key, outcome in outcomes.items():
            assert key == outcome.source.casefold()
            assert key not in {address.casefold() for address in live | inventory.existing}
            if isinstance(outcome, Redirect):
                assert outcome.target in live, "one hop"
        for address in world.online:
            is_reached = address in live or address.casefold() in outcomes
            assert is_reached or any(f"/{address}" in problem for problem in told), address


def block(address: str, *former: str, **fields: Any) -> LockedAddress:
    return LockedAddress(address=address, former=former, **fields)


def page(guid: str, address: str, **fields: Any) -> CurrentPage:
    return CurrentPage(guid=guid, address=address, title=fields.pop("title", guid), **fields)


def test_who_held_an_address_last_keeps_it() -> None:
    """After a merge two blocks may name one address."""
    lock = AddressLock({"en/a": block("en/a/", "en/x/"), "en/b": block("en/x/")})
    inventory = Inventory(lock=lock, pages=(page("en/a", "en/a/"), page("en/b", "en/b/")))
    outcome = resolve(inventory)["en/x/"]
    assert isinstance(outcome, Redirect)
    assert outcome.target == "en/b/"


def test_an_alias_by_hand_goes_before_the_lock() -> None:
    lock = AddressLock({"en/a": block("en/old/")})
    pages = (page("en/a", "en/a/"), page("en/b", "en/b/"))
    outcome = resolve(Inventory(lock=lock, pages=pages, aliases=(("en/old/", "en/b"),)))["en/old/"]
    assert outcome == Redirect("en/old/", "en/b/", "en/b", "en", is_alias=True)


def test_what_came_back_is_not_gone() -> None:
    lock = AddressLock({"en/a": block("en/a/", "en/old/", is_gone=True)})
    assert resolve(Inventory(lock=lock, pages=()))["en/a/"] == Gone("en/a/", "en")
    inventory = Inventory(lock=lock, pages=(page("en/a", "en/a/"),))
    assert set(resolve(inventory)) == {"en/old/"}
    (finding,) = find_problems(inventory, resolve(inventory), {})
    assert finding.problem == "is published again, but marked as gone in addresses.lock."
    assert refresh(lock, inventory.pages).entries["en/a"] == block("en/a/", "en/old/", title="en/a")


def test_a_file_in_place_of_a_folder_is_left_alone() -> None:
    lock = AddressLock({"en/a": block("en/notes/")})
    inventory = Inventory(
        lock=lock, pages=(page("en/a", "en/a/"),), existing=frozenset(["en/notes"])
    )
    assert resolve(inventory) == {}


@cases(
    ("guid", "fields"),
    [
        ("en/posts/other", {"title": "Tea"}),
        ("en/posts/other", {"date": "2026-11-01"}),
        ("en/posts/on-te", {}),
    ],
)
def test_a_renamed_file_is_guessed_by_title_date_or_name(guid: str, fields: dict[str, str]):
    lock = AddressLock({"en/posts/on-tea": block("en/tea/", title="Tea", date="2026-11-01")})
    twin = page(guid, "en/other/", where="content/en/posts/new.md", **fields)
    away = page("en/posts/unlike", "en/unlike/", where="content/en/posts/unlike.md")
    inventory = Inventory(lock=lock, pages=(away, twin))
    error = find_problems(inventory, resolve(inventory), {})[0]
    assert "content/en/posts/new.md now, write translation_key: posts/on-tea there" in error.fix
    unlike = replace(inventory, pages=(away,))
    assert "translation_key" not in find_problems(unlike, resolve(unlike), {})[0].fix


def test_an_address_belongs_to_who_took_it_last() -> None:
    lock = AddressLock({"en/a": block("en/a/", "en/x/"), "en/gone": block("en/x/", is_gone=True)})
    pages = [page("en/a", "en/a/"), page("en/b", "en/x/")]
    fresh = refresh(lock, pages)
    assert fresh.entries == {"en/a": block("en/a/"), "en/b": block("en/x/", title="en/b")}
    moved = (pages[0], page("en/b", "en/b/"))
    outcome = resolve(Inventory(lock=fresh, pages=moved))["en/x/"]
    assert isinstance(outcome, Redirect)
    assert outcome.target == "en/b/"


def test_every_address_that_vanished_is_told_at_once() -> None:
    """Former ones too, and those of fallbacks with their original."""
    lock = AddressLock(
        {
            "en/p/a": block("en/c/", "en/a/", "en/b/"),
            "zh-hant/p/a": block("zh-hant/c/", "zh-hant/a/", is_fallback=True),
        }
    )
    inventory = Inventory(lock=lock, pages=())
    (finding,) = find_problems(inventory, resolve(inventory), {})
    told = "/en/a/ and /en/b/ and /en/c/ and /zh-hant/c/ and /zh-hant/a/"
    assert all(address in finding.problem for address in told.split(" and "))
    assert "aliases: [/en/a/, /en/b/, /en/c/]" in finding.fix


def test_fallbacks_go_where_their_original_went() -> None:
    lock = AddressLock(
        {"en/p/a": block("en/a/"), "zh-hant/p/a": block("zh-hant/a/", is_fallback=True)}
    )
    other = page("en/p/b", "en/b/")
    outcomes = resolve(Inventory(lock=lock, pages=(other,), aliases=(("en/a/", "en/p/b"),)))
    assert outcomes["zh-hant/a/"] == Redirect("zh-hant/a/", "en/b/", "en/p/b", "en")
    hidden = page("en/p/a", "en/a/", is_hidden=True)
    outcomes = resolve(Inventory(lock=lock, pages=(hidden,)))
    assert outcomes["zh-hant/a/"] == Redirect("zh-hant/a/", "en/a/", "en/p/a", "en", is_hidden=True)
    withdrawn = {"en/p/a": ("en/a/",)}
    outcomes = resolve(Inventory(lock=lock, pages=(), withdrawn=withdrawn))
    assert outcomes == {"en/a/": Gone("en/a/", "en"), "zh-hant/a/": Gone("zh-hant/a/", "zh-hant")}


def test_a_title_that_changes_leaves_the_lock_as_it_is() -> None:
    lock = refresh(AddressLock(), [page("en/a", "en/a/", title="Tea")])
    assert refresh(lock, [page("en/a", "en/a/", title="Coffee")]) == lock
