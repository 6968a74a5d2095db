"""Podcasts: what directories such as Apple Podcasts require of feeds with audio or video.

See podcasters.apple.com/support/823-podcast-requirements. An address of an owner is no longer
required there, but other directories write to it to verify a feed.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from rubric.model.site import Site

CATEGORIES: Mapping[str, Sequence[str]] = {
    "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
    "Business": (
        *("Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"),
    ),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "Health & Fitness": (
        *("Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality"),
    ),
    "History": (),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        *("Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies"),
        *("Home & Garden", "Video Games"),
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        *("Business News", "Daily News", "Entertainment News", "News Commentary", "Politics"),
        *("Sports News", "Tech News"),
    ),
    "Religion & Spirituality": (
        *("Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality"),
    ),
    "Science": (
        *("Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics"),
        *("Natural Sciences", "Nature", "Physics", "Social Sciences"),
    ),
    "Society & Culture": (
        *("Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"),
    ),
    "Sports": (
        *("Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf", "Hockey"),
        *("Rugby", "Running", "Soccer", "Swimming", "Tennis", "Volleyball", "Wilderness"),
        "Wrestling",
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
}
"""The categories of Apple Podcasts, with their subcategories."""

_IMAGE_SIZES = range(1400, 3001)
_IMAGE_ENDINGS = (".jpg", ".jpeg", ".png")
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")


@dataclass(frozen=True, slots=True)
class Podcast:
    """FEEDS["podcast"]: what feeds with audio or video say of themselves.

    `category` is one of `CATEGORIES`, and perhaps a subcategory of it. `image` is a path below the
    content folder, of a square picture. `author` is the name of the site in the language of a feed
    if it is empty; `owner_name` and `owner_email` are left out if there is no address.
    """

    category: tuple[str, ...] = ()
    image: str = ""
    is_explicit: bool = False
    author: str = ""
    owner_name: str = ""
    owner_email: str = ""

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Podcast:
        """Raises ValueError for unknown options and values of another type."""
        known = ("category", "image", "explicit", "author", "owner_name", "owner_email")
        for name in settings:
            if name not in known:
                raise ValueError(f"podcast has no option “{name}”. Choose from {', '.join(known)}.")
        given = {**settings}
        category, explicit = given.pop("category", ()), given.pop("explicit", False)
        if isinstance(category, str) or not all(isinstance(name, str) for name in category):
            raise ValueError('podcast["category"] is a list, such as ["Business", "Careers"].')
        if not isinstance(explicit, bool):
            raise ValueError('podcast["explicit"] is True or False.')
        for name, value in given.items():
            if not isinstance(value, str):
                raise ValueError(f'podcast["{name}"] is a text.')
        return cls(category=tuple(category), is_explicit=explicit, **given)

    def find_problems(
        self, site: Site, published: Container[str]
    ) -> Iterator[tuple[str, str, str]]:
        """Yield option, problem and fix for everything that podcast directories reject."""
        if problem := self._category_problem():
            yield "category", *problem
        if problem := self._image_problem(site, published):
            yield "image", *problem
        if self.owner_email and not _MAIL.fullmatch(self.owner_email):
            fix = "Write it as podcast@example.org."
            yield "owner_email", f"“{self.owner_email}” is not an e-mail address.", fix

    def _category_problem(self) -> tuple[str, str] | None:
        if not self.category:
            fix = 'Write a category of Apple Podcasts, such as ["Business", "Careers"].'
            return "is missing, which feeds with audio or video need.", fix
        first, *rest = self.category
        known: Sequence[str] = [*CATEGORIES]
        if first in CATEGORIES:
            if not rest or (len(rest) == 1 and rest[0] in CATEGORIES[first]):
                return None
            first, known = rest[0], CATEGORIES[first]
            if len(rest) > 1 or not known:
                return "has too many names.", "Write a category and at most one subcategory of it."
        near = get_close_matches(first, known, 1) or known
        fix = f"Choose from {', '.join(near)}." if len(near) > 1 else f"Did you mean “{near[0]}”?"
        return f"“{first}” is no category of Apple Podcasts.", fix

    def _image_problem(self, site: Site, published: Container[str]) -> tuple[str, str] | None:
        least, most = _IMAGE_SIZES[0], _IMAGE_SIZES[-1]
        fix = f"Write the path of a square JPEG or PNG of {least} to {most} pixels."
        if not self.image:
            return "is missing, which feeds with audio or video need.", fix
        if self.image not in published:
            return f"there is no published file “{self.image}”.", fix
        size = site.picture_sizes.get(site.path(self.image))
        if size is None or not self.image.lower().endswith(_IMAGE_ENDINGS):
            return f"“{self.image}” is no JPEG or PNG.", fix
        width, height = size
        if width != height or width not in _IMAGE_SIZES:
            return f"“{self.image}” has {width} × {height} pixels.", fix
        return None
