"""Unmodified plugins of Pelican do the same as on a plain Pelican site with the same texts.

Each group of plugins runs on a Rubric site and on a plain one. A `<pre>` on the page of each post
shows what the plugins have added; both sites must show the same, also after an edit, and the
incremental build must equal a clean one.
"""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from tests.building import NOW, ROOT, Build, build
from tests.cases import cases

_POSTS = {
    "tea": ("Tea", "2026-01-01 10:00", "tea, cup", "series: Hot drinks\nseries_index: 1", "First."),
    "cup": ("Cup", "2026-01-02 10:00", "cup, water", "series: Hot drinks\nseries_index: 2", "Two."),
    "pot": ("Pot", "2026-01-03 10:00", "tea, water", "", "Third."),
}
_SETTINGS = f"""\
SITEURL = "https://site.example"
AUTHOR = "Ann"
TAG_CLOUD_SORTING = "alphabetically"
AVATAR_AUTHOR_EMAIL = "ann@site.example"
AVATAR_USE_GRAVATAR = True
RANDOM_ARTICLE_SAVE_AS = "random.html"
INJECTOR_ITEMS = [("p", "<i>injected</i>")]
INJECTOR_IN_ARTICLES = True
MATH_JAX = {{"auto_insert": False}}
LIQUID_TAGS = ["img"]
SEO_ENHANCER, SEO_REPORT = True, False
IMAGE_PROCESS = {{"thumb": ["crop 0 0 50% 50%"]}}
WEBASSETS_SOURCE_PATHS = [{str(ROOT / "theme/static")!r}]
"""
_PLUGINS = Path(sys.prefix) / "pelican-plugins"
"""The folder in which `make test` installs the plugins.

Pelican imports all plugins that it finds at each start, so they are not beside other packages.
"""
_IMPORTS = f"""\
import sys
import pelican.plugins
sys.path.append({str(_PLUGINS)!r})
pelican.plugins.__path__ = [*pelican.plugins.__path__, {str(_PLUGINS / "pelican/plugins")!r}]
"""
_RUBRIC = f"""\
{_IMPORTS}
sys.path.insert(0, {str(ROOT)!r})
from pelicanconf import *
THEME = {str(ROOT / "theme")!r}
THEME_TEMPLATES_OVERRIDES = ["templates"]
SOCIAL_IMAGES = {{"images": False}}
LANGUAGES = {{"en": {{**LANGUAGES["en"], "chain": []}}}}
NEWSLETTER = {{"lists": {{}}, "exports": "exports/newsletter"}}
"""
_PLAIN = f"""\
{_IMPORTS}
PATH, OUTPUT_PATH, THEME = "content", "output", "theme"
SITENAME, TIMEZONE = "Plain", "UTC"
ARTICLE_PATHS, STATIC_PATHS = ["en/posts"], ["images"]
USE_FOLDER_AS_CATEGORY = False
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = None
ARTICLE_URL, ARTICLE_SAVE_AS = "en/{{slug}}/", "en/{{slug}}/index.html"
"""
_ATTRIBUTES = """\
{{ article.next_article.title }}, {{ article.prev_article.title }}
{% for other in article.related_posts %}{{ other.title }}, {% endfor %}
{% if article.series %}{{ article.series.name }} {{ article.series.index }} \
{{ article.series.next.title }}{% endif %}
{{ article.readtime_string }}, {{ article.statistics.wc }} words
{{ article.share_post.email | safe }}
{{ article.featured_image }} {{ article.author_avatar }} {{ article.author }}
{% for category in article.categories %}{{ category.name }}, {% endfor %}
{% for tag in tag_cloud %}{{ tag[0] }} {{ tag[1] }}, {% endfor %}
{% for other in articles %}{{ other.title }} {{ other.date.year }}, {% endfor %}
{% for tag, tagged in tags %}{{ tag }}: {{ tagged | length }}, {% endfor %}
"""
_CONTENT = "{{ article.content | safe }}"
_OUTPUT = """\
{{ "a b" | titlecase }} {{ article.date | article_date }}
<img alt="" class="image-process-thumb" src="/images/cup.png">
"""


