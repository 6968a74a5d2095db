"""The lock and the servers' files, written and read back."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pelicanconf
from rubric.model.addresses import check_segment
from rubric.model.language import Languages
from rubric.model.site import Site
from rubric.redirects.lock import AddressLock, LockedAddress, dump_lock, load_lock
from rubric.redirects.resolve import Gone, Outcome, Redirect
from rubric.redirects.server_files import GONE, make_rules, write_map, write_redirects
from tests.cases import cases
from tests.redirects import read_map, read_redirects

LETTERS = st.characters(
    codec="utf-8", categories=["L", "N", "P", "S", "M"], exclude_characters="/\\?#%&<>\"'|*:;"
)
# Front matter folds white space, and takes no space at an end.
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=2)
SEGMENTS = WORDS.map(" ".join).filter(check_segment)
ADDRESSES = st.lists(SEGMENTS, min_size=1, max_size=3).map(lambda parts: "/".join(parts) + "/")
TEXT = st.text(max_size=20)
BLOCKS = st.builds(
    LockedAddress,
    address=ADDRESSES,
    former=st.lists(ADDRESSES, max_size=3).map(tuple),
    title=TEXT,
    date=TEXT,
    is_fallback=st.booleans(),
    is_gone=st.booleans(),
)


def site_at(url: str) -> Site:
    languages = Languages.from_settings(pelicanconf.LANGUAGES)
    return Site(url, ZoneInfo("UTC"), datetime(2026, 11, 22, tzinfo=UTC), languages)


@settings(deadline=None)
@given(st.dictionaries(TEXT.map(lambda key: f"en/{key}"), BLOCKS, max_size=4))
def test_any_lock_comes_back(entries: dict[str, LockedAddress]) -> None:
    text = dump_lock(AddressLock(entries))
    assert load_lock(text) == AddressLock(entries)
    text.encode()


@settings(deadline=None)
@given(
    st.dictionaries(ADDRESSES, ADDRESSES | st.none(), max_size=6),
    st.sampled_from(["https://example.org", "https://example.org/%D0%B1"]),
    st.booleans(),
)
def test_any_address_comes_back_from_the_servers_files(
    moves: dict[str, str | None], url: str, forced: bool
) -> None:
    outcomes: dict[str, Outcome] = {
        source.casefold(): Redirect(source, target, "", "en") if target else Gone(source, "en")
        for source, target in moves.items()
    }
    site = site_at(url)
    rules = list(make_rules(outcomes.values(), frozenset(), ["en"]))
    table = read_map(write_map(site, rules).decode())
    redirects = read_redirects(write_redirects(site, rules, is_forced=forced).decode())
    mark, base = "!" if forced else "", unquote(site.base)
    for outcome in outcomes.values():
        source = f"{base}/{outcome.source}"
        if isinstance(outcome, Gone):
            assert table[ascii_lower(source)] == GONE
            assert redirects[source] == (f"{base}/en/410.html", f"410{mark}")
        else:
            target = f"{base}/{outcome.target}"
            assert unquote(table[ascii_lower(source)]) == target
            assert redirects[source] == (target, f"301{mark}")
            assert redirects[source.rstrip("/")] == redirects[source]


def ascii_lower(text: str) -> str:
    return "".join(char.lower() if char.isascii() else char for char in text)


def test_the_lock_reads_well() -> None:
    entry = LockedAddress(address="ru/чай/", former=("ru/tea/",), title="Чай", date="2026-11-01")
    assert dump_lock(AddressLock({"ru/posts/tea": entry})).partition("\n\n")[2] == (
        '["ru/posts/tea"]\n'
        'address = "/ru/чай/"\n'
        'former = ["/ru/tea/"]\n'
        'title = "Чай"\n'
        'date = "2026-11-01"\n'
    )


GOOD = '["en/posts/tea"]\naddress = "/en/tea/"\nformer = ["/en/old/"]\n'


@cases(
    ("before", "after", "line", "problem"),
    [
        ('"/en/tea/"', "", 2, "Invalid value"),
        ('"/en/tea/"', '"/en/tea"', 2, "address has an invalid value"),
        ('"/en/tea/"', '"/../../tea/"', 2, "address has an invalid value"),
        ('"/en/tea/"', '"/en/%2e/"', 2, "address has an invalid value"),
        ('["/en/old/"]', '"/en/old/"', 3, "former has an invalid value"),
        ('["/en/old/"]', "[1]", 3, "former has an invalid value"),
        ("address", "adress", 1, "address is missing"),
        ("former", "formre", 3, "formre is unknown"),
        ("former = [", 'gone = "yes"\nformer = [', 3, "gone has an invalid value"),
        ("en/posts/tea", "tea", 1, "is not a language and a key"),
        ('["en', '<<<<<<< HEAD\n["en', 1, "Invalid"),
        ('["en', 'version = 1\n["en', 1, "is not a block"),
    ],
)
def test_a_damaged_lock(before: str, after: str, line: int, problem: str) -> None:
    with pytest.raises(ValueError, match=problem) as caught:
        load_lock(GOOD.replace(before, after, 1))
    assert str(caught.value).startswith(f"line {line}: ")


def test_no_file_is_an_empty_lock() -> None:
    assert load_lock("") == AddressLock() == load_lock(dump_lock(AddressLock()))
