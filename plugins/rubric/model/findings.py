"""What a check of settings has found."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from rubric.model.errors import SiteError
from rubric.model.rules import suggest


@dataclass(slots=True)
class Findings:
    """Errors in settings, which stop the build, and notices, one line each."""

    errors: list[SiteError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def refuse(self, name: str, problem: str, fix: str) -> None:
        """Note a mistake in a setting."""
        self.errors.append(SiteError(name, 0, "", problem, fix))

    def refuse_option(self, full: str, key: str, known: Collection[str]) -> None:
        """Note an option that is not among the `known` ones; `full` has the setting's name."""
        fix = suggest(key, known, f"Options are {', '.join(sorted(known))}.")
        self.refuse(full, "is not an option.", fix)

    def ignore(self, full: str, key: str, known: Collection[str]) -> None:
        """Note an option of a library that Rubric does not pass on."""
        hint = suggest(key, known, f"Options are {', '.join(sorted(known))}.")
        self.notices.append(f"{full} has no effect: there is no such option. {hint}")
