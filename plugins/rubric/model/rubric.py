"""Rubrics: the hashtag families of content/rubrics.toml."""

from __future__ import annotations

from dataclasses import dataclass

from rubric.model.tag import Tag


@dataclass(frozen=True, slots=True)
class Rubric:
    """A hashtag family: `id` is its hashtag in every language.

    `label` and `description` are by language key; `colour` is `#rrggbb`; `icon` names a
    symbol of the theme; `kind` is the id of the kind of posts of this rubric that name none.
    """

    id: str
    colour: str
    icon: str
    label: dict[str, str]
    description: dict[str, str]
    kind: str = "post"

    @property
    def tag(self) -> Tag:
        return Tag(identity=self.id, spelling=self.id)
