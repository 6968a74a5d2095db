"""Rhythms on pages: what a page says is the rule, in every language of the site."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

import pelicanconf
from rubric.editions.formats import Formats
from rubric.editions.rhythms import describe_rhythm, describe_rule
from rubric.events.rhythm import Rhythm, parse_rhythm
from rubric.model.catalogues import Catalogues
from rubric.model.edition import Edition
from rubric.model.event import UserGroup
from rubric.model.language import Language
from rubric.model.moment import load_zone
from rubric.model.recurrence import Recurrence
from tests.building import ROOT
from tests.cases import cases

ALMATY = load_zone("Asia/Almaty")
LANGUAGES = ("en", "ru", "zh-hans", "zh-hant")


def edition_of(key: str) -> tuple[Edition, Formats]:
    locale = pelicanconf.LANGUAGES[key]["locale"]
    language = Language(key, key, locale, key, "", "")
    catalogue = Catalogues(ROOT / "theme/locale").load(key, locale)
    return Edition(language, catalogue.gettext, catalogue.ngettext), Formats(locale)


EDITIONS = {key: edition_of(key) for key in LANGUAGES}


def rhythm(meets: str, at: str = "18:30", founded: str = "2025-01") -> Rhythm:
    return parse_rhythm(meets, at, ALMATY, timedelta(hours=2), founded)


def described(meets: str, lang: str) -> str:
    return describe_rule(rhythm(meets).rule, *EDITIONS[lang])


@cases(
    ("rule", "english", "russian", "simplified", "traditional"),
    [
        (
            "FREQ=WEEKLY;BYDAY=TH",
            "every Thursday",
            "по четвергам",
            "每周四",
            "每週四",
        ),
        (
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            "Monday to Friday",
            "с понедельника по пятницу",
            "每周一至周五",
            "每週一至週五",
        ),
        (
            "FREQ=MONTHLY;BYDAY=-2FR",
            "second to last Friday of the month",
            "предпоследняя пятница месяца",
            "每月倒数第二个星期五",
            "每月倒數第二個星期五",
        ),
        (
            "FREQ=MONTHLY;BYDAY=1TU,3TU",
            "first Tuesday and third Tuesday of the month",
            "первый вторник и третий вторник месяца",
            "每月第一个星期二和第三个星期二",
            "每月第一個星期二和第三個星期二",
        ),
        (
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=3SA",
            "third Saturday of every other month",
            "третья суббота, раз в два месяца",
            "隔月第三个星期六",
            "隔月第三個星期六",
        ),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=5SU",
            "fifth Sunday of the month, every 3 months",
            "пятое воскресенье месяца, раз в 3 месяца",
            "每3个月的第五个星期日",
            "每3個月的第五個星期日",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
            "every other Tuesday",
            "по вторникам через неделю",
            "隔周二",
            "隔週二",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=5;BYDAY=TU,FR",
            "every 5 weeks on Tuesday and Friday",
            "раз в 5 недель: вторник и пятница",
            "每5周的星期二和星期五",
            "每5週的星期二和星期五",
        ),
        (
            "FREQ=YEARLY;BYMONTH=9;BYDAY=1MO",
            "first Monday in September",
            "первый понедельник в сентябре",
            "每年9月的第一个星期一",
            "每年9月的第一個星期一",
        ),
        (
            "FREQ=WEEKLY;BYMONTH=3;BYDAY=MO",
            "every Monday, only in March",
            "по понедельникам, только в марте",
            "仅3月，每周一",
            "僅3月，每週一",
        ),
        (
            "FREQ=WEEKLY;BYMONTH=10,11,12,1,2,3,4,5;BYDAY=TU",
            "every Tuesday, from October to May",
            "по вторникам, с октября по май",
            "十月至五月，每周二",
            "10月至5月，每週二",
        ),
        (
            "FREQ=WEEKLY;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=TH",
            "every Thursday, from September to June",
            "по четвергам, с сентября по июнь",
            "九月至六月，每周四",
            "9月至6月，每週四",
        ),
        (
            "FREQ=WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=TH",
            "every Thursday, except in August",
            "по четвергам, кроме августа",
            "每周四，八月除外",
            "每週四，8月除外",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,-1WE",
            "every Monday and last Wednesday of the month",
            "по понедельникам и последняя среда месяца",
            "每周一和每月最后一个星期三",
            "每週一和每月最後一個星期三",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=15,-1",
            "day 15 and last day of the month",
            "15-е число и последний день месяца",
            "每月15日和最后一天",
            "每月15日和最後一天",
        ),
        ("FREQ=DAILY", "every day", "ежедневно", "每天", "每天"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days", "раз в 3 дня", "每3天", "每3天"),
        (
            "FREQ=WEEKLY;BYDAY=SU;UNTIL=20271231",
            "every Sunday, until 31 December 2027",
            "по воскресеньям, по 31 декабря 2027\u202fг.",
            "每周日，至2027年12月31日",
            "每週日，至2027年12月31日",
        ),
    ],
)
def test_a_rule_is_stated_in_every_language(
    rule: str, english: str, russian: str, simplified: str, traditional: str
):
    said = [described(rule, lang) for lang in LANGUAGES]
    assert said == [english, russian, simplified, traditional]


_MONTHS = st.one_of(
    st.just(()),
    st.sets(st.integers(1, 12), min_size=1, max_size=11).map(lambda m: tuple(sorted(m))),
)
_WEEKLY = st.builds(
    lambda days, interval, months: Recurrence("WEEKLY", interval, days, months),
    st.lists(st.integers(0, 6).map(lambda day: (0, day)), min_size=1, unique=True).map(tuple),
    st.integers(1, 6),
    _MONTHS,
)
_MONTHLY = st.builds(
    lambda days, months: Recurrence("MONTHLY", 1, days, months),
    st.lists(
        st.tuples(st.sampled_from([1, 2, 3, 4, 5, -1, -2]), st.integers(0, 6)),
        min_size=1,
        max_size=3,
        unique=True,
    ).map(tuple),
    _MONTHS,
)
_SKIPPING = st.builds(
    lambda n, day, interval: Recurrence("MONTHLY", interval, ((n, day),)),
    st.sampled_from([1, 2, 3, 4, 5, -1, -2]),
    st.integers(0, 6),
    st.integers(2, 12),
)


@settings(deadline=None, max_examples=60)
@given(st.one_of(_WEEKLY, _MONTHLY, _SKIPPING), st.sampled_from(LANGUAGES))
def test_the_words_on_a_page_mean_the_rule(rule: Recurrence, lang: str):
    """The words, read back, promise the same dates."""
    words = describe_rule(rule, *EDITIONS[lang])
    stated = Rhythm(rule, time(18, 30), ALMATY, None, date(2025, 1, 1))
    assert stated.agrees_with(rhythm(words)), words


def group(rule: str, **fields: object) -> UserGroup:
    parsed = rhythm(rule)
    given_fields = {"recurrence": parsed.rule, "meets_at": parsed.at, **fields}
    return UserGroup(**given_fields)  # type: ignore[arg-type]


def test_words_of_the_author_are_shown_in_their_language_only():
    own = group("every other Thursday", meets="alternate Thursdays", meets_language="en")
    assert describe_rhythm(own, *EDITIONS["en"]) == "alternate Thursdays, 18:30"
    assert describe_rhythm(own, *EDITIONS["ru"]) == "по четвергам через неделю, 18:30"


def test_a_time_in_the_words_is_not_repeated():
    own = group(
        "every Thursday 18:30", meets="every Thursday 18:30", meets_language="en",
        meets_names_time=True,
    )  # fmt: skip
    assert describe_rhythm(own, *EDITIONS["en"]) == "every Thursday 18:30"
    assert describe_rhythm(own, *EDITIONS["zh-hant"]) == "每週四，下午6:30"


@cases(
    "rule",
    [
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYDAY=1MO",
        "FREQ=YEARLY;BYYEARDAY=100",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYDAY=1SU",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=MONTHLY;BYMONTHDAY=-3",
        "FREQ=MONTHLY;BYDAY=-3MO",
        "FREQ=WEEKLY;BYDAY=TH;COUNT=5",
    ],
)
def test_a_rule_without_wording_shows_its_next_dates(rule: str):
    assert not rhythm(rule).rule.has_wording
    shown = group(rule, next_dates=(date(2026, 12, 4), date(2027, 1, 8)))
    assert describe_rhythm(shown, *EDITIONS["en"]) == ("4 December 2026 and 8 January 2027, 18:30")


def test_a_group_without_a_rhythm_has_no_line():
    assert describe_rhythm(UserGroup(), *EDITIONS["en"]) == ""
