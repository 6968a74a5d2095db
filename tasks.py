"""Invoke tasks; `invoke --list` lists them. They contain no logic."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from invoke import Collection, Context, task

if TYPE_CHECKING:
    from rubric.model.errors import BuildFailed

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]
PYTHON = sys.executable
CONTENT = os.environ.get("RUBRIC_SITE") or "content"
"""The folder of the site, as pelicanconf.py finds it."""


@task(
    help={
        "content": "content folder",
        "output": "output folder",
        "settings": "settings file",
        "clean": "ignore the results of earlier builds",
        "why": "print why a page or feed is written, such as en/about/",
        "shard": "build a share of the site: 2/8 is the second eighth",
        "only_read": "only read the texts of the share into the store",
        "debug": "print debug messages and tracebacks",
    }
)
def build(
    context: Context,
    content: str = CONTENT,
    output: str = "output",
    settings: str = "pelicanconf.py",
    clean: bool = False,  # noqa: FBT001 (Invoke makes these flags)
    why: str = "",
    shard: str = "",
    only_read: bool = False,  # noqa: FBT001
    debug: bool = False,  # noqa: FBT001
) -> None:
    """Build the whole site; only what has changed since the last build is written."""
    variables = {
        "RUBRIC_CLEAN": "1" if clean else "",
        "RUBRIC_WHY": why,
        "RUBRIC_SHARD": shard,
        "RUBRIC_ONLY_READ": "1" if only_read else "",
    }
    given = {name: value for name, value in variables.items() if value}
    # SITEURL of the environment overrides the settings file.
    site_url = os.environ.get("SITEURL", "").strip().rstrip("/")
    address = ["-e", f"SITEURL={json.dumps(site_url)}"] if site_url else []
    more = [*address, *(["-D"] if debug else [])]
    _pelican(content, "-s", settings, "-o", output, *more, environment=given)


@task(help={"port": "port to listen on"})
def serve(context: Context, port: int = 8000) -> None:
    """Build, serve at http://localhost:8000, and rebuild when a file changes."""
    arguments = ("--autoreload", "--listen", "--port", str(port))
    here = os.environ.get("SITEURL", "").strip() or f"http://localhost:{port}"
    _pelican(CONTENT, "-s", "pelicanconf.py", *arguments, environment={"SITEURL": here})


@task
def publish(context: Context) -> None:
    """Build for production; requires SITEURL in the environment."""
    _pelican(CONTENT, "-s", "publishconf.py", "--fatal", "warnings")


@task(help={"content": "content folder", "settings": "settings file"})
def check(context: Context, content: str = CONTENT, settings: str = "pelicanconf.py") -> None:
    """Check what does not stop a build: calendars, lost addresses, links and reports of events."""
    from rubric.model.errors import BuildFailed
    from tools.checking import check_site

    del context
    try:
        errors, advice = check_site(Path(content), Path(settings))
    except BuildFailed as failure:
        sys.exit(_render(failure))
    print("\n".join([*errors, *advice]) or "No problems found.")
    sys.exit(1 if errors else 0)


@task(help={"content": "content folder", "settings": "settings file"})
def lock(context: Context, content: str = CONTENT, settings: str = "pelicanconf.py") -> None:
    """Write events.lock (state of calendars) and addresses.lock (current and former addresses)."""
    from tools.checking import lock_site

    del context
    _print_lines(lock_site(Path(content), Path(settings)))


@task(
    help={
        "content": "content folder",
        "settings": "settings file; publishconf.py for secret addresses",
    }
)
def drafts(context: Context, content: str = CONTENT, settings: str = "pelicanconf.py") -> None:
    """List drafts with their addresses."""
    from tools.drafting import list_drafts

    del context
    _print_lines(list_drafts(Path(content), Path(settings)))


