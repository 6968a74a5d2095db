"""Languages as the setting names them."""

from __future__ import annotations

from typing import Any

import pytest

from rubric.model.language import Languages
from tests.cases import cases


def option(**more: Any) -> dict[str, Any]:
    return {"tag": "x", "locale": "en", "name": "X", "site_name": "S", "tagline": "T", **more}


def test_first_language_is_the_default_and_order_stays() -> None:
    languages = Languages.from_settings({"ru": option(), "en": option(), "zh-hans": option()})
    assert languages.default.key == "ru"
    assert list(languages) == ["ru", "en", "zh-hans"]
    assert len(languages) == 3
    assert "EN" not in languages


def test_language_hides_what_it_lacks_unless_told_otherwise() -> None:
    language = Languages.from_settings({"en": option()})["en"]
    assert (language.fallback, language.chain, language.dir) == ("hide", (), "ltr")


def test_chain_is_kept_in_order() -> None:
    settings = {"en": option(), "ru": option(), "kk": option(chain=["ru", "en"])}
    assert Languages.from_settings(settings)["kk"].chain == ("ru", "en")


@cases(
    ("settings", "told"),
    [
        ({}, "is empty"),
        ({"zh-Hans": option()}, "lowercase: “zh-hans”"),
        ({"en": option(fallback="show")}, "“show” is unknown. Choose hide, list or full"),
        ({"en": option(chain=["fr"])}, "“fr”, which is not another language"),
        ({"en": option(chain=["en"])}, "“en”, which is not another language"),
        ({"en": option(colour="red")}, "colour"),
        ({"en": {"tag": "en"}}, "locale"),
    ],
)
def test_wrong_setting_is_told(settings: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match="LANGUAGES") as error:
        Languages.from_settings(settings)
    assert told in str(error.value)
