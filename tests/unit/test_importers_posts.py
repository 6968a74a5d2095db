"""A message becomes the post that an author would have written."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric.importers.blocks import split_blocks
from rubric.importers.hashtags import gather_hashtags
from rubric.importers.posts import build_post, make_slug
from rubric.importers.telegram import Message, Span, clean
from rubric.importers.titles import cut
from rubric.model.kinds import POST
from rubric.model.quotation import recognize
from rubric.reading.check import check
from rubric.reading.header import parse_header
from tests.cases import cases

ALMATY = ZoneInfo("Asia/Almaty")


def message(*parts: Span | str, unixtime: int | None = 1709355600, local: str = "") -> Message:
    """A message of plain strings and spans, sent 2024-03-02 05:00 UTC."""
    spans = tuple(Span("plain", part) if isinstance(part, str) else part for part in parts)
    return Message(7, "message", unixtime, local, spans)


def read(*parts: Span | str) -> tuple[str, str]:
    """Title and body of a message's post."""
    post = build_post(message(*parts), 5, ALMATY)
    assert post
    header = parse_header(post.text)
    return header.fields["title"], header.body.strip()


def test_front_matter_is_what_the_site_reads() -> None:
    """Title, date in the site's zone, slug and key; nothing else."""
    post = build_post(message("Чай: горячий\n\nТекст."), 5, ALMATY)
    assert post
    header = parse_header(post.text)
    assert list(header.fields) == ["title", "date", "slug", "translation_key"]
    metadata = check(POST, header.fields, ALMATY)
    assert not isinstance(metadata, list)
    assert (metadata.title, metadata.slug) == ("Чай: горячий", "chai-goriachii-7")
    assert metadata.date
    assert metadata.date.timestamp() == 1709355600
    assert metadata.translation_key == "telegram/5/7"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_message_makes_a_file_that_can_be_read(text: str) -> None:
    """No text breaks the front matter."""
    post = build_post(message(clean(text)), 5, ALMATY)
    assert (post is None) == (not any(map(str.isalnum, _words(text))))
    if post:
        assert not isinstance(check(POST, parse_header(post.text).fields, ALMATY), list)
        assert yaml.safe_load(post.text.split("---")[1])


def _words(text: str) -> str:
    """What is left of a text without its hashtags, as the importer sees it."""
    return "".join(
        block.text() for block in gather_hashtags(split_blocks([Span("plain", clean(text))]))[0]
    )


@cases(
    ("text", "title", "body"),
    [
        ("Чай остыл ☕️\n\nТекст.", "Чай остыл", "Текст."),
        ("7️⃣ причин ждать:\nпервая", "7️⃣ причин ждать", "первая"),
        ("Касса закрыта.\nТекст.", "Касса закрыта", "Текст."),
        ("Метод Ч.А.Й. 🔥\n\nТекст.", "Метод Ч.А.Й.", "Текст."),
        ("Кто здесь?..\n\nТекст.", "Кто здесь?..", "Текст."),
        ("🔥🔥\nЗаголовок\n\nТекст.", "Заголовок", "🔥🔥\n\nТекст."),
        ("Заголовок\n\n🥱\n\nТекст.", "Заголовок", "🥱\n\nТекст."),
        ("Одна строка.", "Одна строка", "Одна строка."),
        ("Коллеги,\n\nчай остыл. Беда.", "Коллеги, чай остыл", "Коллеги,\n\nчай остыл. Беда."),
        ("Чай остыл. Беда.\n\nТекст.", "Чай остыл", "Чай остыл. Беда.\n\nТекст."),
        ("«Тише едешь»\n\nи приедешь", "«Тише едешь» и приедешь", "«Тише едешь»\n\nи приедешь"),
        ("服务故事\n\n今天的事。明天的事。", "服务故事", "今天的事。明天的事。"),
        ("今天的事。明天的事。", "今天的事", "今天的事。明天的事。"),
        ("Мой #чай остыл\n\nТекст. #касса", "Мой чай остыл", "Текст.\n\n#чай #касса"),
        ("#чай\nЗаголовок\nТекст\n#Чай #касса", "Заголовок", "Текст\n\n#чай #касса"),
    ],
)
def test_titles(text: str, title: str, body: str) -> None:
    """A short first line is the title and leaves the body; else the first sentence is."""
    assert read(text) == (title, body)


