from typing import Any

class BaseReader:
    def read(self, source_path: str) -> tuple[str | None, dict[str, Any]]: ...

class MarkdownReader(BaseReader): ...

class Readers:
    readers: dict[str, BaseReader]
