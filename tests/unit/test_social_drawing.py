"""Social images: drawn whatever the words are, with the right font for each script."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from rubric.model.script import SCRIPTS
from rubric.social.cache import Cache, is_whole
from rubric.social.card import ALT_LENGTH, HEIGHT, WIDTH, Card
from rubric.social.drawing import CardPainter
from rubric.social.font_files import find_fonts
from rubric.social.fonts import Fonts, face_of
from tests.cases import cases

INK = (0x16, 0x21, 0x1D)


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(find_fonts())


@pytest.fixture(scope="module")
def painter(fonts: Fonts) -> CardPainter:
    return CardPainter(fonts)


def card(title: str, tag: str = "en", **fields: object) -> Card:
    given = {"colour": "#b4472e", "site_name": "Circle", **fields}
    return Card(tag=tag, title=title, **given)  # type: ignore[arg-type]


def opened(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content)) as image:
        image.load()
    return image


def ink_rows(content: bytes) -> list[int]:
    """Rows of the title's area that hold ink."""
    image = opened(content).convert("RGB").crop((60, 0, WIDTH, 520))
    pixels = image.load()
    assert pixels is not None
    return [y for y in range(image.height) if any(pixels[x, y] == INK for x in range(image.width))]


TITLES = {
    "en": "The apology that fits the mistake, not the rulebook",
    "ru": "Молчание — тоже канал, и его надо слушать",
    "zh-Hans": "不吭声的客户，也在跟你说话",
    "zh-Hant": "便利商店的一句話，讓人記一輩子",
}


@cases("tag", TITLES)
def test_a_card_is_a_small_picture_of_the_size_services_want(painter: CardPainter, tag: str):
    content = painter.paint(card(TITLES[tag], tag, kicker="Facts", byline="Ann, 2026"))
    image = opened(content)
    assert (image.format or "PNG", image.size) == ("PNG", (1200, 630))
    assert len(content) < 60_000
    assert ink_rows(content)


def test_the_same_card_gives_the_same_bytes():
    assert len({CardPainter(Fonts(find_fonts())).paint(card(TITLES["ru"])) for _ in range(2)}) == 1


def test_the_title_is_what_is_drawn(painter: CardPainter):
    drawn = {painter.paint(card(title)) for title in TITLES.values()}
    assert len(drawn) == len(TITLES)


@cases(
    ("tag", "face"),
    [
        ("zh-Hans", "SC"),
        ("zh-Hant", "TC"),
        ("zh-Hant-HK", "HK"),
        ("zh-TW", "TC"),
        ("ja", "JP"),
        ("ko-KR", "KR"),
        ("en", "SC"),
    ],
)
def test_the_face_is_that_of_the_language(fonts: Fonts, tag: str, face: str):
    assert face_of(tag) == face
    assert fonts.font(face, 20, 400).getname()[0] == f"Noto Sans CJK {face}"


def test_han_characters_take_their_forms_from_the_language(painter: CardPainter):
    """骨 and 直 are drawn differently in mainland China and Taiwan."""
    assert painter.paint(card("骨直", "zh-Hans")) != painter.paint(card("骨直", "zh-Hant"))


def test_each_run_has_the_font_of_its_script(fonts: Fonts):
    assert list(fonts.runs("FCR это 服务", "ru")) == [("Latin", "FCR это "), ("SC", "服务")]
    assert list(fonts.runs("說「service」吧", "zh-Hant")) == [
        ("TC", "說「"),
        ("Latin", "service"),
        ("TC", "」吧"),
    ]
    assert list(fonts.runs("他说“好”。", "zh-Hans")) == [("SC", "他说“好”。")]


@cases(
    ("text", "drawn"),
    [
        ("Hello 🎉 world", "Hello world"),
        ("👩\u200d👩\u200d👧 family", "family"),
        ("🤷🏽\u200d♀️ why", "why"),
        ("zero\u200bwidth\u200djoined\u2060", "zerowidthjoined"),
        ("one\n two\t three", "one two three"),
        ("שלום hello", "hello"),
        ("\u202eevil", "evil"),
        ("e\u0301", "é"),
        ("🎉🎉", ""),
    ],
)
def test_what_no_font_has_is_left_out(fonts: Fonts, text: str, drawn: str):
    assert fonts.drawable(text, "en") == drawn


def test_a_title_nobody_can_draw_gives_way_to_the_name_of_the_site(painter: CardPainter):
    assert painter.paint(card("🎉🎉🎉")) == painter.paint(card("Circle"))


def test_a_long_title_is_set_smaller_and_then_cut(painter: CardPainter):
    for title in ("Word " * 60, "длинноеслово" * 30, "長" * 300, "WWWWW " * 400):
        rows = ink_rows(painter.paint(card(title, kicker="Facts", facts=("When", "Where"))))
        assert rows[-1] < 520 - 1, "the title must end above the foot"


WORDS = st.text(max_size=400) | st.text(
    "服务圈，。「」 <>/script🎉\u200d\u200f\u202eعש", max_size=2000
)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=WORDS, kicker=WORDS, facts=st.lists(WORDS, max_size=3), quotation=st.booleans())
def test_any_words_give_a_picture(
    painter: CardPainter, title: str, kicker: str, facts: list[str], quotation: bool
):
    words = card(
        title,
        kicker=kicker,
        status=kicker[:9],
        facts=tuple(facts),
        byline=title,
        is_quotation=quotation,
    )
    content = painter.paint(words)
    assert is_whole(content)
    assert opened(content).size == (WIDTH, HEIGHT)
    assert len(words.alt) <= ALT_LENGTH


def test_a_kept_picture_is_not_drawn_again(tmp_path):
    cache = Cache(tmp_path)
    content = CardPainter(Fonts(find_fonts())).paint(card("Once"))
    digest = card("Once").digest(find_fonts().versions(SCRIPTS["Latn"]))
    assert cache.get(digest, lambda: content) == content
    assert cache.get(digest, lambda: pytest.fail("drawn again")) == content
    assert cache.drawn == 1


@pytest.mark.parametrize("harm", ["half", "empty", "flipped", "longer", "no file"])
def test_a_torn_picture_is_drawn_again(tmp_path, painter: CardPainter, harm: str):
    cache, content = Cache(tmp_path), painter.paint(card("Torn"))
    cache.get("ab" * 32, lambda: content)
    (path,) = tmp_path.rglob("*.png")
    torn = {
        "half": content[: len(content) // 2],
        "empty": b"",
        "flipped": content[:2000] + bytes([content[2000] ^ 1]) + content[2001:],
        "longer": content + b"\0",
    }
    path.unlink() if harm == "no file" else path.write_bytes(torn[harm])
    assert cache.get("ab" * 32, lambda: content) == content
    assert path.read_bytes() == content
    assert cache.drawn == 2


@given(st.binary(max_size=200))
def test_no_bytes_upset_the_check(data: bytes):
    assert not is_whole(data)
    assert not is_whole(b"\x89PNG\r\n\x1a\n" + data)


@cases(
    "change",
    [
        {"title": "Other"},
        {"tag": "ru"},
        {"colour": "#000000"},
        {"status": "Cancelled"},
        {"facts": ("x",)},
    ],
)
def test_every_change_of_what_is_drawn_changes_the_digest(change: dict[str, object]):
    before = card("Title")
    fields = {"title": "Title", "tag": "en", **change}
    after = card(**fields)  # type: ignore[arg-type]
    assert before.digest("1") != after.digest("1")
    assert before.digest("1") != before.digest("2")
