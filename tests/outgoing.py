"""Mails made by hand, for what happens to an issue after it is rendered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html import escape

from rubric.model.entry import Entry
from rubric.model.kinds import ISSUE
from rubric.model.language import Language
from rubric.model.metadata import IssueMetadata
from rubric.model.newsletter import UNSUBSCRIBE_SLOT, Issue, MailingList, Provider, Rendering

PROVIDERS: tuple[Provider, ...] = (
    "listmonk",
    "mailchimp",
    "buttondown",
    "keila",
    "brevo",
    "ghost",
    "mailerlite",
)
SETTINGS: dict[str, dict[str, object]] = {
    "listmonk": {"url": "https://lists.example.org", "lists": [3], "template_id": 7},
    "mailchimp": {"list_id": "a1b2c3", "server": "us6"},
    "buttondown": {},
    "keila": {"sender_id": "ms_1", "segment_id": "sgm_1"},
    "brevo": {"lists": [12]},
    "ghost": {"tags": [{"name": "#newsletter"}]},
    "mailerlite": {"groups": ["42"]},
}
STYLE = "@media (max-width:600px){#letter{width:100%}}@media print{.a{b:c}}"

RUSSIAN = Language("ru", "ru", "ru", "Русский", "Сервисный круг", "О сервисе")
CHINESE = Language("zh-hant", "zh-Hant", "zh_Hant_TW", "繁體中文", "服務圈", "聊服務")


def make_list(language: Language, **changes: object) -> MailingList:
    made = MailingList(
        key=f"weekly-{language.key}",
        lang=language.key,
        name=language.site_name,
        description="",
        cadence="weekly",
        sender_name=language.site_name,
        sender_email="letters@example.org",
        reply_to="hello@example.org",
        postal_address="Circle & Co.\nHauptstraße 1\n10115 Berlin",
        providers=PROVIDERS,
        provider_settings=SETTINGS,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def make_issue(language: Language, subject: str, preheader: str, **changes: object) -> Issue:
    slug = "2026-11-20"
    entry = Entry(
        kind=ISSUE,
        lang=language.key,
        key=f"newsletter/{slug}",
        source=f"{language.key}/newsletter/{slug}.md",
        slug=slug,
        url=f"{language.key}/newsletter/{slug}/",
        status="published",
        title=subject,
        metadata=IssueMetadata(title="Issue 2", list=f"weekly-{language.key}"),
        html="",
    )
    return Issue(
        entry=entry,
        list=make_list(language, **changes),
        language=language,
        number=2,
        subject=subject,
        preheader=preheader,
        date=datetime(2026, 11, 20, 6, 0, tzinfo=UTC),
        posts=(),
        events=(),
    )


def make_rendering(
    language: Language, subject: str, preheader: str, story: str, **changes: object
) -> Rendering:
    """A mail with the slot, a style sheet and a story, in which nothing but HTML is escaped."""
    issue = make_issue(language, subject, preheader, **changes)
    archive, address = f"https://site.example/{issue.entry.url}", issue.list.postal_address
    home = f"https://site.example/{language.key}/?utm_source=newsletter"
    html = (
        f'<!DOCTYPE html>\n<html lang="{language.tag}" dir="ltr"><head><meta charset="utf-8">'
        f"<title>{escape(subject)}</title><style>{STYLE}</style></head>\n"
        f'<body style="margin:0"><div lang="{language.tag}" dir="ltr" id="letter">'
        f"<p>{escape(preheader)}</p>\n"
        f'<p title="{escape(story)}">{escape(story)}</p>\n'
        f'<p><a href="{escape(home)}">{language.site_name}</a></p>\n'
        f'<p><a class="soft" href="{UNSUBSCRIBE_SLOT}">−</a> &nbsp;·&nbsp; '
        f'<a class="soft" href="{archive}">www</a></p>\n'
        f"<p>{escape(address)}</p></div></body></html>\n"
    )
    text = (
        f"{subject}\n\n{story}\n\n{language.site_name}\n{home}\n\n"
        f"−: {UNSUBSCRIBE_SLOT}\nwww: {archive}\n\n{address}\n"
    )
    return Rendering(issue, subject, preheader, html, text, archive)


def russian(**changes: object) -> Rendering:
    return make_rendering(
        RUSSIAN,
        "Тихий понедельник и фигурные {{ скобки }}",
        "Одно СМС в воскресенье; {% if %} и *|FNAME|* остаются как есть",
        "В шаблоне стоит {{ имя }}, {% raw %}, {# заметка #}, *|FNAME|*, {$name}, %%{name}%%, "
        "а адрес такой: https://example.org/?q={{имя}}&t=*|A|* <br> & всё.",
        **changes,
    )


def chinese(**changes: object) -> Rendering:
    return make_rendering(
        CHINESE,
        "安靜的星期一與 {{ 大括號 }}",
        "星期日的一則簡訊；{$name} 與 %%{name}%% 照原樣",
        "範本裡寫著 {{ 名字 }}、{% raw %}、{# 註 #}、*|FNAME|*、{$name}、%%{name}%%，"
        "網址是 https://example.org/?q={{名字}}&t=*|A|* <br>。",
        **changes,
    )
