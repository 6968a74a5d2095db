"""Questions of FAQ pages, and feeds that name their style sheet."""

from __future__ import annotations

from markdown import Markdown

import pelicanconf
from rubric.assets.bundle import feed_stylesheet
from rubric.feeds.stylesheet import add_stylesheet
from rubric.model.edition import Edition
from rubric.model.language import Language
from rubric.model.questions import split_questions
from rubric.reading.questions import check_questions


def to_html(text: str) -> str:
    html: str = Markdown(**pelicanconf.MARKDOWN).convert(text)
    return html


def test_answers_are_what_follows_each_second_level_heading() -> None:
    lead, questions = split_questions(
        to_html("Hello.\n\n## When?\n\nAt six.\n\n### Always?\n\nYes.\n\n## Where, `C#`?\n\nHere.")
    )
    assert lead == "<p>Hello.</p>"
    assert [(question.id, question.text) for question in questions] == [
        ("when", "When?"),
        ("where-c", "Where, C#?"),
    ]
    assert "Always?" in questions[0].answer
    assert questions[1].answer == "<p>Here.</p>"


def test_ids_are_of_any_script_or_as_the_author_wrote() -> None:
    text = "## 怎么订阅？\n\n这样。\n\n## Как найти группу? {#group}\n\nТак."
    assert [question.id for question in split_questions(to_html(text))[1]] == ["怎么订阅", "group"]


def test_a_number_at_the_end_of_a_question_is_no_second_id() -> None:
    text = "## Room\n\nBig.\n\n## Room_1\n\nSmall.\n"
    assert check_questions(to_html(text), text) == []


def test_equal_questions_with_ids_of_their_own_are_two() -> None:
    text = "## When? {#a}\n\nAt six.\n\n## When? {#b}\n\nAt ten.\n"
    assert check_questions(to_html(text), text) == []
    (problem,) = check_questions(to_html(text.replace("#b", "#a")), text)
    assert problem.line == 5


def test_a_picture_is_an_answer_and_white_space_is_none() -> None:
    text = "## When?\n\n![Six](/images/six.png)\n\n## Where?\n\n<!-- soon -->\n"
    (problem,) = check_questions(to_html(text), text)
    assert (problem.line, "Where?" in problem.problem) == (5, True)


def test_a_style_sheet_is_named_between_declaration_and_root() -> None:
    feed = b"<?xml version='1.0' encoding='UTF-8'?>\n<rss version=\"2.0\"/>\n"
    dressed = add_stylesheet(feed, "/a&b.css")
    assert dressed.splitlines()[1] == (b'<?xml-stylesheet type="text/css" href="/a&amp;b.css"?>')
    assert dressed.splitlines()[::2] == feed.splitlines()


def test_words_of_a_feed_s_sheet_can_t_end_its_string() -> None:
    language = Language(
        key="en", tag="en", locale="en", name="English", site_name="", tagline="", chain=()
    )
    edition = Edition(language, lambda text: 'a, b "c\\</d>\n', lambda one, many, n: one)
    _, content = feed_stylesheet("* { display: none; }", edition)
    assert content.decode() == '*{display: none}:root{--about:"a, b \\22 c\\5c \\3c /d\\3e \\a "}'


def test_footnote_mark_is_no_part_of_a_question() -> None:
    mark = '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>'
    (question,) = split_questions(f'<h2 id="why">Why {mark}?</h2><p>So.</p>')[1]
    assert question.text == "Why?"
