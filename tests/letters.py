"""A small issue in two languages, for tests of letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from rubric.editions.formats import Formats
from rubric.model.author import Author
from rubric.model.edition import Listing
from rubric.model.entry import Entry
from rubric.model.event import EventFacts, Place, Registration
from rubric.model.image_size import Size
from rubric.model.kinds import BUILT_IN
from rubric.model.language import Languages
from rubric.model.metadata import EventMetadata, PageMetadata, PostMetadata, QuoteMetadata
from rubric.model.newsletter import Issue, MailingList, Piece, Rendering
from rubric.model.quotation import Quotation
from rubric.model.rubric import Rubric
from rubric.model.site import Site
from rubric.newsletter.localizer import Localizer
from rubric.newsletter.rendering import Options, Templates, render
from tests.building import ROOT

ALMATY = ZoneInfo("Asia/Almaty")
LANGUAGES = Languages.from_settings(
    {
        "ru": {
            "tag": "ru",
            "locale": "ru",
            "name": "Русский",
            "site_name": "Сервисный круг",
            "tagline": "Истории, приёмы и встречи.",
        },
        "zh-hant": {
            "tag": "zh-Hant",
            "locale": "zh_Hant",
            "name": "繁體中文",
            "site_name": "服務圈",
            "tagline": "故事、方法，還有聚會。",
        },
    }
)
RUBRICS = {
    "servicestories": Rubric(
        "servicestories",
        "#b4472e",
        "story",
        {"ru": "Истории о сервисе", "zh-hant": "服務故事"},
        {},
    ),
    "servicequotes": Rubric(
        "servicequotes", "#7a4fa3", "quote", {"ru": "Цитаты", "zh-hant": "一句話"}, {}
    ),
}
_TEXTS = {
    "ru": {
        "list": "Письмо недели",
        "subject": "Тихий понедельник и две встречи",
        "preheader": "Одна история, одна цитата, одна отмена.",
        "intro": '<p>Здравствуйте! Неделя была тихой, читайте <a href="/blog/ru/tea/#why">про чай'
        "</a>.</p><!-- для себя --><ul><li>первое</li><li>второе &amp; третье</li></ul>",
        "story": "Чай в три часа ночи",
        "summary": "Жалобы приходили с трёх до четырёх. Начальник купил чайник.",
        "author": "Айгерим Садыкова",
        "quote": "Есть только одно верное определение цели бизнеса: создать клиента.",
        "by": "Питер Друкер",
        "meetup": "Вечер жалоб",
        "workshop": "Мастерская писем",
        "city": "Алматы",
        "venue": "Коворкинг «Сабыр»",
        "note": "Это стоит прочитать вслух.",
    },
    "zh-hant": {
        "list": "服務圈週報",
        "subject": "安靜的星期一，還有兩場聚會",
        "preheader": "一則故事、一句話、一場取消。",
        "intro": '<p>大家好！這週很安靜，讀讀<a href="/blog/zh-hant/tea/#why">那杯茶</a>吧。</p>'
        "<!-- 備忘 --><ul><li>第一</li><li>第二 &amp; 第三</li></ul>",
        "story": "凌晨三點的茶",
        "summary": "客訴總在三點到四點之間進來。主管去查原因，回來的時候手上多了一只熱水壺。",
        "author": "艾格麗姆・薩德科娃",
        "quote": "企業的目的只有一個正確而有效的定義：創造顧客。",
        "by": "彼得．杜拉克",
        "meetup": "客訴之夜",
        "workshop": "寫信工作坊",
        "city": "阿拉木圖",
        "venue": "Sabyr 共同工作空間",
        "note": "這篇適合念出來。",
    },
}
_MESSAGES = {
    "ru": {
        "Issue %(n)s": "Выпуск %(n)s",
        "View in browser": "Открыть в браузере",
        "Cancelled": "Отменено",
    },
    "zh-hant": {
        "Issue %(n)s": "第 %(n)s 期",
        "View in browser": "在瀏覽器中閱讀",
        "Cancelled": "已取消",
    },
}


def make_site(url: str = "https://circle.example/blog") -> Site:
    authors = {"aigerim": Author("aigerim", {lang: _TEXTS[lang]["author"] for lang in _TEXTS})}
    now = datetime(2026, 11, 22, 12, tzinfo=ALMATY)
    return Site(url, ALMATY, now, LANGUAGES, rubrics=RUBRICS, authors=authors)


def make_localizer(lang: str) -> Localizer:
    """A language's formats, and messages of which most stay English."""
    own = _MESSAGES[lang]
    return Localizer(
        lambda message: own.get(message, message),
        Formats(LANGUAGES[lang].locale),
    )


