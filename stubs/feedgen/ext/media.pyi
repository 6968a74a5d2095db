from feedgen.ext.base import BaseEntryExtension, BaseExtension

MEDIA_NS: str

class MediaExtension(BaseExtension): ...

class MediaEntryExtension(BaseEntryExtension):
    def content(self, *, group: str | None = "default", **attributes: str) -> object: ...
