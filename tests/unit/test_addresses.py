"""Who writes what where, and how an address is spelled."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from rubric.model.addresses import AddressConflict, Claims, is_slug
from rubric.model.site import encode
from tests.cases import cases

SEGMENT = st.sampled_from(["a", "A", "b", "index.html", ""])
ADDRESS = st.lists(SEGMENT, min_size=1, max_size=4).map("/".join)
OWNER = st.sampled_from(["content/a.md", "content/b.md", "a feed", "a file of the theme"])
CLAIMS = st.lists(st.tuples(ADDRESS, OWNER), max_size=12)


def claimed(pairs: list[tuple[str, str]]) -> Claims:
    claims = Claims()
    for address, owner in pairs:
        claims.add(address, owner)
    return claims


def all_clashes(pairs: list[tuple[str, str]]) -> Iterator[AddressConflict]:
    """Every claim against every other: what is meant, at whatever cost."""
    by_key: dict[str, list[tuple[str, str]]] = {}
    for address, owner in pairs:
        by_key.setdefault(address.casefold(), []).append((owner, address))
    for key, ((first, address), *others) in by_key.items():
        for other, its in others:
            yield clash(other, first, its)
        for folder, inside in by_key.items():
            if key.startswith(f"{folder}/"):
                for other, _ in inside:
                    yield clash(first, other, address)


def clash(one: str, two: str, address: str) -> AddressConflict:
    told, other = sorted((one, two), key=lambda owner: (" " in owner, owner))
    return AddressConflict(told, other, address)


@given(CLAIMS)
def test_every_clash_is_found(pairs: list[tuple[str, str]]) -> None:
    assert sorted(claimed(pairs).conflicts()) == sorted(all_clashes(pairs))


def test_a_file_where_a_folder_must_be_is_told() -> None:
    claims = claimed([("en/tea/index.html", "content/en/posts/tea.md"), ("EN/tea", "a feed")])
    assert list(claims.conflicts()) == [
        AddressConflict("content/en/posts/tea.md", "a feed", "en/tea/index.html")
    ]


@given(CLAIMS, ADDRESS)
def test_one_address_is_looked_up_as_in_all_of_them(
    pairs: list[tuple[str, str]], address: str
) -> None:
    claims = claimed(pairs)
    page = address if address.endswith("/") or not address else f"{address}/"
    files = {each for each, _ in pairs}
    assert (page in claims) == (f"{page}index.html" in files)
    assert page not in claims or page in claims.addresses()
    assert files <= claims.addresses()


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_an_address_is_encoded_as_the_standard_library_does(address: str) -> None:
    assert encode(address) == quote(address, safe="/:?#[]@!$&'()*+,;=%~-._")


@cases("text", ["desk", "हिन्दी", "ไทยที่", "v1.2", "e_", "a-b_c", "2026"])
def test_slug_has_letters_and_their_marks(text: str) -> None:
    assert is_slug(text)


@cases("text", ["", "_a", "-a", ".a", "a.", "a b", "a/b", "1️⃣", "\u0301a", "a" * 201, "а" * 101])
def test_other_texts_are_no_slug(text: str) -> None:
    assert not is_slug(text)