@dataclass(frozen=True)
class Sites:
    """A Rubric site and a plain Pelican site with the same posts and plugins."""

    folder: Path

    @property
    def rubric(self) -> Path:
        return self.folder / "rubric"

    @property
    def plain(self) -> Path:
        return self.folder / "plain"

    def set_up(self, probe: str, plugins: list[str]) -> None:
        own = f"{_SETTINGS}DATA_FILES_DIR = {str(self.folder / 'data')!r}\n"
        _write(self.rubric / "siteconf.py", f"{_RUBRIC}{own}PLUGINS = [*PLUGINS, *{plugins!r}]\n")
        _write(self.plain / "siteconf.py", f"{_PLAIN}{own}PLUGINS = {plugins!r}\n")
        shown = f'<pre class="probe">{probe}</pre>'
        _write(
            self.rubric / "templates/post.html",
            f'{{% extends "!theme/post.html" %}}{{% block body %}}{{{{ super() }}}}{shown}'
            "{% endblock %}",
        )
        _write(
            self.plain / "theme/templates/article.html",
            "<!doctype html><html><head><title>{{ article.title }}</title></head><body><p></p>"
            + shown,
        )
        _write(self.folder / "data/numbers.json", json.dumps({"one": 1}))
        _write(self.rubric / "templates/drafts.html", "{{ drafts | length }} drafts")
        _write(self.plain / "theme/templates/drafts.html", "{{ drafts | length }} drafts")
        for folder in (self.rubric, self.plain):
            (folder / "content/images").mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (40, 40), "red").save(folder / "content/images/cup.png")

    def write_posts(
        self, bodies: Mapping[str, str], titles: Mapping[str, str] | None = None
    ) -> None:
        for slug, (name, date, tags, fields, text) in _POSTS.items():
            title, body = (titles or {}).get(slug, name), bodies.get(slug, text)
            header = f"title: {title}\nslug: {slug}\ndate: {date}\ntags: {tags}\n{fields}".strip()
            content = f"---\n{header}\nsummary: About {title}.\n---\n\n{body}\n"
            for folder in (self.rubric, self.plain):
                _write(folder / f"content/en/posts/{slug}.md", content)

    def build(self, output: str = "output") -> Build:
        built = self.try_to_build(output)
        assert built.status == 0, built.told
        return built

    def try_to_build(self, output: str = "output") -> Build:
        return build(
            self.rubric / "content",
            self.rubric / output,
            settings_file=self.rubric / "siteconf.py",
            may_warn=True,
            prefix=["env", "-C", str(self.rubric)],  # a process of its own, because plugins stay
        )

    def build_plain(self) -> None:
        run = subprocess.run(
            [sys.executable, "-m", "pelican", "content", "-s", "siteconf.py"],
            cwd=self.plain,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr

    def assert_same(self) -> None:
        """Both sites show the same for each post."""
        for slug in _POSTS:
            assert _probe(self.rubric, slug) == _probe(self.plain, slug), slug

    def assert_clean(self, built: Build) -> None:
        """An incremental build equals one that no other preceded."""
        assert self.build("clean").files() == built.files()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _probe(folder: Path, slug: str) -> str:
    page = (folder / f"output/en/{slug}/index.html").read_text("utf-8")
    found = re.search(r"<pre class=\"?probe\"?>(.*?)</pre>", page, re.DOTALL)
    assert found, page
    # Rubric adds this attribute to every image.
    return html.unescape(found[1]).replace(' loading="lazy"', "").replace("/>", ">")


def test_plugins_that_add_attributes(tmp_path: Path):
    plugins = ["neighbors", "related_posts", "series", "readtime", "statistics", "share_post"]
    plugins += ["featured_image", "tag_cloud", "avatar", "more_categories", "random_article"]
    sites = Sites(tmp_path)
    sites.set_up(_ATTRIBUTES, plugins)
    bodies = {"tea": "Tea.\n\n![Cup](/images/cup.png)"}
    sites.write_posts(bodies)
    first = sites.build()
    sites.build_plain()
    sites.assert_same()
    assert "Hot drinks 1 Cup" in _probe(sites.rubric, "tea")
    assert "https://site.example/en/cup/" in first.page("random.html")
    # The title is shown on the pages of other posts, too.
    sites.write_posts({**bodies, "cup": "Two. An edit."}, {"cup": "Blue cup"})
    built = sites.build()
    sites.build_plain()
    sites.assert_same()
    assert "Hot drinks 1 Blue cup" in _probe(sites.rubric, "tea")
    sites.assert_clean(built)


def test_plugins_that_change_texts(tmp_path: Path):
    plugins = ["simple_footnotes", "linkclass", "md_include", "render_math"]
    sites = Sites(tmp_path)
    sites.set_up(_CONTENT, plugins)
    bodies = {
        "tea": "Tea.[ref]A note.[/ref]",
        "cup": "[Out](https://example.org/) and [in](/en/tea/), and $x^2$.",
    }
    sites.write_posts(bodies)
    first = sites.build()
    sites.build_plain()
    sites.assert_same()
    assert "simple-footnotes" in _probe(sites.rubric, "tea")
    assert 'class="math"' in _probe(sites.rubric, "cup")
    # Feeds have the changed text, too.
    assert "A note." in first.page("en/feed.atom.xml")
    assert "[ref]" not in first.page("en/feed.atom.xml")
    sites.write_posts({**bodies, "tea": "Tea.[ref]Another note.[/ref]"})
    built = sites.build()
    sites.build_plain()
    sites.assert_same()
    sites.assert_clean(built)


def test_plugin_that_changes_texts_before_they_are_written(tmp_path: Path):
    sites = Sites(tmp_path)
    sites.set_up(_CONTENT, ["injector"])
    sites.write_posts({})
    built = sites.build()
    for address in ("en/tea/", "en/feed.atom.xml", "en/feed.json"):
        assert "injected" in built.page(address)
    sites.write_posts({"tea": "An edit."})
    built = sites.build()
    assert "An edit.<i>injected</i>" in built.page("en/tea/")
    sites.assert_clean(built)


def test_reader_of_a_plugin_reads_markdown(tmp_path: Path):
    sites = Sites(tmp_path)
    sites.set_up(_CONTENT, ["jinja2content"])
    bodies = {"tea": "{{ 2 + 3 }} cups. #tea"}
    sites.write_posts(bodies)
    built = sites.build()
    assert "<p>5 cups. <a" in built.page("en/tea/")
    assert "Tea" in built.page("en/tags/tea/")
    sites.write_posts({"tea": "{{ 2 + 4 }} cups."})
    built = sites.build()
    assert "<p>6 cups.</p>" in built.page("en/tea/")
    sites.assert_clean(built)


def test_plugins_that_process_the_output(tmp_path: Path):
    plugins = ["image_process", "seo", "jinja_filters", "webassets", "drafts"]
    sites = Sites(tmp_path)
    sites.set_up(_OUTPUT, plugins)
    sites.write_posts({})
    first = sites.build()
    sites.build_plain()
    sites.assert_same()
    assert "/thumb/" in _probe(sites.rubric, "tea")
    assert first.page("drafts/index.html") == "0 drafts"
    assert first.page("en/tea/").count('"@type": "BreadcrumbList"') >= 1
    sites.write_posts({"tea": "An edit."})
    built = sites.build()
    assert "An edit." in built.page("en/tea/")
    assert "/thumb/" in _probe(sites.rubric, "tea")


def test_precompress_compresses_pages_that_change(tmp_path: Path):
    sites = Sites(tmp_path)
    sites.set_up("", ["precompress"])
    sites.write_posts({})
    sites.build()
    page = sites.rubric / "output/en/tea/index.html.gz"
    before = page.read_bytes()
    sites.write_posts({"tea": "An edit."})
    sites.build()
    assert page.read_bytes() != before


def test_plugins_that_extend_markdown_and_templates(tmp_path: Path):
    sites = Sites(tmp_path)
    sites.set_up(f"{_CONTENT} {{{{ DATA_NUMBERS.one }}}}", ["liquid_tags", "data_files"])
    sites.write_posts({"tea": "{% img /images/cup.png 10 10 A cup %}"})
    sites.build()
    sites.build_plain()
    sites.assert_same()
    assert "<img" in _probe(sites.rubric, "tea")
    assert _probe(sites.rubric, "tea").endswith(" 1")


def test_similar_posts(tmp_path: Path):
    """Needs gensim, which `make test` does not install."""
    pytest.importorskip("pelican.plugins.similar_posts")
    sites = Sites(tmp_path)
    sites.set_up("{{ article.similar_posts[0].title }}", ["similar_posts"])
    sites.write_posts({})
    sites.build()
    sites.build_plain()
    sites.assert_same()
    assert _probe(sites.rubric, "tea") == "Pot"


def test_pages_that_are_minified_are_not_rendered_again(tmp_path: Path):
    pytest.importorskip("pelican.plugins.htmlmin")
    sites = Sites(tmp_path)
    sites.set_up("", ["htmlmin"])
    sites.write_posts({})
    sites.build()
    assert " 0 of them built" in sites.build().told


@cases("plugin", ("sitemap", "pelican.plugins.i18n_subsites", "yaml_metadata", "pelican_events"))
def test_conflicting_plugins_are_refused_by_name(plugin: str, tmp_path: Path):
    sites = Sites(tmp_path)
    sites.set_up("", [plugin])
    sites.write_posts({})
    built = sites.try_to_build()
    assert built.status == 1
    assert f"PLUGINS: has {plugin}, which " in built.told
    assert "Remove it: " in built.told
