"""The project's own letters: exported by a build, without errors, no spam."""

from __future__ import annotations

import email
import json
import shutil
from email import policy
from pathlib import Path

import pytest

from tests.building import ROOT, SITE, Build, build
from tools.issues import check_all, export_all
from tools.spam import LIMIT, spam_score

LANGUAGES = ("en", "ru", "zh-hans", "zh-hant")


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exports of the own content, for an address that readers can open."""
    folder = tmp_path_factory.mktemp("letters")
    site: Build = build(SITE, folder / "output", SITEURL="https://service-circle.example")
    assert site.status == 0, site.told
    return folder / "exports/newsletter"


def test_a_build_exports_two_issues_a_language_in_every_form(exports: Path):
    for lang in LANGUAGES:
        issues = [path for path in (exports / lang).iterdir() if path.is_dir()]
        assert len(issues) == 2
        for issue in issues:
            names = {path.name for path in issue.iterdir()}
            assert {"issue.html", "issue.txt", "issue.eml", "listmonk", "ghost"} <= names
            for path in issue.rglob("*.json"):
                json.loads(path.read_text("utf-8"))


def test_nothing_of_the_exports_is_in_the_output(exports: Path):
    output = exports.parent.parent / "output"
    assert list(output.rglob("*.eml")) == []


def test_every_mail_is_whole_and_in_its_language(exports: Path):
    for path in exports.rglob("issue.eml"):
        mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        assert not mail.defects
        assert [part.get_content_type() for part in mail.iter_parts()] == [
            "text/plain",
            "text/html",
        ]
        assert mail["Content-Language"].lower() == path.relative_to(exports).parts[0]
        assert "rubric-slot" not in path.read_text("latin-1")


def test_the_cancellation_is_told_in_one_issue_of_each_language(exports: Path):
    words = {"en": "Cancelled", "ru": "Отменено", "zh-hans": "已取消", "zh-hant": "已取消"}
    for lang, word in words.items():
        texts = [path.read_text("utf-8") for path in (exports / lang).rglob("issue.txt")]
        assert sum(word in text for text in texts) == 1


def test_own_issues_pass_every_check(capsys: pytest.CaptureFixture[str]):
    assert check_all(SITE, ROOT / "pelicanconf.py") == "8 issues are ready to send."
    assert "error" not in capsys.readouterr().out


def test_the_task_writes_what_the_build_writes(tmp_path: Path):
    export_all(SITE, ROOT / "pelicanconf.py", tmp_path)
    first = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    export_all(SITE, ROOT / "pelicanconf.py", tmp_path)
    again = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert first == again
    assert len([path for path in first if path.name == "issue.eml"]) == 8


@pytest.mark.skipif(shutil.which("spamassassin") is None, reason="SpamAssassin is not installed")
def test_no_own_issue_looks_like_spam(exports: Path):
    for path in exports.rglob("issue.eml"):
        score = spam_score(path.read_bytes())
        assert score is not None
        assert score < LIMIT, path.parent.name