def test_a_long_first_line_is_cut_and_stays() -> None:
    """A cut ends at a clause or word, never with a hanging preposition."""
    text = "Вчера кассир Лена в который раз рассказала нам о том, что чай стынет быстрее, чем " * 2
    title, body = read(f"{text.strip()}.\n\nТекст.")
    assert title == "Вчера кассир Лена в который раз рассказала нам о том…"
    assert body.startswith("Вчера кассир")


def test_a_title_with_a_link_stays_in_the_body() -> None:
    """Taking the line out would lose where it leads."""
    link = Span("text_link", "Новый журнал", "https://example.com")
    title, body = read(link, "\n\nТекст.")
    assert (title, body) == (
        "Новый журнал Текст",
        "[Новый журнал](https://example.com)\n\nТекст.",
    )


@cases(
    "parts",
    [
        ("«Очередь любит чай».\n\nВера Тихонова\n\n#servicequotes",),
        ("«Очередь любит чай».\nВера Тихонова\n#servicequotes",),
        (Span("blockquote", "«Очередь любит чай»."), "\nВера Тихонова"),
    ],
)
def test_quotations_are_recognized(parts: tuple[Span | str, ...]) -> None:
    """The body keeps the form that the site recognizes by itself."""
    title, body = read(*parts)
    assert title == "Вера Тихонова: «Очередь любит чай»"
    assert body.removesuffix("\n\n#servicequotes") == "«Очередь любит чай».\n\nВера Тихонова"
    assert recognize(body.split("\n\n")[:2])


def test_a_definition_is_no_quotation() -> None:
    """«Лёд» — это вода: nobody is called «это вода»."""
    assert read("«Лёд» — это вода.")[0] == "«Лёд» — это вода"


def test_dates_of_repeated_and_missing_hours() -> None:
    """The second of two equal hours is told by its offset; older exports have local time."""
    berlin = ZoneInfo("Europe/Berlin")
    dates = []
    for seconds in (1635640200, 1635643800):
        post = build_post(message("чай", unixtime=seconds), 5, berlin)
        assert post
        metadata = check(POST, parse_header(post.text).fields, berlin)
        assert not isinstance(metadata, list)
        assert metadata.date
        assert metadata.date.timestamp() == seconds
        dates.append(parse_header(post.text).fields["date"])
    assert dates == ["2021-10-31 02:30:00", "2021-10-31 02:30:00+01:00"]
    skipped = build_post(message("чай", unixtime=None, local="2021-03-28T02:30:00"), 5, berlin)
    assert skipped
    assert "date: 2021-03-28 03:30:00" in skipped.text
    for broken in (message("чай", unixtime=10**18), message("чай", unixtime=None, local="вчера")):
        with pytest.raises(ValueError, match=r"out of range|isoformat"):
            build_post(broken, 5, berlin)


def test_slugs_are_ascii_words() -> None:
    """Whole words up to the limit; a title that can't be spelled is a post."""
    assert make_slug("Сколько льда?") == "skolko-lda"
    assert make_slug("服务") == "fu-wu"
    assert make_slug("🔥") == "post"
    assert make_slug("слово " * 20) == "-".join(["slovo"] * 10)


def test_an_address_outlives_its_title() -> None:
    """The slug given once stays."""
    post = build_post(message("Новое имя\n\nТекст."), 5, ALMATY, slug="staroe-imia-7")
    assert post
    assert "slug: staroe-imia-7" in post.text


def test_a_cut_closes_its_quotation_marks() -> None:
    """«…» inside a cut title has both marks."""
    assert cut("Мы читали «Очень длинное название одной книги»", 30) == "Мы читали «Очень длинное…»"