@task(
    help={
        "title": "title of the text; `site` for a new site",
        "kind": "post (default), quote, event, … (see docs/front-matter.md)",
        "lang": "language of the text; all languages of a new site: en,ru",
        "slug": "last part of the address",
        "name": "name of a new site",
        "url": "address of a new site",
        "timezone": "time zone of a new site: Asia/Almaty",
        "folder": "folder of a new site",
        "move_to": "folder that the texts of the old site are moved to",
    }
)
def new(
    context: Context,
    title: str,
    kind: str = "",
    lang: str = "",
    slug: str = "",
    name: str = "",
    url: str = "",
    timezone: str = "",
    folder: str = "content",
    move_to: str = "",
) -> None:
    """Create a text with the current date and the fields of its kind; `new site`: a whole site."""
    from rubric.bridge.dry_run import load_kinds
    from tools.new import write_new

    del context
    if title == "site" and not kind:
        _new_site({"name": name, "lang": lang, "url": url, "timezone": timezone}, folder, move_to)
        return
    given = (kind or "post", lang or _default_language(), title, datetime.now(_zone()), slug)
    _print_result(lambda: write_new(ROOT / CONTENT, *given, load_kinds(ROOT / "pelicanconf.py")))


def _new_site(given: dict[str, str], folder: str, move_to: str) -> None:
    from tools.new_site import create_site

    ask = input if sys.stdin.isatty() and not any(given.values()) else None
    _print_result(lambda: create_site(ROOT, folder, given, move_to, ask))


@task
def schema(context: Context) -> None:
    """Write the generated parts of docs/: front matter, JSON Schemas, tables of passes."""
    import pelicanconf
    from rubric.bridge.dry_run import load_kinds
    from tools.reference import write_reference

    del context
    kinds = load_kinds(ROOT / "pelicanconf.py")
    for path in write_reference(ROOT / "docs", pelicanconf.PLUGINS, kinds):
        print(path.relative_to(ROOT))


@task
def catalogues(context: Context) -> None:
    """Update theme/locale/*.po with all messages; list those without a translation."""
    from tools.catalogues import update

    del context
    for line in update(ROOT):
        print(line)


@task
def lint(context: Context) -> None:
    """Check code style and types."""
    _run("ruff", "check", ".")
    _run("ruff", "format", "--check", ".")
    _run("mypy")


