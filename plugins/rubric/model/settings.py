"""Checks the settings of a site before anything else is done, and completes them."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import pairwise
from pathlib import PurePath
from typing import Any

from rubric.model.conflicting_plugins import find_conflicts
from rubric.model.default_settings import fill_defaults, restore_defaults
from rubric.model.errors import BuildFailed, SiteError
from rubric.model.features import FEATURES, plugin_names, select_features
from rubric.model.findings import Findings
from rubric.model.language import Languages
from rubric.model.library_settings import check_jinja, check_markdown
from rubric.model.pelican_settings import (
    CLEAN,
    MOVED,
    TAKEN_OVER,
    is_feed_address,
    reason_without_effect,
    value_when_off,
)
from rubric.model.rules import Rule, show
from rubric.model.setting_rules import (
    OPTIONS,
    PELICAN,
    PLUGIN_ORDER,
    PLUGINS_NEEDED,
    REQUIRED,
    completed,
)
from rubric.model.user_themes import is_other_theme

CHECKED = "RUBRIC_CHECKED"


@dataclass(slots=True)
class SettingsCheck:
    """The check of one dict of settings; `defaults` are those of Pelican.

    `is_unread` if Pelican failed on them, which also reads some that have no effect.
    """

    settings: dict[str, Any]
    defaults: Mapping[str, Any]
    is_unread: bool = False
    findings: Findings = field(default_factory=Findings)

    def run(self) -> None:
        """Check all settings; those that lack options are completed by their defaults."""
        self.findings.notices += fill_defaults(self.settings, self.defaults)
        self._check_address()
        for name, rule in PELICAN.items():
            if name in self.settings and (self.is_unread or not self._reason_without_effect(name)):
                self._check_value(name, self.settings[name], rule)
        if self.is_unread:
            self._check_feed_addresses()
        if "TIMEZONE" not in self.settings:
            self.findings.refuse(
                "TIMEZONE", "is missing.", 'Write TIMEZONE = "Asia/Almaty", or your own.'
            )
        self._check_folders()
        self._check_plugins()
        self._check_languages()
        for name in OPTIONS:
            self._check_options(name)
        for name in MOVED:
            self._move(name)
        check_jinja(self.settings, self.findings)
        check_markdown(self.settings, self.findings)
        self._take_over()
        if is_other_theme(self.settings):
            restore_defaults(self.settings, self.defaults)
            self.settings.update(self.settings[TAKEN_OVER])
        else:
            self._switch_off()
        self._find_misspelled()

    def _check_value(self, name: str, value: object, rule: Rule) -> bool:
        is_right = rule.accepts(value)
        if not is_right:
            example = show(rule.example)
            self.findings.refuse(
                name, f"{show(value)} is not {rule.kind}.", f"Write it as {example}."
            )
        return is_right

    def _check_address(self) -> None:
        """Check SITEURL; if it is empty, as pelican-quickstart writes it, use a local address."""
        if self.settings.get("SITEURL") != "":
            return
        port = self.settings.get("PORT", 8000)
        self.settings["SITEURL"] = f"http://localhost:{port}"
        self.findings.notices.append(
            f"SITEURL is empty, so feeds and canonical links lead to http://localhost:{port}. "
            'Set it before you publish: SITEURL = "https://example.org".'
        )

    def _check_folders(self) -> None:
        """Check that the output folder is separate, because files in it are replaced."""
        names = ("OUTPUT_PATH", "PATH", "THEME")
        output, *others = (self.settings.get(name) for name in names)
        for name, folder in zip(names[1:], others, strict=True):
            if not (isinstance(output, str) and isinstance(folder, str) and output and folder):
                continue
            one, two = PurePath(output), PurePath(folder)
            if one.is_relative_to(two) or two.is_relative_to(one):
                problem = f"“{output}” is not apart from {name}, “{folder}”."
                self.findings.refuse(
                    "OUTPUT_PATH", problem, "Write the path of a folder beside it."
                )

    def _check_feed_addresses(self) -> None:
        for name, value in self.settings.items():
            if is_feed_address(name) and not isinstance(value, str | None):
                self.findings.refuse(
                    name, f"{show(value)} is not an address.", "Delete the setting."
                )

    def _check_plugins(self) -> None:
        given = self.settings.get("PLUGINS")
        if given is None:
            given = self.settings["PLUGINS"] = []
        if not isinstance(given, list | tuple):
            return  # refused already
        names = plugin_names(given)
        for problem, fix in find_conflicts(names):
            self.findings.refuse("PLUGINS", problem, fix)
        missing = [name for name in PLUGINS_NEEDED if name not in names]
        if missing:
            fix = 'Write from pelicanconf import *, then PLUGINS = [*PLUGINS, "yours"].'
            self.findings.refuse("PLUGINS", f"lacks {', '.join(missing)}.", fix)
        ours = [name for name in names if name in PLUGIN_ORDER]
        for one, next_one in pairwise(ours):
            if PLUGIN_ORDER.index(one) > PLUGIN_ORDER.index(next_one):
                problem = f"has {one} before {next_one}."
                self.findings.refuse("PLUGINS", problem, "Keep the order of pelicanconf.py.")

    def _check_languages(self) -> None:
        try:
            Languages.from_settings(self.settings.get("LANGUAGES", {}))
        except ValueError as error:
            name, _, rest = str(error).partition(": ")
            self.findings.refuse(name, rest, "")
            return
        first = next(iter(self.settings["LANGUAGES"]))
        if self.settings.get("DEFAULT_LANG", first) not in (first, "en"):
            self.findings.notices.append(
                f"DEFAULT_LANG has no effect: the first of LANGUAGES is the default, {first}."
            )

    def _check_options(self, name: str) -> None:
        given, options = self.settings.get(name, {}), OPTIONS[name]
        if not isinstance(given, Mapping) or not all(isinstance(key, str) for key in given):
            example = {key: option.rule.example for key, option in options.items()}
            fix = f"Write it as {show(example)}"
            self.findings.refuse(name, f"{show(given)} is not a dict of options.", f"{fix}.")
            return
        for key, option in options.items():
            full = f'{name}["{key}"]'
            if key in given:
                self._check_value(full, given[key], option.rule)
            elif option.default is REQUIRED and self._needs(name):
                fix = f"It is {option.rule.kind}, such as {show(option.rule.example)}."
                self.findings.refuse(full, "is missing.", fix)
        for key in given:
            if key not in options:
                self.findings.refuse_option(f'{name}["{key}"]', key, options)
        self.settings[name] = completed(name, given)
        if name == "FOLLOW" and isinstance(given.get("telegram"), Mapping):
            self._check_channels(given["telegram"])

    def _needs(self, name: str) -> bool:
        """Return whether a plugin in PLUGINS uses a setting."""
        given = self.settings["PLUGINS"]
        features = select_features(given if isinstance(given, list | tuple) else ())
        return any(name in FEATURES[feature].settings for feature in features)

    def _check_channels(self, channels: Mapping[str, object]) -> None:
        languages = self.settings.get("LANGUAGES")
        for lang in channels:
            if isinstance(languages, Mapping) and lang not in languages:
                reason = f"“{lang}” is not a language of LANGUAGES"
                self.findings.notices.append(
                    f'FOLLOW["telegram"]["{lang}"] has no effect: {reason}.'
                )

    def _reason_without_effect(self, name: str) -> str:
        return reason_without_effect(name, self.settings.get("DIRECT_TEMPLATES"))

    def _move(self, name: str) -> None:
        """Set an option of Rubric by a setting of Pelican, unless both are given."""
        value, default = self.settings.get(name), self.defaults.get(name)
        if value == default or not value:
            return
        setting, option = MOVED[name]
        options = self.settings[setting]
        if not isinstance(options, dict) or options.get(option) == value:
            return
        if options.get(option) == OPTIONS[setting][option].default:
            options[option] = value
        else:
            self.findings.notices.append(f'{name} has no effect: {setting}["{option}"] is set.')

    def _take_over(self) -> None:
        """Switch off what Rubric does instead of Pelican, and keep the values for it."""
        settings = self.settings
        settings[TAKEN_OVER] = {
            name: settings.get(name, self.defaults.get(name, False))
            for name in ("OUTPUT_SOURCES", "DELETE_OUTPUT_DIRECTORY")
        }
        settings.update(dict.fromkeys(settings[TAKEN_OVER], False))
        # `--ignore-cache` sets LOAD_CONTENT_CACHE to False, which is also Pelican's default.
        settings[CLEAN] = bool(settings.get("CACHE_CONTENT")) and not settings["LOAD_CONTENT_CACHE"]
        settings["CACHE_CONTENT"] = settings["LOAD_CONTENT_CACHE"] = False
        if settings.get("DEFAULT_DATE") == "fs":
            settings["DEFAULT_DATE"] = None
            self.findings.notices.append(
                "DEFAULT_DATE has no effect: each checkout has other file times; write date:, or "
                "put the date into the file name."
            )

    def _switch_off(self) -> None:
        """Give settings without effect a value with which Pelican does nothing."""
        for name, value in [*self.settings.items()]:
            reason, default = self._reason_without_effect(name), self.defaults.get(name)
            if not reason:
                continue
            if name == "FEED_DOMAIN":  # Pelican sets it
                default = self.settings.get("SITEURL")
            if value != default and (value or (value is False and default is True)):
                self.findings.notices.append(f"{name} has no effect: {reason}.")
            if name in self.defaults or is_feed_address(name):
                self.settings[name] = value_when_off(name, default)

    def _find_misspelled(self) -> None:
        known = [*OPTIONS, *PELICAN, "LANGUAGES", "PELICAN_CLASS"]
        for name in self.settings:
            is_known = name in known or name in self.defaults or name.startswith("RUBRIC_")
            near = [] if is_known else get_close_matches(name, known, 1, 0.85)
            if near and not self._reason_without_effect(name):
                self.findings.notices.append(f"{name} has no effect. Did you mean {near[0]}?")


def complete_settings(
    settings: dict[str, Any], defaults: Mapping[str, Any], command: Sequence[str] = ()
) -> None:
    """Check and complete the settings of a run, once; prints notices. Raises BuildFailed.

    `command` are the arguments of the process.
    """
    if settings.get(CHECKED):
        return
    check = SettingsCheck(settings, defaults)
    check.run()
    if logging.getLogger().isEnabledFor(logging.WARNING):
        for notice in check.findings.notices:
            print(f"Notice: {notice}", file=sys.stderr)
    if check.findings.errors:
        raise BuildFailed(check.findings.errors)
    # Pelican adds an extension to the list, which is a default of all sites of this process.
    settings["MARKDOWN"] = deepcopy(settings["MARKDOWN"])
    # With Pelican's defaults, settings do not show that this argument is given.
    settings[CLEAN] = settings[CLEAN] or "--ignore-cache" in command
    settings[CHECKED] = True


def find_mistakes(settings: dict[str, Any], defaults: Mapping[str, Any]) -> list[SiteError]:
    """Return the errors in settings with which Pelican itself has failed."""
    check = SettingsCheck(settings, defaults, is_unread=True)
    check.run()
    return check.findings.errors
