"""Content blocks: quotations that begin with `[!NAME]`, and what frames tables, code and notes."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html
from markdown import Markdown

import pelicanconf
from rubric.markup.block_kinds import ADMONITIONS
from rubric.markup.outline import outline, split_at_signup
from rubric.model.errors import TextProblem
from rubric.model.html_tree import parse
from rubric.model.text_language import TextLanguage
from rubric.newsletter.blocks import simplify_blocks
from rubric.newsletter.paragraphs import to_paragraphs
from tests.cases import cases


def convert(text: str, lang: str = "en") -> str:
    parser = Markdown(**pelicanconf.MARKDOWN)
    parser.text_language = TextLanguage(lang, lang)  # type: ignore[attr-defined]
    return parser.convert(text)


def read(text: str, lang: str = "en") -> lxml_html.HtmlElement:
    return lxml_html.fragment_fromstring(convert(text, lang), create_parent="div")


def quoted(*lines: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in lines)


@cases("name", [name.upper() for name in ADMONITIONS])
def test_a_note_can_have_a_title(name: str) -> None:
    (note,) = read(quoted(f"[!{name}] Mind *the* step", "Text.", "", "More."))
    assert (note.tag, note.get("class")) == ("div", f"admonition {name.lower()}")
    assert [each.text_content() for each in note] == ["Mind the step", "Text.", "More."]


def test_a_note_does_not_continue_a_quotation_above_it() -> None:
    found = read("> Quoted.\n\n> [!NOTE]\n> Noted.\n\n> Quoted again.")
    assert [each.tag for each in found] == ["blockquote", "div", "blockquote"]


@cases("text", ["> [!Note] x", ":::note[x]\n:::", ":::note x\n:::", "> [!note]x"])
def test_both_ways_of_writing_make_the_same(text: str) -> None:
    (note,) = read(text)
    assert note.get("class") == "admonition note"


def test_unknown_names_are_quotations() -> None:
    (quote,) = read("> [!EXAMPLE] As in Obsidian\n> Text.")
    assert quote.tag == "blockquote"
    assert quote.text_content().strip().startswith("[!EXAMPLE] As in Obsidian")


@cases(
    ("last", "by", "role", "has_link"),
    [
        ("— Ann Lee, night desk", "Ann Lee", "night desk", False),
        ("-- *Ann* Lee", "Ann Lee", "", False),
        ("— [Ann](https://a.example), desk, line 2", "Ann", "desk, line 2", True),
        ("—— 李安，夜班", "李安", "夜班", False),
    ],
)  # fmt: skip
def test_pull_quote(last: str, by: str, role: str, has_link: bool) -> None:
    (figure,) = read(quoted("[!QUOTE]", "Words, *words*.", "", "More.", last))
    assert (figure.tag, figure.get("class")) == ("figure", "block pull-quote")
    words, caption = figure
    assert [each.text_content() for each in words] == ["Words, words.", "More."]
    assert caption.xpath("string(*[@class='by'])") == by
    assert caption.xpath("string(*[@class='role'])") == role
    assert bool(caption.xpath(".//a")) == has_link


def test_pull_quote_with_portrait() -> None:
    text = quoted("[!QUOTE]", "Words.", "", "![Ann](/images/ann.png)", "— Ann <Lee> & Co")
    (figure,) = read(text)
    assert [each.tag for each in figure[1]] == ["img", "span"]
    assert figure[1][0].get("alt") == "Ann"
    assert figure[1][1].text_content() == "Ann <Lee> & Co"


def test_hidden_answer_is_details() -> None:
    (answer,) = read(quoted("[!DETAILS] How *long*?", "An hour.", "", "- Really."))
    assert (answer.tag, answer[0].tag) == ("details", "summary")
    assert [each.text_content().strip() for each in answer] == ["How long?", "An hour.", "Really."]


@cases(
    "links",
    [["[A](/a/) · [B](/b/)"], ["- [A](/a/)", "- [B](/b/)"], ["1. [A](/a/)", "", "2. [B](/b/)"]],
)
def test_links_become_buttons(links: list[str]) -> None:
    (box,) = read(quoted("[!ACTION] Take it", "A [link](/c/) in text.", "", *links))
    assert [link.get("href") for link in box.xpath(".//ul//a[@class='button']")] == ["/a/", "/b/"]
    assert box.xpath("string(p[@class='block-title'])") == "Take it"


@cases(
    ("address", "host"),
    [
        ("https://www.example.org/a", "example.org"),
        ("http://blog.example.org:8080/", "blog.example.org"),
        ("second-reply.md", ""),
        ("https://[::1", ""),
    ],
)
def test_link_card(address: str, host: str) -> None:
    (card,) = read(quoted("[!LINK]", "![ ](/images/a.png)", f"[A *title*]({address})", "About it."))
    assert card.xpath("string(p[@class='link-title']/a)") == "A title"
    assert card.xpath("string(p[@class='link-host'])") == host
    assert card.xpath("string(p[not(@class)])") == "About it."
    assert len(card.xpath("img")) == 1


@cases(
    ("data", "lang", "expected"),
    [
        ("- Tea: 30\n- Coffee, black - 10", "en", "Tea 75% 30/Coffee, black 25% 10"),
        ("1. Чай — 1 200\n2. Кофе: злой: 800", "ru", "Чай 60 % 1 200/Кофе: злой 40 % 800"),
        ("- 茶：40％\n- 咖啡：60%", "zh_Hans", "茶 40%/咖啡 60%"),
        ("|A|N|\n|-|-|\n|Tea|1,000|\n|None|0|", "en", "A % N/Tea 100% 1,000/None 0% 0"),
    ],
)
def test_poll(data: str, lang: str, expected: str) -> None:
    (figure,) = read(quoted("[!POLL] Tea or coffee?", *data.split("\n"), "", "40 readers."), lang)
    rows = [" ".join(row.text_content().split()) for row in figure.xpath(".//tr")]
    assert "/".join(rows) == expected
    assert figure[0].tag == "figcaption"
    assert figure[-1].text_content() == "40 readers."
    widths = figure.xpath(".//rect[@class='bar-share']/@width")
    assert all(0 <= float(width) <= 100 for width in widths)
    assert "style" not in lxml_html.tostring(figure, encoding="unicode")


@cases(("name", "scores"), [("CSAT", range(1, 6)), ("NPS", range(11))])
def test_scale(name: str, scores: range) -> None:
    ends = ["- Not *at all*", "- Very"]
    text = quoted(f"[!{name}] Useful?", *ends, "", "[Answer](https://a.example/?n={score}&g=1)")
    (box,) = read(text)
    links = box.xpath(".//ul[@class='scores']/li/a")
    assert [link.text for link in links] == [str(score) for score in scores]
    assert [link.get("href") for link in links] == [f"https://a.example/?n={n}&g=1" for n in scores]
    assert links[0].get("aria-label") == f"{scores[0]} · Not at all"
    assert links[-1].get("aria-label") == f"{scores[-1]} · Very"


def test_steps_keep_their_content() -> None:
    (box,) = read(quoted("[!STEPS]", "1. One", "", "   ```", "   code", "   ```", "2. Two"))
    assert [each.tag for each in box] == ["ol"]
    assert len(box[0]) == 2
    assert box[0].xpath("li[1]//pre")


@cases("title", ["**Before**", "### Before"])
def test_comparison(title: str) -> None:
    (box,) = read(quoted("[!COMPARE]", title, "", "One.", "", "---", "", "**Two** words."))
    left, right = box[0]
    assert left.xpath("string(p[@class='column-title'])") == "Before"
    assert right.text_content().strip() == "Two words."
    assert not right.xpath("p[@class='column-title']")


@cases(
    ("item", "lang", "when", "machine", "text"),
    [
        ("**2021-03-15** — Opened.", "en_GB", "15 March 2021", "2021-03-15", "Opened."),
        ("**2021-03**: Открылись.", "ru", "март 2021\u202fг.", "2021-03", "Открылись."),
        ("**2021** *We* opened.", "en", "2021", "2021", "We opened."),
        ("**Last spring**", "en", "Last spring", "", ""),
        ("**2021-03-15**，开张。", "zh_Hans", "2021年3月15日", "2021-03-15", "开张。"),
    ],
)
def test_timeline(item: str, lang: str, when: str, machine: str, text: str) -> None:
    (box,) = read(quoted("[!TIMELINE]", f"- {item}", "- **Then** [x](/a/)", "  - y"), lang)
    first, second = box.xpath("ul[@class='events']/li")
    assert first.xpath("string(p[@class='event-date'])") == when
    assert first.xpath("string(p/time/@datetime)") == machine
    assert first.xpath("string(p[2])") == text
    assert [each.tag for each in second] == ["p", "p", "ul"]


def test_newsletter_block_links_to_the_newsletter_of_the_text_s_language() -> None:
    html = convert(quoted("[!NEWSLETTER] Letters", "One a week.") + "\n\nAfter.", "ru")
    before, after = split_at_signup(html)
    assert '<a class="button" href="/ru/newsletter/">' in html
    assert "One a week." in before
    assert "button" not in before + after


def test_blocks_can_be_nested() -> None:
    text = ":::::details[More]\n> [!STEPS]\n> 1. One\n> 2. Two\n:::::"
    (details,) = read(text)
    assert [each.tag for each in details] == ["summary", "div"]


MISTAKES = {
    "quote": (["[!QUOTE]", "— Ann Lee"], "without words"),
    "list for a quote": (["[!QUOTE]", "- One"], "without a name"),
    "no answers": (["[!POLL] Tea?", "Text."], "without answers"),
    "no votes": (["[!POLL] Tea?", "- Yes: 0"], "without votes"),
    "no number": (["[!POLL] Tea?", "- Yes: some"], "“Yes: some”"),
    "ends": (["[!NPS] Tea?", "- One", "", "[A](https://a.example/{score})"], "1 names of its ends"),
    "no question": (["[!CSAT]", "[A](https://a.example/{score})"], "without a question"),
    "two rules": (["[!COMPARE]", "A", "", "---", "", "B", "", "---", "", "C"], "two parts"),
    "no list": (["[!TIMELINE]", "Text."], "without a list"),
    "misspelt": (["[!TIMELIN]", "Text."], "not a block"),
}


@cases("mistake", MISTAKES)
def test_wrong_content_is_an_error_with_its_line(mistake: str) -> None:
    lines, said = MISTAKES[mistake]
    body = "Text.\n\n" + quoted(*lines)
    with pytest.raises(TextProblem, match=said) as caught:
        convert(body)
    assert caught.value.find_line(body) == 3
    assert caught.value.fix


def test_of_two_blocks_that_begin_alike_the_wrong_one_is_named() -> None:
    good = quoted("[!POLL] Tea?", "- Yes: 1")
    body = f"{good}\n\nText.\n\n{good}\n\nText.\n\n" + quoted("[!POLL] Tea?", "- Yes: x")
    with pytest.raises(TextProblem) as caught:
        convert(body)
    assert caught.value.find_line(body) == 11


def test_table_is_in_a_named_frame_that_has_focus() -> None:
    (frame,) = read("| tea | coffee |\n|---|---|\n| 1 | 2 |")
    assert dict(frame.attrib) == {
        "aria-label": "tea, coffee",
        "class": "table",
        "role": "region",
        "tabindex": "0",
    }
    assert [each.tag for each in frame] == ["table"]


@cases("fence", ["```", "```python", '```python title="a.py"'])
def test_code_can_be_focused(fence: str) -> None:
    assert '<pre tabindex="0">' in convert(f"{fence}\nx = 1\n```")


def test_footnotes_are_named_in_the_language_of_the_text() -> None:
    labels = {"footnotes": "Примечания", "back": "Назад", "subscribe": ""}
    parser = Markdown(**pelicanconf.MARKDOWN)
    parser.text_language = TextLanguage("ru", "ru", None, labels)  # type: ignore[attr-defined]
    html = parser.convert("Да[^1].\n\n[^1]: Нет.")
    assert 'aria-label="Примечания"' in html
    assert 'aria-label="Назад"' in html
    assert "Jump back" not in html


def test_outline() -> None:
    html = convert("## One {#a}\n\n### Two & *three*\n\n#### Four\n\n## Five[^1]\n\n[^1]: x")
    found = [(each.id, each.text, each.level) for each in outline(html, 2)]
    assert found == [("a", "One", 1), ("two-three", "Two & three", 2), ("five", "Five", 1)]
    assert outline(html, 4) == ()
    assert outline(html, 0) == ()
    assert outline(convert("[TOC]\n\n## One\n\n## Two"), 2) == ()


def test_blocks_in_emails_are_simple() -> None:
    text = (
        quoted("[!DETAILS] How long?", "An hour.")
        + "\n\n"
        + quoted("[!POLL] Tea?", "- Yes: 3", "- No: 1")
        + "\n\n"
        + quoted("[!NPS] Useful?", "[A](https://a.example/{score})")
        + "\n\n"
        + quoted("[!TIMELINE]", "- **2021** [We](https://a.example/) opened.")
    )
    tree = parse(convert(text))
    simplify_blocks(tree)
    assert not tree.find_all(["details", "summary", "svg"])
    strong = [str(each.get_text()) for each in tree.find_all("strong")]
    assert strong == ["How long?", "2021"]
    paragraphs = to_paragraphs(str(tree))
    words = [paragraph.split() for paragraph in paragraphs[:5]]
    assert words[:3] == [["How", "long?"], ["An", "hour."], ["Tea?"]]
    assert words[3:] == [["Yes", "|", "75%", "|", "3"], ["No", "|", "25%", "|", "1"]]
    assert any("0 <https://a.example/0>" in paragraph for paragraph in paragraphs)
    assert paragraphs[-1] == "- 2021 — We <https://a.example/> opened."