def make_options(**values: object) -> Options:
    return replace(
        Options(
            Templates.read(ROOT / "theme"),
            utm={"source": "newsletter", "medium": "email"},
            measure={"/blog/images/tea.jpg": Size(1600, 900)}.get,
        ),
        **values,  # type: ignore[arg-type]
    )


def make_issue(lang: str) -> Issue:
    text = _TEXTS[lang]
    date = datetime(2026, 11, 20, 10, tzinfo=ALMATY)
    story = _entry(lang, "story", "posts/tea", text["story"], f"{lang}/tea/")
    story.metadata = PostMetadata(
        title=text["story"], authors=("aigerim",), image="images/tea.jpg", image_alt="Чайник 茶壺"
    )
    story.summary, story.rubric, story.date = text["summary"], "servicestories", date
    story.picture = "/blog/images/tea.jpg"
    story.html = '<p>Целиком 全文 <a class="hashtag" href="/blog/ru/tags/x/">#x</a></p>'
    quote = _entry(lang, "quote", "posts/drucker", text["by"], f"{lang}/drucker/")
    quote.metadata = QuoteMetadata(title=text["by"])
    quote.rubric, quote.date = "servicequotes", date
    quote.quotation = Quotation(text["quote"], text["by"], source_url="https://books.example/p?a=1")
    meetup = _event(lang, "meetup", text, datetime(2026, 12, 10, 18, 30, tzinfo=ALMATY))
    workshop = _event(lang, "workshop", text, datetime(2026, 12, 5, 11, tzinfo=ALMATY))
    assert workshop.event is not None
    workshop.event = replace(workshop.event, status="cancelled", registration=Registration())
    own = _entry(lang, "page", "newsletter/tuesday", text["subject"], f"{lang}/newsletter/tuesday/")
    own.html, own.date = text["intro"], date
    mailing_list = MailingList(
        key=f"weekly-{lang}",
        lang=lang,
        name=text["list"],
        description="",
        cadence="weekly",
        sender_name=LANGUAGES[lang].site_name,
        sender_email="letters@circle.example",
        reply_to="hello@circle.example",
        postal_address="Abylai Khan 91, Almaty",
    )
    return Issue(
        entry=own,
        list=mailing_list,
        language=LANGUAGES[lang],
        number=7,
        subject=text["subject"],
        preheader=text["preheader"],
        date=date,
        posts=(Piece(_listed(story), text["note"]), Piece(_listed(quote))),
        events=(Piece(_listed(workshop)), Piece(_listed(meetup))),
    )


def render_issue(lang: str, **values: object) -> Rendering:
    return render(make_issue(lang), make_site(), make_localizer(lang), make_options(**values))


def _listed(entry: Entry) -> Listing:
    return Listing(entry, entry.lang, entry.url)


def _entry(lang: str, kind: str, key: str, title: str, url: str) -> Entry:
    return Entry(
        kind=BUILT_IN[kind],
        lang=lang,
        key=key,
        source=f"{lang}/{key}.md",
        slug=key.rpartition("/")[2],
        url=url,
        status="published",
        title=title,
        metadata=PageMetadata(title=title),
        html="",
    )


def _event(lang: str, name: str, text: dict[str, str], start: datetime) -> Entry:
    entry = _entry(lang, "event", f"events/{name}", text[name], f"{lang}/events/{name}/")
    entry.metadata = EventMetadata(title=text[name])
    entry.event = EventFacts(
        starts_at=start,
        ends_at=start.replace(hour=start.hour + 2),
        has_stated_end=True,
        zone=ALMATY,
        all_day=False,
        status="scheduled",
        attendance="in_person",
        place=Place(venue=text["venue"], city=text["city"], country="KZ"),
        registration=Registration(url="https://tickets.example/evening?x=1&y=2"),
        languages=("ru", "kk"),
    )
    return entry
