"""Passes that plan and render pictures in several sizes and formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from time import time_ns
from typing import NamedTuple
from unicodedata import normalize

from PIL import features

from rubric.build import Build
from rubric.images.covers import cover_of, links_of
from rubric.images.inspection import SUFFIXES, PictureFacts, inspect
from rubric.images.recordings import find_recording, is_beside, recordings_of
from rubric.images.renditions import Options, Plan, Target, plan_picture
from rubric.model.embeds import EMBED_SITES
from rubric.model.picture import Picture, Rendition
from rubric.model.recording import Recording
from rubric.model.regular import reason_of
from rubric.model.site import Site
from rubric.model.user_themes import is_other_theme

_MEGA = 1_000_000


class PlannedPicture(NamedTuple):
    """A picture with its file, its path below the content folder, and its renditions."""

    source: Path
    name: str
    facts: PictureFacts
    plan: Plan


@dataclass(frozen=True, slots=True)
class PicturePlan:
    """All pictures with renditions, by root-relative link; unusable files by path."""

    pictures: dict[str, PlannedPicture]
    unusable: dict[str, PictureFacts]


def choose_covers(build: Build) -> None:
    """Choose the picture that stands for each text: that of its front matter, else its first."""
    for entry in build.site.entries:
        cover = cover_of(entry)
        if cover != entry.cover:
            entry.cover = cover


def find_files_of_recordings(build: Build) -> None:
    """Publish posters, captions and transcripts that are beside recordings."""
    folders: dict[Path, list[PurePosixPath]] = {}
    found = set[str]()
    for entry in build.site.entries:
        for address in recordings_of(entry, build.site.base):
            recording = PurePosixPath(address)
            folder = build.content / recording.parent
            if folder not in folders and folder.is_dir():
                folders[folder] = [recording.parent / path.name for path in folder.iterdir()]
            names = (path for path in folders.get(folder, ()) if is_beside(path, recording))
            found.update(str(path) for path in names)
    build.linked_files |= found


def plan_renditions(build: Build) -> None:
    """Inspect the pictures of texts, plan their renditions and claim the addresses of these."""
    site, options = build.site, build.settings["IMAGES"]
    if is_other_theme(build.settings):  # its pages would not show them
        build.keep(PicturePlan({}, {}))
        return
    names = dict(_names_by_link(build))
    site.embeds = tuple(options["embeds"])
    build.share(player_origins=[EMBED_SITES[name].origin for name in site.embeds])
    recordings = _find_recordings(build)
    covers = {entry.cover.link for entry in site.entries if entry.cover}
    posters = {recording.poster for recording in recordings.values() if recording.poster}
    used = covers.union(posters, *map(links_of, site.entries))
    sources = {link: build.content / names[link] for link in sorted(used & names.keys())}
    limit = options["max_megapixels"] * _MEGA
    facts = _inspect(build, sources, limit)
    wanted = _options(options)
    if missing := [name for name in wanted.formats if not features.check(name)]:
        names_of = ", ".join(name.upper() for name in missing)
        build.notices.append(f"Pictures have no {names_of}: Pillow was built without it.")
        wanted = replace(wanted, formats=tuple(n for n in wanted.formats if n not in missing))
    planned = {
        link: PlannedPicture(
            source,
            names[link],
            facts[source],
            plan_picture(names[link], facts[source], wanted, needs_jpeg=link in covers),
        )
        for link, source in sources.items()
        if _has_renditions(facts.get(source))
    }
    site.pictures = {link: _to_picture(site, each.plan) for link, each in planned.items()}
    site.recordings = {
        link: replace(recording, poster=site.pictures[recording.poster].default.link)
        if recording.poster in site.pictures
        else recording
        for link, recording in recordings.items()
    }
    addresses = {target.address for each in planned.values() for target in each.plan.targets()}
    site.claims.add_all((address, "a picture") for address in sorted(addresses))
    problems = {names[link]: facts[source] for link, source in sources.items() if source in facts}
    build.keep(
        PicturePlan(planned, {name: each for name, each in problems.items() if each.problem})
    )


def check_pictures(build: Build) -> None:
    """Report pictures that can't be decoded, unless they are reported as unusable files."""
    site = build.site
    reported = {error.path for error in site.errors}
    for name, facts in build.get(PicturePlan).unusable.items():
        place = normalize("NFC", f"{site.content}/{name}")
        if place not in reported:
            site.errors.add(place, facts.problem, facts.fix)


def _find_recordings(build: Build) -> dict[str, Recording]:
    site = build.site
    links = {
        normalize("NFC", address): site.path(normalize("NFC", address))
        for relative, address in build.static_files
        if relative not in build.draft_files
    }
    found: dict[str, Recording] = {}
    for entry in site.entries:
        for address in recordings_of(entry, site.base):
            if address in links and links[address] not in found:
                recording = find_recording(address, links, site.languages, entry.lang)
                found[links[address]] = recording
    return found


def _names_by_link(build: Build) -> Iterator[tuple[str, str]]:
    """Yield link and path of each static file that may be a picture."""
    for relative, address in build.static_files:
        if relative not in build.draft_files and Path(relative).suffix.lower() in SUFFIXES:
            yield build.site.path(normalize("NFC", address)), relative


def _inspect(build: Build, sources: Mapping[str, Path], limit: int) -> Mapping[Path, PictureFacts]:
    """Return the facts of all files that can be read; other files are reported later."""
    read = partial(inspect, max_pixels=limit)
    paths = sorted({path for path in sources.values() if path.is_file()})
    try:
        return build.run.file_facts(f"pictures-{limit}", PictureFacts, read, paths, time_ns())
    except OSError as error:
        fix = "Check the file and its permissions."
        build.site.errors.add(str(error.filename), f"can't be read: {reason_of(error)}.", fix)
        return {}


def _has_renditions(facts: PictureFacts | None) -> bool:
    """Return whether a picture is scaled: an animation is published as it is."""
    return facts is not None and not facts.problem and not facts.is_animated


def _options(given: Mapping[str, object]) -> Options:
    widths, formats, quality = given["widths"], given["formats"], given["quality"]
    assert isinstance(widths, Iterable)
    assert isinstance(formats, Iterable)
    assert isinstance(quality, Mapping)
    return Options(
        widths=tuple(sorted(set(widths))),
        large=int(str(given["large"])),
        formats=tuple(dict.fromkeys(formats)),
        quality={"avif": 55, "webp": 75, "jpeg": 80, **quality},
    )


def _to_picture(site: Site, plan: Plan) -> Picture:
    def rendition(target: Target) -> Rendition:
        return Rendition(site.path(target.address), target.width, target.height)

    return Picture(
        sources=tuple((kind, tuple(map(rendition, each))) for kind, each in plan.sources),
        fallbacks=tuple(map(rendition, plan.fallbacks)),
        large=rendition(plan.large) if plan.large else None,
        jpeg=rendition(plan.jpeg) if plan.jpeg else None,
    )


def render_pictures(build: Build) -> None:
    """Render all pictures that do not exist yet."""
    pictures = build.get(PicturePlan).pictures
    if not pictures:
        return
    # Imported here because Pillow's colour management is slow to import.
    from rubric.images.encoding import Renderer

    renderer = Renderer(build.site.content)
    added = set[str]()
    for source, name, facts, plan in pictures.values():
        targets = [target for target in plan.targets() if target.address not in added]
        added.update(target.address for target in targets)
        widest = max((target.width for target in targets), default=0)
        for target in targets:
            arguments = (source, name, facts, widest, target)
            build.outputs.add_file(target.address, renderer.render, *arguments, is_hashed=True)
