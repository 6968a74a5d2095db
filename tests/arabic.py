"""A site of its own in Arabic and English, with all that a language takes."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tests.building import ROOT, Build, build, write_site
from tests.pages import LANGUAGES, write_text
from tools.catalogues import collect

TRANSLATED = {
    "Skip to content": "انتقل إلى المحتوى",
    "Search": "بحث",
    "Events": "فعاليات",
    "Tags": "وسوم",
    "Archive": "الأرشيف",
    "Newsletter": "النشرة",
    "User groups": "مجموعات",
    "View in browser": "عرض في المتصفح",
}

ARABIC: dict[str, Any] = {
    "tag": "ar",
    "locale": "ar",
    "name": "العربية",
    "site_name": "دائرة الخدمة",
    "tagline": "قصص وأساليب ولقاءات لمن يعتنون بالعملاء.",
    "fallback": "list",
    "chain": ["en"],
}

SITE: dict[str, Any] = {
    "LANGUAGES": {"en": {**LANGUAGES["en"], "chain": ["ar"]}, "ar": ARABIC},
    "NEWSLETTER": {
        "lists": {
            "weekly-ar": {
                "lang": "ar",
                "name": "رسالة الجمعة",
                "cadence": "weekly",
                "sender_name": "دائرة الخدمة",
                "sender_email": "letters@example.org",
                "postal_address": "ألماتي 050000، كازاخستان",
                "providers": ["listmonk"],
                "provider_settings": {"listmonk": {"lists": [1], "template_id": 1}},
                "form_action": "https://news.example.org/form",
                "form_field": "email",
            }
        },
        "exports": "exports/newsletter",
    },
}

LONG = "هل ردّ أحد على العميل قبل أن يتصل مرة أخرى؟ " * 8

FILES = {
    "ar/posts/quiet-monday.md": write_text(
        "اثنين هادئ جدًّا",
        f"{LONG}\n\nكتبنا في #خدمة_العملاء،وفي #شكوى أيضًا. العميل مُحَمَّدٌ راضٍ.\n\n"
        "> كل شكوى هدية.\n\n- أولًا\n- ثانيًا\n\n"
        "| السؤال | الجواب |\n|---|---|\n| متى؟ | الآن |",
        tags="أسلوب، رسائل؛ هاتف",
        date="2026-11-05 10:00",
    ),
    "en/posts/quiet-monday.md": write_text("A quiet Monday", "Nobody called. #complaint"),
    "en/posts/only-english.md": write_text("Only in English", "No translation yet."),
    "ar/posts/quote.md": write_text("اقتباس", "", quote="العميل هو المدير.", by="سام والتون"),
    "ar/events/meetup.md": write_text(
        "لقاء ديسمبر",
        "نلتقي.",
        start="2026-12-10 18:30",
        end="2026-12-10 21:00",
        timezone="Asia/Almaty",
        city="ألماتي",
        venue="مقهى Sabyr",
    ),
    "ar/groups/almaty.md": write_text(
        "مجموعة ألماتي",
        "نلتقي كل شهر.",
        city="ألماتي",
        country="KZ",
        timezone="Asia/Almaty",
        meets="أول خميس من كل شهر، 18:30",
    ),
    "ar/newsletter/weekly-2026-11-20.md": write_text(
        "رسالة الجمعة، 20 نوفمبر 2026",
        "مرحبًا.\n\n> اقتباس.\n\n- واحد\n- اثنان",
        date="2026-11-20 09:00",
        status="published",
        list="weekly-ar",
        subject="ظنّوا أن الهاتف معطّل",
        preheader="شاي ولقاء",
        posts=[{"key": "posts/quiet-monday", "note": "أعجبتني."}, "posts/quote"],
        events=["events/meetup"],
    ),
}


def make_catalogue() -> bytes:
    """A catalogue with a handful of translations; all other messages are left to translate."""
    catalogue = Catalog(locale="ar", fuzzy=False)
    for message in collect(ROOT):
        if message.id:
            text = TRANSLATED.get(message.id) if isinstance(message.id, str) else None
            catalogue.add(message.id, text or "", flags=message.flags)
    file = BytesIO()
    write_po(file, catalogue)
    return file.getvalue()


def make_theme(folder: Path, catalogue: bytes | None) -> str:
    """The project's theme with a catalogue for Arabic."""
    theme = folder / "theme"
    shutil.copytree(ROOT / "theme", theme)
    if catalogue is not None:
        (theme / "locale/ar.po").write_bytes(catalogue)
    return str(theme)


def build_arabic(folder: Path, theme: str, **settings: Any) -> Build:
    """Build the site; `settings` replace its own."""
    return build(
        write_site(folder, FILES), folder / "output", **{**SITE, "THEME": theme, **settings}
    )
