"""Provider files: each in its API's form, a draft, and what authors wrote stays what it was."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import html5lib
import liquid
import pytest
from django.template import Context, Engine  # type: ignore[import-untyped]
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rubric.model.html_tree import parse
from rubric.model.newsletter import UNSUBSCRIBE_SLOT, Rendering
from rubric.newsletter.export import export_files, public_html, public_text
from rubric.newsletter.providers.dialect import WORD_JOINER
from rubric.newsletter.providers.services import (
    SERVICES,
    ascii_identity,
    check_settings,
    export_for,
    identity,
)
from tests.building import ROOT
from tests.cases import cases
from tests.outgoing import (
    PROVIDERS,
    RUSSIAN,
    SETTINGS,
    chinese,
    make_issue,
    make_list,
    make_rendering,
    russian,
)

GOLDEN = ROOT / "tests/golden/newsletter/providers"
HERE = Path(__file__).parent
ARCHIVE = "https://site.example/ru/newsletter/2026-11-20/"
UNSUBSCRIBE = "https://provider.example/out"
ADDRESS = "Circle & Co.\nHauptstraße 1\n10115 Berlin"

Engine_ = Callable[[str], str]


# What each provider's engine makes of a template ---------------------------------------------


def django(template: str) -> str:
    names = {
        "unsubscribe_url": UNSUBSCRIBE,
        "unsubscribe": UNSUBSCRIBE,
    }
    return str(Engine().from_string(template).render(Context(names)))


def solid(template: str) -> str:
    """Keila's Liquid, by another implementation of it."""
    return liquid.parse(template).render(unsubscribe_link=UNSUBSCRIBE)


def mailchimp(template: str) -> str:
    """Merge tags are replaced wherever they stand, unknown ones by nothing."""
    tags = {
        "UNSUB": UNSUBSCRIBE,
    }
    tag = re.compile(r"\*(?:\||%7C)(.*?)(?:\||%7C)\*", re.DOTALL | re.IGNORECASE)
    return tag.sub(lambda match: tags.get(match[1], ""), template)


def mailerlite(template: str) -> str:
    tags = {"unsubscribe": UNSUBSCRIBE}
    return re.sub(r"\{\$([^}]*)\}", lambda match: tags.get(match[1], ""), template)


def ghost(template: str) -> str:
    """Takes the mail apart and joins it again before it looks for tags, as Ghost does."""
    card = re.fullmatch(
        r"<!--kg-card-begin: html-->\n(.*)\n<!--kg-card-end: html-->", template, re.DOTALL
    )
    assert card
    tree = html5lib.parse(card[1], namespaceHTMLElements=False)
    joined = html5lib.serialize(tree, quote_attr_values="always", omit_optional_tags=False)
    known = {"unsubscribe_url": UNSUBSCRIBE, "name": "READER"}
    return re.sub(r"%%\{(\w+)\}%%", lambda match: known.get(match[1], match[0]), joined)


GO = r"""
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	htmltpl "html/template"
	"os"
	"regexp"
	"strings"
	"text/template"
)

var rules = [][2]string{
	{`{{\s*TrackLink\s+"([^"]+)"\s*}}`, `{{ TrackLink "$1" . }}`},
	{`(https?://[\p{L}\p{N}_\-\.~!#$&'()*+,/:;=?@\[\]%]*)@TrackLink`, `{{ TrackLink "$1" . }}`},
	{`{{(\s+)?(UnsubscribeURL|MessageURL)(\s+)?}}`, `{{ $2 . }}`},
}

func main() {
	funcs := map[string]any{
		"TrackLink":      func(string, any) string { return "TRACKED" },
		"UnsubscribeURL": func(any) string { return "https://provider.example/out" },
		"MessageURL":     func(any) string { return "https://provider.example/see" },
		"Safe":           func(s string) htmltpl.HTML { return htmltpl.HTML(s) },
	}
	in := bufio.NewReader(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		var asked struct{ Kind, Source string }
		if err := json.Unmarshal([]byte(line), &asked); err != nil {
			panic(err)
		}
		source := asked.Source
		_, after, found := strings.Segment(source, "{{")
		if asked.Kind != "body" && !(found && strings.Contains(after, "}}")) {
			out.Encode(source)
			continue
		}
		for _, rule := range rules {
			source = regexp.MustCompile(rule[0]).ReplaceAllString(source, rule[1])
		}
		var b bytes.Buffer
		if asked.Kind == "subject" {
			t, err := template.New("t").Funcs(funcs).Parse(source)
			if err == nil {
				err = t.Execute(&b, nil)
			}
			if err != nil {
				b.Reset()
				b.WriteString("ERROR " + err.Error())
			}
		} else {
			t, err := htmltpl.New("t").Funcs(funcs).Parse(source)
			if err == nil {
				err = t.Execute(&b, nil)
			}
			if err != nil {
				b.Reset()
				b.WriteString("ERROR " + err.Error())
			}
		}
		out.Encode(b.String())
	}
}
"""
"""What listmonk does with subject, body and alternative body (its models/campaigns.go)."""


