"""Where assets meet Pelican."""

from __future__ import annotations

from pathlib import Path

from pelican import signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.assets.bundle import bundle_styles, hashed_name, shrink_script
from plugins.assets.feed_styles import feed_stylesheet
from plugins.model.site import Site


def connect() -> None:
    signals.get_generators.connect(get_generators)
    signals.all_generators_finalized.connect(add_feed_styles)


def get_generators(pelican: object) -> type[Generator]:
    del pelican
    return AssetsGenerator


def add_feed_styles(generators: list[Generator]) -> None:
    """All editions are made, so there are words for each; files of the content are claimed."""
    for generator in generators:
        if isinstance(generator, AssetsGenerator):
            generator.add_feed_styles()
            generator.add_root_files()


class AssetsGenerator(Generator):  # type: ignore[misc]
    """Names the assets before pages are rendered, and writes them."""

    def generate_context(self) -> None:
        site: Site = self.context["site"]
        static = Path(self.theme, "static")
        sheets = {path.stem: path.read_text("utf-8") for path in static.glob("css/*.css")}
        style = bundle_styles(sheets, site.rubrics.values()).encode()
        self._files = {f"theme/{hashed_name('site.css', style)}": style}
        self.context["stylesheet"] = next(iter(self._files))
        self.context["scripts"] = {}
        for path in sorted(static.glob("js/*.js")):
            content = shrink_script(path.read_text("utf-8")).encode()
            address = f"theme/{hashed_name(path.name, content)}"
            self._files[address] = content
            self.context["scripts"][path.stem] = address
        for path in sorted(p for p in static.glob("img/**/*") if p.is_file()):
            self._files[f"theme/{path.relative_to(static).as_posix()}"] = path.read_bytes()

        for address in self._files:
            site.claims.add(address, "a file of the theme")

    def add_feed_styles(self) -> None:
        sheet = Path(self.theme, "static/feed/feed.css").read_text("utf-8")
        self.context["feed_stylesheets"] = {}
        for lang, edition in self.context["editions"].items():
            address, content = feed_stylesheet(sheet, edition)
            self._files[address] = content
            self.context["feed_stylesheets"][lang] = address
            self.context["site"].claims.add(address, "a file of the theme")

    def add_root_files(self) -> None:
        """Files that browsers request at the root (favicon.ico), unless the content has its own."""
        claims = self.context["site"].claims
        for path in sorted(Path(self.theme, "static").glob("root/*")):
            if path.is_file() and path.name not in claims:
                self._files[path.name] = path.read_bytes()
                claims.add(path.name, "a file of the theme")

    def generate_output(self, writer: Writer) -> None:
        for address, content in self._files.items():
            writer.write_bytes(address, content)
