"""The clauses of a rhythm, as regular expressions over the kinds of its tokens.

Each token kind is one character (see `lexicon`), so the kinds of all tokens form a string:
“first Thursday of the month 18:30” has the kinds `ODfT`, which consist of the clauses
“counted” (`ODf`) and “time” (`T`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rubric.events.lexer import Token, tokenize, unknown_word

_LIST = "(?:,?&|,)?"
_PRE = "[poB]*"
_DAY_LIST = f"D(?:{_LIST}{_PRE}E?D)*"
_ORDINAL_LIST = f"O(?:(?:,?&|,){_PRE}O)*"
_COUNTED = f"{_PRE}E?{_PRE}{_ORDINAL_LIST}{_PRE}D(?:{_LIST}{_PRE}D)*f?"
_RANGE = "(?:<{0}{1}[~>B]{0}{1}|{1}[~>]{0}{1})i?"
_DAY_RANGE, _MONTH_RANGE = _RANGE.format(_PRE, "D"), _RANGE.format(_PRE, "M")
_MONTHS = f"(?:{_MONTH_RANGE}|M(?:{_LIST}{_PRE}M)*)"
_CLAUSES = {
    "weekly": f"!?{_PRE}E?{_PRE}2?{_PRE}(?:{_DAY_RANGE}|G|{_DAY_LIST})",
    "counted": f"{_COUNTED}(?:,?&?{_COUNTED})*",
    "counted after": f"{_PRE}E?D(?:{_LIST}{_PRE}D)*[,~]*{_PRE}{_ORDINAL_LIST}f?",
    "counted group": f"{_PRE}E?{_PRE}O{_PRE}G",
    "daily": f"!?{_PRE}A",
    "frequency": f"{_PRE}F",
    "of the month": "f",
    "months": f"!?{_PRE}E?{_PRE}{_MONTHS}!?",
    "except": f"X{_PRE}{_MONTHS}x?|{_MONTHS}x",
    "time": f"{_PRE}T",
    "mark": "[,~]+",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _CLAUSES.items()}


@dataclass(slots=True)
class Clauses:
    """The clauses of one rhythm; `tokens` has one list of tokens per clause, by clause name."""

    text: str
    tokens: dict[str, list[list[Token]]] = field(default_factory=dict)

    def one(self, *names: str) -> list[Token]:
        """Return the tokens of the only clause with one of these names; [] if there is none.

        Raises RhythmError if there are several.
        """
        clauses = [tokens for name in names for tokens in self.tokens.get(name, [])]
        if len(clauses) > 1:
            fix = "Name one set of days and one time."
            raise unknown_word(self.text, join_text(clauses[1]), fix)
        return clauses[0] if clauses else []

    def has(self, name: str) -> bool:
        return name in self.tokens


def split_clauses(text: str) -> Clauses:
    """Split a rhythm into clauses. Raises RhythmError for a token that belongs to none."""
    tokens = tokenize(text)
    kinds = "".join(token.kind for token in tokens)
    clauses, position = Clauses(text), 0
    while position < len(tokens):
        ends = {
            name: match.end()
            for name, pattern in _PATTERNS.items()
            if (match := pattern.match(kinds, position))
        }
        if not ends:
            raise unknown_word(text, tokens[position].text)
        name = max(ends, key=lambda name: ends[name])
        if name == "counted group":
            group = tokens[ends[name] - 1].text
            raise unknown_word(text, group, "Name the weekday, such as last Friday of the month.")
        if name != "mark":
            clauses.tokens.setdefault(name, []).append(tokens[position : ends[name]])
        position = ends[name]
    return clauses


def first_of_kind(tokens: list[Token], kind: str) -> Token:
    """Return the first token of a kind, which the clause must contain."""
    return next(token for token in tokens if token.kind == kind)


def join_text(tokens: list[Token]) -> str:
    """Return the text of a clause, for error messages."""
    return re.sub(r"\s+(?=[,;:.)、])", "", " ".join(token.text for token in tokens))