@pytest.fixture(scope="session")
def listmonk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str], str]]:
    """Go's own templates where Go is installed, else the little of them that is used."""
    go = shutil.which("go")
    if go is None:
        yield little_go
        return
    folder = tmp_path_factory.mktemp("go")
    (folder / "main.go").write_text(GO, "utf-8")
    subprocess.run([go, "build", "-o", "engine", "main.go"], cwd=folder, check=True)
    with subprocess.Popen(
        [folder / "engine"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin
        assert process.stdout

        def render(kind: str, source: str) -> str:
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps({"Kind": kind, "Source": source}) + "\n")
            process.stdin.flush()
            return str(json.loads(process.stdout.readline()))

        yield render
        process.stdin.close()


def little_go(kind: str, source: str) -> str:
    """Actions of one string or one known name; anything else is a mistake."""
    if kind != "body" and not re.search(r"\{\{.*\}\}", source, re.DOTALL):
        return source
    assert not re.search(r"https?://[^\s<>\"]*@TrackLink", source)
    names = {"UnsubscribeURL": UNSUBSCRIBE}

    def act(match: re.Match[str]) -> str:
        action = match[1].strip()
        if string := re.fullmatch(r'(?:Safe )?"([^"\\]*)"', action):
            return string[1]
        return names[action]

    return re.sub(r"\{\{(.*?)\}\}", act, source, flags=re.DOTALL)


def payload(rendering: Rendering, provider: str, name: str = "campaign.json") -> Any:
    return json.loads(export_for(rendering, provider)[name])


def html_of(rendering: Rendering, provider: str) -> str:
    """Where each provider's file has the HTML."""
    if provider == "listmonk":
        return str(payload(rendering, provider)["body"])
    if provider == "mailchimp":
        return str(payload(rendering, provider, "content.json")["html"])
    if provider == "buttondown":
        return str(payload(rendering, provider, "email.json")["body"])
    if provider == "keila":
        return str(payload(rendering, provider)["data"]["html_body"])
    if provider == "brevo":
        return str(payload(rendering, provider)["htmlContent"])
    if provider == "ghost":
        return str(payload(rendering, provider, "post.json")["posts"][0]["html"])
    return str(payload(rendering, provider)["emails"][0]["content"])


def subject_of(rendering: Rendering, provider: str) -> str:
    if provider == "mailchimp":
        return str(payload(rendering, provider)["settings"]["subject_line"])
    if provider == "buttondown":
        return str(payload(rendering, provider, "email.json")["subject"])
    if provider == "keila":
        return str(payload(rendering, provider)["data"]["subject"])
    if provider == "ghost":
        return str(payload(rendering, provider, "post.json")["posts"][0]["title"])
    if provider == "mailerlite":
        return str(payload(rendering, provider)["emails"][0]["subject"])
    return str(payload(rendering, provider)["subject"])


def seen(document: str) -> list[str]:
    """What a reader's mail program makes of HTML: texts, titles, targets; no styles."""
    tree = html5lib.parse(document, namespaceHTMLElements=False)
    body = tree.find("body")
    assert body is not None
    paragraphs = []
    for element in body.iter("p"):
        paragraphs.append("".join(element.itertext()))
        paragraphs += [str(element.get("title", ""))]
        paragraphs += [link.get("href", "") for link in element.iter("a")]
    return paragraphs


def expected(rendering: Rendering) -> Rendering:
    """The mail with the slot filled by what the engines above put there."""
    page = rendering.html.replace(UNSUBSCRIBE_SLOT, UNSUBSCRIBE)
    return replace(rendering, html=page, text=rendering.text.replace(UNSUBSCRIBE_SLOT, UNSUBSCRIBE))


PIECES = [
    "{", "}", "{{", "}}", "{%", "%}", "{#", "#}", "{$", "$", "%%{", "}%%", "%", "#", "*", "|",
    "*|", "|*", "*|FNAME|*", "*%7CFNAME%7C*", "{{ x }}", "{$name}", "%%{name}%%", "%%{", "-",
    "{% endraw %}", "https://a.example/", "@TrackLink", '"', "'", "`", "\\", "<", ">", "&",
    "<script>", "<!--", "-->", "&#123;", "name", " ", "\n", "ж", "字", "😀",
]  # fmt: skip
NASTY = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
LINE = NASTY.map(lambda text: text.replace("\n", " "))
SLOTTED = st.lists(st.sampled_from([*PIECES, UNSUBSCRIBE_SLOT]), max_size=12).map("".join)
MANY = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def letter(subject: str, story: str) -> Rendering:
    return make_rendering(RUSSIAN, subject, "", story)


def without_joiner(text: str) -> str:
    return text.replace(WORD_JOINER, "")


# Golden files ----------------------------------------------------------------------------------


@cases("provider", PROVIDERS)
@cases("make", [russian, chinese])
def test_files_of_a_provider_are_these(provider: str, make: Callable[[], Rendering]) -> None:
    rendering = make()
    folder = GOLDEN / rendering.issue.list.lang / provider
    files = export_for(rendering, provider)
    assert sorted(files) == sorted(path.name for path in folder.iterdir())
    for name, content in files.items():
        assert content.decode() == (folder / name).read_text("utf-8")


@cases("make", [russian, chinese])
def test_files_for_everyone_are_these(make: Callable[[], Rendering]) -> None:
    rendering = make()
    folder = GOLDEN / rendering.issue.list.lang
    assert public_html(rendering) == (folder / "issue.html").read_text("utf-8")
    assert public_text(rendering) == (folder / "issue.txt").read_text("utf-8")


# Literal text, by real engines ----------------------------------------------------------------


def preheader_of(rendering: Rendering, provider: str) -> str | None:
    """What a provider shows beside the subject; None if it takes that from the HTML."""
    if provider == "mailchimp":
        return str(payload(rendering, provider)["settings"]["preview_text"])
    if provider == "buttondown":
        return str(payload(rendering, provider, "email.json")["description"])
    if provider == "keila":
        return str(payload(rendering, provider)["data"]["preview_text"])
    if provider == "brevo":
        return str(payload(rendering, provider)["previewText"])
    if provider == "ghost":
        return str(payload(rendering, provider, "post.json")["posts"][0]["custom_excerpt"])
    return None


def print_excerpt_like_ghost(template: str) -> str:
    card = f"<!--kg-card-begin: html-->\n<p>{html.escape(template)}</p>\n<!--kg-card-end: html-->"
    printed = re.search("<p>(.*)</p>", ghost(card), re.DOTALL)
    assert printed
    return html.unescape(printed[1])


@pytest.mark.parametrize(
    ("provider", "engine"),
    [
        ("mailchimp", mailchimp),
        ("buttondown", django),
        ("keila", solid),
        ("brevo", django),
        ("ghost", print_excerpt_like_ghost),
    ],
)
@MANY
@given(LINE)
@example("{{ name }} {% if %} {# note #} *|FNAME|* {$name} %%{name}%% {")
def test_preheader_is_what_authors_wrote(provider: str, engine: Engine_, preheader: str) -> None:
    rendering = make_rendering(RUSSIAN, "Subject", preheader, "")
    template = preheader_of(rendering, provider)
    assert template is not None
    printed = without_joiner(engine(template)).replace("%2A", "*")
    assert printed == preheader


@MANY
@given(LINE, SLOTTED)
def test_listmonk_prints_what_authors_wrote(listmonk, subject: str, story: str) -> None:
    rendering = letter(subject, story)
    campaign = payload(rendering, "listmonk")
    wanted = expected(rendering)
    assert listmonk("subject", campaign["subject"]) == subject
    assert seen(listmonk("body", campaign["body"])) == seen(wanted.html)
    assert listmonk("altbody", campaign["altbody"]) == wanted.text


@MANY
@given(LINE, SLOTTED)
def test_go_interpreter_agrees(subject: str, story: str) -> None:
    """The fallback for a machine without Go reads listmonk's files alike."""
    rendering = letter(subject, story)
    campaign = payload(rendering, "listmonk")
    assert little_go("subject", campaign["subject"]) == subject
    assert little_go("altbody", campaign["altbody"]) == expected(rendering).text


@MANY
@given(LINE, SLOTTED)
def test_keila_prints_what_authors_wrote(subject: str, story: str) -> None:
    rendering = letter(subject, story)
    assert solid(subject_of(rendering, "keila")) == subject
    assert seen(solid(html_of(rendering, "keila"))) == seen(expected(rendering).html)


@MANY
@given(st.sampled_from(["buttondown", "brevo"]), LINE, SLOTTED)
def test_children_of_django_print_what_authors_wrote(
    provider: str, subject: str, story: str
) -> None:
    rendering = letter(subject, story)
    wanted = expected(rendering)
    assert django(subject_of(rendering, provider)) == subject
    assert seen(django(html_of(rendering, provider))) == seen(wanted.html)


@MANY
@given(NASTY)
def test_buttondown_may_take_the_body_apart_first(story: str) -> None:
    """Entities wouldn't survive that."""
    rendering = letter("", story)
    body = html_of(rendering, "buttondown")
    tree = html5lib.parse(body, namespaceHTMLElements=False)
    joined = html5lib.serialize(tree, quote_attr_values="always", omit_optional_tags=False)
    wanted = expected(rendering)
    assert seen(django(joined)) == seen(wanted.html)


@MANY
@given(LINE, NASTY)
def test_mailchimp_shows_what_authors_wrote(subject: str, story: str) -> None:
    rendering = letter(subject, story)
    wanted = expected(rendering)
    assert without_joiner(mailchimp(subject_of(rendering, "mailchimp"))).replace(
        "%2A", "*"
    ) == subject.replace("%2A", "*")
    content = payload(rendering, "mailchimp", "content.json")
    assert seen(mailchimp(content["html"])) == seen(wanted.html)
    text = without_joiner(mailchimp(content["plain_text"]))
    assert text.replace("%2A", "*") == wanted.text.replace("%2A", "*")


@MANY
@given(LINE, NASTY)
def test_mailerlite_shows_what_authors_wrote(subject: str, story: str) -> None:
    rendering = letter(subject, story)
    assert without_joiner(mailerlite(subject_of(rendering, "mailerlite"))) == subject
    page = mailerlite(html_of(rendering, "mailerlite"))
    assert seen(page) == seen(expected(rendering).html)


@MANY
@given(LINE, NASTY)
def test_ghost_shows_what_authors_wrote(subject: str, story: str) -> None:
    rendering = letter(subject, story)
    assert subject_of(rendering, "ghost") == subject
    shown = [
        without_joiner(text).replace("%%%7B", "%%{")
        for text in seen(ghost(html_of(rendering, "ghost")))
    ]
    assert shown == [text.replace("%%%7B", "%%{") for text in seen(expected(rendering).html)]


@cases("provider", PROVIDERS)
def test_style_sheet_opens_no_tag(provider: str) -> None:
    """`{#` opens a comment in Django's children; CSS means the same with a space."""
    page = html_of(russian(), provider)
    styles = [sheet.get_text() for sheet in parse(page).find_all("style")]
    assert len(styles) == 1
    assert "{ #letter{" in styles[0]
    assert not re.search(r"\{[{%#$]", styles[0])


@cases("provider", PROVIDERS)
def test_no_slot_is_left(provider: str) -> None:
    for content in export_for(chinese(), provider).values():
        assert UNSUBSCRIBE_SLOT not in content.decode()


def test_address_of_the_list_is_literal_too() -> None:
    rendering = russian(postal_address="{{ Box }} <7>")
    assert "&#123;{ Box }} &lt;7&gt;" in html_of(rendering, "keila")
    assert '{{ "{" }}{ Box }} {{ Safe "<" }}7>' in payload(rendering, "listmonk")["altbody"]


# Drafts ---------------------------------------------------------------------------------------


def test_every_file_makes_a_draft() -> None:
    """Said where the API's default is another, and no time to send anywhere."""
    rendering = russian()
    assert payload(rendering, "buttondown", "email.json")["status"] == "draft"
    assert payload(rendering, "ghost", "post.json")["posts"][0]["status"] == "draft"
    for provider in PROVIDERS:
        for content in export_for(rendering, provider).values():
            named = re.findall(r'"(\w+)":', content.decode())
            assert not {"send_at", "scheduled_for", "scheduledAt", "publish_date"} & set(named)


def test_listmonk_adds_its_own_unsubscribe_header() -> None:
    campaign = payload(russian(), "listmonk")
    assert campaign["headers"] == [{"Reply-To": "hello@example.org"}]


def test_settings_choose_template_and_audience() -> None:
    template = {**SETTINGS, "buttondown": {"template": "modern"}}
    rendering = russian(provider_settings=template)
    assert payload(rendering, "buttondown", "email.json")["template"] == "modern"
    assert payload(rendering, "mailchimp")["recipients"] == {"list_id": "a1b2c3"}
    assert payload(rendering, "listmonk")["lists"] == [3]


def test_ghost_gets_a_fragment_with_its_styles() -> None:
    card = html_of(russian(), "ghost")
    assert "<html" not in card
    assert "<body" not in card
    assert card.count("<style>") == 1


def test_sender_with_a_comma_is_quoted() -> None:
    rendering = russian(sender_name="Круг, сервис")
    assert payload(rendering, "listmonk")["from_email"] == '"Круг, сервис" <letters@example.org>'


# Names ----------------------------------------------------------------------------------------


def test_identity_is_the_list_and_the_address() -> None:
    assert identity(russian().issue) == "weekly-ru/2026-11-20"
    assert ascii_identity(russian().issue) == "weekly-ru-2026-11-20"


@given(st.text("aя字-_", min_size=1, max_size=120), st.text("aя字-_", min_size=1, max_size=120))
def test_ascii_identities_differ_where_identities_do(one: str, other: str) -> None:
    def named(slug: str) -> str:
        issue = make_issue(RUSSIAN, "", "")
        issue.entry.slug = slug
        return ascii_identity(issue)

    assert re.fullmatch(r"[a-zA-Z0-9_-]{1,100}", named(one))
    assert (named(one) == named(other)) == (one == other)


# Settings -------------------------------------------------------------------------------------


@cases(
    ("provider", "given_", "told"),
    [
        ("listmonk", {"template_id": 7}, "“lists” is missing"),
        ("listmonk", {"lists": [3]}, "“template_id” is missing"),
        ("listmonk", {"lists": "3", "template_id": 7}, "“lists” is '3'"),
        ("listmonk", {"lists": [3], "template_id": True}, "“template_id” is True"),
        ("mailchimp", {}, "“list_id” is missing"),
        ("brevo", {}, "“lists” is missing"),
        ("keila", {"sender": "x"}, "“sender” is unknown. Choose from url, sender_id"),
        ("pigeon", {}, "provider “pigeon” is unknown. Choose from listmonk"),
    ],
)
def test_settings_that_lack_something_name_it(
    provider: str, given_: dict[str, object], told: str
) -> None:
    mailing_list = make_list(RUSSIAN, provider_settings={provider: given_})
    with pytest.raises(ValueError, match=re.escape(told)) as raised:
        check_settings(mailing_list, provider)
    assert "weekly-ru" in str(raised.value)


def test_every_provider_of_the_model_has_a_service() -> None:
    assert sorted(SERVICES) == sorted(PROVIDERS)


# The export -----------------------------------------------------------------------------------


def test_export_has_the_mail_its_parts_and_a_folder_a_provider() -> None:
    rendering = russian(providers=("listmonk", "mailchimp"))
    files = export_files(rendering, b"eml")
    assert list(files) == [
        "issue.html",
        "issue.txt",
        "issue.eml",
        "listmonk/campaign.json",
        "mailchimp/campaign.json",
        "mailchimp/content.json",
    ]
    assert files["issue.eml"] == b"eml"
    assert files == export_files(russian(providers=("listmonk", "mailchimp")), b"eml")


def test_export_of_a_list_without_settings_fails_whole() -> None:
    rendering = russian(providers=("buttondown", "listmonk"), provider_settings={})
    with pytest.raises(ValueError, match="listmonk"):
        export_files(rendering, b"")


def test_parts_for_everyone_hold_no_personal_link() -> None:
    page = public_html(russian())
    links = [text for text in seen(page) if text.startswith("https://")]
    assert ARCHIVE in links
    assert UNSUBSCRIBE_SLOT not in page
    assert ">−<" not in page
    assert '<p><a class="soft" href=' in page
    text = public_text(russian())
    assert f"www: {ARCHIVE}" in text
    assert "−:" not in text
    assert ADDRESS in text