@task(lint)
def test(context: Context) -> None:
    """Check code style and types, then run all tests on all cores."""
    # Tests of one file share their builds, so one process runs them.
    # tests/conftest.py starts with the files that take longest.
    _run("pytest", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")


@task(help={"path": "result.json or the folder of the export", "lang": "language of the posts"})
def telegram(
    context: Context, path: str, lang: str = "ru", content: str = CONTENT, chat: str = ""
) -> None:
    """Import a channel exported by Telegram Desktop as posts."""
    from tools.importing import run_telegram

    del context
    _print_result(lambda: run_telegram(Path(path), Path(content), lang, _zone(), chat or None))


@task(
    help={
        "list": "key of the list in NEWSLETTER",
        "until": "include posts before this date or time; default: now",
        "now": "current time, for tests",
    },
)
def draft(
    context: Context,
    list: str,
    until: str = "",
    now: str = "",
    content: str = CONTENT,
    settings: str = "pelicanconf.py",
) -> None:
    """Draft the next issue of a mailing list from texts that its readers have not received."""
    from tools.newsletter import draft_issue

    del context
    _print_result(lambda: draft_issue(Path(content), Path(settings), list, until, now))


_SITE = {"content": "content folder", "settings": "settings file"}


@task(name="check", help=_SITE)
def check_issues(
    context: Context, content: str = CONTENT, settings: str = "pelicanconf.py"
) -> None:
    """Check every issue: size, links, pictures, merge tags, mail programs."""
    from tools.issues import check_all

    del context
    _print_result(lambda: check_all(Path(content), Path(settings)))


@task(help={**_SITE, "output": "folder"})
def export(
    context: Context,
    content: str = CONTENT,
    settings: str = "pelicanconf.py",
    output: str = "exports/newsletter",
) -> None:
    """Write the mail and the provider files of every published issue."""
    from tools.issues import export_all

    del context
    _print_result(lambda: export_all(Path(content), Path(settings), Path(output)))


@task(help=_SITE)
def preview(context: Context, content: str = CONTENT, settings: str = "pelicanconf.py") -> None:
    """Show every issue in the browser: HTML, text and source, for phone and desktop."""
    from tools.issues import preview

    del context
    _print_result(lambda: preview(Path(content), Path(settings), Path(".cache/preview")))


@task(
    help={
        **_SITE,
        "to": "test recipient",
        "smtp": "smtp://user@host:587?starttls; the password comes from SMTP_PASSWORD",
        "issue": "lang/slug",
    }
)
def send(
    context: Context,
    to: str,
    smtp: str = "",
    issue: str = "",
    content: str = CONTENT,
    settings: str = "pelicanconf.py",
) -> None:
    """Send an issue (default: the newest) to a test address."""
    from tools.delivery.smtp import choose_url
    from tools.issues import send_one

    del context
    ask = getpass if sys.stdin.isatty() else None
    _print_result(
        lambda: send_one(
            Path(content), Path(settings), issue, to, choose_url(smtp, os.environ, ask)
        )
    )


@task(
    help={**_SITE, "provider": "listmonk, buttondown or mailchimp", "issue": "lang/slug"},
)
def push(
    context: Context,
    provider: str,
    issue: str = "",
    content: str = CONTENT,
    settings: str = "pelicanconf.py",
) -> None:
    """Create or update the draft of an issue at a provider; tokens come from the environment."""
    from tools.issues import push_one

    del context
    _print_result(lambda: push_one(Path(content), Path(settings), issue, provider, os.environ))


@task(help={"output": "folder of the built site"})
def ping(context: Context, output: str = "output") -> None:
    """Notify the WebSub hub of the feeds that changed since the last notification."""
    from tools.delivery.state import DeliveryState
    from tools.delivery.websub import ping

    del context
    _print_result(lambda: ping(Path(output), DeliveryState(ROOT / ".cache/websub.json")))


@task(
    iterable=["posts"],
    help={
        "posts": "number of posts, default 4000; can be repeated",
        "times": "number of counted rounds",
        "kind": "pages: without images, compared with Hugo alone; long: long texts",
    },
)
def bench(context: Context, posts: list[str], times: int = 3, kind: str = "") -> None:
    """Build a large site with Rubric and with Hugo + Pagefind; see docs/performance.md."""
    option = [f"--{kind}"] if kind else []
    for count in posts or ["4000"]:
        _run("benchmarks.compare", "--posts", str(int(count)), "--times", str(times), *option)


def _pelican(*arguments: str, environment: dict[str, str] | None = None) -> None:
    _run("pelican", *arguments, environment=environment)


def _run(module: str, *arguments: str, environment: dict[str, str] | None = None) -> None:
    """Run a Python module; a failure ends the task with the same status and no traceback."""
    from tools.running import run

    status = run([PYTHON, "-m", module, *arguments], environment)
    if status:
        sys.exit(status)


def _print_lines(lines: Iterable[str]) -> None:
    """Print lines as they are generated; errors in the site end the task."""
    from rubric.model.errors import BuildFailed

    try:
        for line in lines:
            print(line)
    except BuildFailed as failure:
        sys.exit(_render(failure))


def _print_result(action: Callable[[], object]) -> None:
    """Print the result of an action; user errors are printed in one line without traceback."""
    from rubric.model.errors import BuildFailed
    from tools.delivery.errors import DeliveryError

    try:
        print(action())
    except BuildFailed as failure:
        sys.exit(_render(failure))
    except (DeliveryError, ValueError, OSError) as error:
        sys.exit(str(error))


def _render(failure: BuildFailed) -> str:
    from rubric.site.error_list import render_errors

    return render_errors(failure, Path(".cache/errors.txt"))


def _zone() -> ZoneInfo:
    import pelicanconf

    return ZoneInfo(pelicanconf.TIMEZONE)


def _default_language() -> str:
    import pelicanconf

    return next(iter(pelicanconf.LANGUAGES))


namespace = Collection(
    build, serve, publish, check, lock, drafts, new, schema, catalogues, lint, test
)
namespace.add_task(bench)
imports = Collection("import")
imports.add_task(telegram)
namespace.add_collection(imports)
feeds = Collection("feeds")
feeds.add_task(ping)
namespace.add_collection(feeds)
newsletter = Collection("newsletter")
for each in (draft, check_issues, preview, export, send, push):
    newsletter.add_task(each)
namespace.add_collection(newsletter)
