"""Importing twice changes nothing, and nobody's work is lost."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rubric.importers.channel import RECORD_NAME, import_telegram
from rubric.importers.report import ImportFailed, Report

GOLDEN = Path(__file__).parents[1] / "golden" / "telegram"
ALMATY = ZoneInfo("Asia/Almaty")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """An export of two posts."""
    path = tmp_path / "export" / "result.json"
    path.parent.mkdir()
    write(path, {2: "Чай\n\nГорячий.", 3: "Лёд\n\nХолодный."})
    return path


def write(path: Path, texts: dict[int, str]) -> None:
    messages = [
        {"id": number, "type": "message", "date_unixtime": "1709355600", "text": text}
        for number, text in texts.items()
    ]
    path.write_text(json.dumps({"name": "Касса", "id": 5, "messages": messages}), "utf-8")


def run(source: Path, tmp_path: Path) -> Report:
    return import_telegram(source, tmp_path / "content", "ru", ALMATY)


def files(tmp_path: Path) -> dict[str, tuple[bytes, int]]:
    folder = tmp_path / "content/ru/posts/telegram"
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}


def test_golden(tmp_path: Path) -> None:
    """A channel with everything in it, byte by byte."""
    report = run(GOLDEN, tmp_path)
    expected = {p.name: p.read_bytes() for p in (GOLDEN / "expected").glob("*.md")}
    written = {n: b for n, (b, _) in files(tmp_path).items() if n.endswith(".md")}
    assert written == expected
    assert str(report) == (GOLDEN / "expected" / "report.txt").read_text("utf-8").rstrip("\n")


def test_again_changes_nothing(source: Path, tmp_path: Path) -> None:
    """Same bytes, same times, from the file or its folder."""
    assert run(source, tmp_path).written == [2, 3]
    before = files(tmp_path)
    report = run(source.parent, tmp_path)
    assert (report.written, report.unchanged) == ([], [2, 3])
    assert files(tmp_path) == before
    assert set(before) == {"5-2.md", "5-3.md", RECORD_NAME}


def test_a_changed_message_updates_its_post_but_not_its_address(
    source: Path, tmp_path: Path
) -> None:
    run(source, tmp_path)
    write(source, {2: "Кофе\n\nГорячий."})
    report = run(source, tmp_path)
    assert (report.updated, report.unchanged) == ([2], [])
    text = files(tmp_path)["5-2.md"][0].decode()
    assert "title: Кофе\n" in text
    assert "slug: chai-2\n" in text
    assert "5-3.md" in files(tmp_path), "absence from an export is no deletion"


def test_hand_edits_stay(source: Path, tmp_path: Path) -> None:
    """An edited post is left alone, and told about if its message changes too."""
    run(source, tmp_path)
    path = tmp_path / "content/ru/posts/telegram/5-2.md"
    path.write_text(path.read_text("utf-8") + "Моё.\n", "utf-8")
    before = files(tmp_path)
    report = run(source, tmp_path)
    assert (report.edited, report.warnings) == ([2], [])
    write(source, {2: "Чай\n\nОстыл.", 3: "Лёд\n\nХолодный."})
    report = run(source, tmp_path)
    assert report.edited == [2]
    assert "5-2.md" in report.warnings[0]
    assert files(tmp_path) == before


def test_line_ends_are_no_edit(source: Path, tmp_path: Path) -> None:
    """Version control may have changed them."""
    run(source, tmp_path)
    path = tmp_path / "content/ru/posts/telegram/5-2.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert run(source, tmp_path).unchanged == [2, 3]


def test_a_post_that_was_moved_or_deleted_stays_away(source: Path, tmp_path: Path) -> None:
    run(source, tmp_path)
    (tmp_path / "content/ru/posts/telegram/5-2.md").unlink()
    assert run(source, tmp_path).removed == [2]
    assert run(source, tmp_path).removed == [2]
    assert "5-2.md" not in files(tmp_path)


def test_a_killed_run_can_be_resumed(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files without a ledger are ours if they hold exactly what would be written."""
    with monkeypatch.context() as patch:
        patch.setattr("rubric.importers.channel.save_records", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(source, tmp_path)
    (tmp_path / "content/ru/posts/telegram/5-3.md").unlink()
    report = run(source, tmp_path)
    assert (report.written, report.unchanged) == ([3], [2])
    write(source, {2: "Кофе\n\nГорячий."})
    assert run(source, tmp_path).updated == [2]


def test_a_foreign_file_is_never_overwritten(source: Path, tmp_path: Path) -> None:
    path = tmp_path / "content/ru/posts/telegram/5-2.md"
    path.parent.mkdir(parents=True)
    path.write_text("Моё.", "utf-8")
    report = run(source, tmp_path)
    assert (report.written, report.edited) == ([3], [2])
    assert report.warnings
    assert path.read_text("utf-8") == "Моё."


def test_what_cannot_begin_says_why(source: Path, tmp_path: Path) -> None:
    """Before anything is written."""
    content = tmp_path / "content"
    with pytest.raises(ImportFailed, match="not a language folder"):
        import_telegram(source, content, "../ru", ALMATY)
    with pytest.raises(ImportFailed, match="can't be read"):
        import_telegram(tmp_path / "none.json", content, "ru", ALMATY)
    folder = content / "ru/posts/telegram"
    folder.mkdir(parents=True)
    (folder / RECORD_NAME).write_text("[]", "utf-8")
    with pytest.raises(ImportFailed, match="Restore it from version control"):
        import_telegram(source, content, "ru", ALMATY)
    assert [p.name for p in folder.iterdir()] == [RECORD_NAME]
