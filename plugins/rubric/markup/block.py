"""One block while it is transformed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from rubric.markup.block_kinds import KIND, PLACE, SOURCE
from rubric.model.errors import TextProblem
from rubric.model.text_language import TextLanguage


@dataclass(slots=True)
class Block:
    """A block whose content has been parsed.

    `element` contains its content, and becomes its HTML. `title` is the paragraph with the title,
    already removed. `source` is the line that begins the block, `place` counts earlier lines that
    read the same.
    """

    kind: str
    element: Element
    title: Element | None
    language: TextLanguage
    source: str
    place: int

    @classmethod
    def take(cls, element: Element, language: TextLanguage) -> Block:
        """Return the block of an element that `make_box` has made."""
        kind, source = element.attrib.pop(KIND), element.attrib.pop(SOURCE)
        place = int(element.attrib.pop(PLACE))
        title = element[0] if len(element) and element[0].get("class") == "block-title" else None
        if title is not None:
            element.remove(title)
        element.text = None
        return cls(kind, element, title, language, source, place)

    def take_content(self) -> list[Element]:
        """Remove and return the elements of the content."""
        content = list(self.element)
        for child in content:
            child.tail = None
            self.element.remove(child)
        return content

    def become(self, tag: str, name: str) -> Element:
        """Turn the element into another one with the class `name`; its title is a child of it."""
        self.element.tag = tag
        self.element.set("class", f"block {name}")
        if self.title is not None:
            self.title.tail = None
            self.element.insert(0, self.title)
        return self.element

    def write(self, tag: str, name: str, content: Iterable[Element]) -> Element:
        """Turn the element into another one with the given content."""
        element = self.become(tag, name)
        element.extend(content)
        return element

    def mistake(self, problem: str, fix: str) -> TextProblem:
        """Return an error at the line where the block begins."""
        return TextProblem(problem, fix, self.source, self.place)
