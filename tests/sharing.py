"""A site to share among builds: two languages, an event, letters, a picture, an old address."""

from __future__ import annotations

from pathlib import Path

from tests.building import write_site
from tests.pages import write_text

SHARES = 3
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def write_shared_site(folder: Path, posts: int = 8) -> Path:
    """Write it with this many posts in each language; returns its content folder."""
    files = {f"images/{name}.svg": _SVG for name in "abc"}
    for number in range(posts):
        body = f"![A](/images/a.svg) Text {number}, see [the first](post-0.md).\n\n#servicestories"
        for lang in ("en", "ru"):
            files[f"{lang}/posts/post-{number}.md"] = write_text(
                f"Post {number}", body, authors=["Ann"], aliases=[f"/{lang}/was-{number}/"]
            )
    files["en/events/meetup.md"] = write_text(
        "Meetup", "Come.", start="2026-12-10 18:30", duration="2h", timezone="Asia/Almaty"
    )
    files["en/newsletter/first.md"] = write_text(
        "The first letter",
        "Hello.",
        status="published",
        list="weekly-en",
        subject="Hello",
        preheader="What we wrote",
        posts=[{"key": "posts/post-0", "note": "Read it."}],
        window_start="2026-10-30 09:00",
        window_end="2026-11-06 09:00",
        considered=["posts/post-0"],
    )
    return write_site(folder, files)


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file by its path below the folder; none if there is no folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
