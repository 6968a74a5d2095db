"""Reads what servers are told of redirects back, as the servers do."""

from __future__ import annotations

import re
from urllib.parse import unquote

from tests.building import Build

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\s;"]+)|(;)')


def read_map(text: str) -> dict[str, str]:
    """An nginx map's body: keys in lower-case ASCII, as nginx compares them."""
    table: dict[str, str] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        tokens = [
            re.sub(r"\\([\"'\\])", r"\1", quoted) or plain or end
            for quoted, plain, end in _TOKEN.findall(line)
        ]
        assert len(tokens) == 3, line
        assert tokens[2] == ";", line
        key = re.sub("[A-Z]+", lambda match: match[0].lower(), tokens[0])
        assert key.startswith("/"), line  # "~" would begin a regex, "\" a special word
        assert key not in table, line  # nginx: conflicting parameter
        assert "$" not in tokens[1], line  # a variable
        table[key] = tokens[1]
    return table


def read_redirects(text: str) -> dict[str, tuple[str, str]]:
    """`_redirects`: target and status by decoded path; the first rule of a path counts."""
    rules: dict[str, tuple[str, str]] = {}
    for line in text.splitlines():
        source, target, status = line.split(" ")
        assert source.isascii(), line
        assert target.isascii(), line
        assert not set("*:") & set(source), line
        rules.setdefault(unquote(source, errors="strict"), (unquote(target), status))
    return rules


def map_of(site: Build) -> str:
    path = site.output.parent / "exports/redirects.nginx.map"
    return path.read_text("utf-8")
