"""Files with the front matter of other generators: read as they are, or after the fixes told."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rubric.model.kinds import BUILT_IN, POST
from rubric.reading.check import check, model_kind
from rubric.reading.header import parse_header
from tests.building import build, write_site
from tests.cases import cases
from tests.pages import read_pages

ZONE = ZoneInfo("Asia/Almaty")

ACCEPTED = {
    "hugo": """\
---
title: "Hugo"
date: 2020-04-03T20:26:28+02:00
lastmod: 2020-05-01T10:00:00.000Z
draft: false
description: "What search engines show."
author: Anna
tags: [desk]
categories: [Service, Phone]
aliases: [/old/hugo/]
keywords:
---
""",
    "hugo-toml": """\
+++
title = "Hugo: TOML"
date = 2020-04-03T20:26:28+02:00
lastmod = 2020-05-01
draft = false
description = "A sentence."
tags = ["desk", "phone"]
author = {name = "Anna"}
+++
""",
    "docusaurus": """\
---
slug: /docusaurus
title: Docusaurus
authors:
  - name: Anna
    title: Author
    url: https://example.org
  - Ivan
tags:
  - desk
  - label: Phone
    permalink: /phone
date: 2020-04-03
description: A sentence.
unlisted: false
---
""",
    "ghost": """\
---
title: Ghost
slug: ghost
date: 2020-04-03T20:26:28.000Z
updated_at: 2020-04-04T08:00:00.000Z
custom_excerpt: null
excerpt: A sentence.
feature_image: null
tags: desk, phone
status: published
---
""",
    "hexo": """\
---
title: Hexo
date: 2020/4/3 8:26:28
updated: 2020-04-05 10:00:00
categories:
- [Service, Phone]
- [Desk]
tags:
- desk
---
""",
    "pelican": """\
Title: Pelican
Date: 2020-04-03 20:26
Modified: 2020-04-05
Category: Service
Tags: desk, phone
Author: Anna
Summary: A sentence.
Status: Published

""",
    "jekyll-draft": """\
---
title: Jekyll draft
date: 2020-04-03 20:26:28 +0300
published: false
---
""",
    "hugo-draft": """\
---
title: Hugo draft
date: 2020-04-03
draft: true
---
""",
}

REFUSED = {
    "hugo": """\
---
title: "Hugo"
date: 2020-04-03T20:26:28+02:00
publishDate: 2020-04-04
description: "Short"
summary: "Other words"
weight: 10
type: post
layout: single
url: /2020/hugo/
cover:
  image: /img/desk.svg
  alt: Desk
expiryDate: 2030-01-01
comments: true
toc: true
math: true
menu: main
ShowToc: true
isCJKLanguage: true
images: [img/a.png]
subtitle: More words
keywords: [desk, phone]
---
""",
    "jekyll": """\
---
layout: post
title: "Jekyll"
date: 2020-04-03 20:26:28 +0300
permalink: /:categories/:title/
categories: service
published: true
comments: true
toc: true
pin: true
excerpt_separator: "<!--more-->"
header:
  teaser: /img/a.png
last_modified_at: 2020-05-01
---
""",
    "jekyll-old": """\
---
title: Old
date: 2020-04-03
permalink: /2020/04/old.html
redirect_from:
  - /older/
render_with_liquid: false
---
""",
    "jekyll-permalink": """\
---
title: Permalink
date: 2020-04-03
permalink: /blog/a/index.html
---
""",
    "docusaurus": """\
---
id: intro
title: Docusaurus
date: 2020-04-03
slug: /guides/first steps
sidebar_label: Intro
sidebar_position: 1
hide_table_of_contents: true
toc_max_heading_level: 4
pagination_next: null
custom_edit_url: https://example.org/edit
displayed_sidebar: docs
last_update:
  date: 2020-05-01
  author: Anna
---
""",
    "vitepress": """\
---
title: VitePress
titleTemplate: Docs
date: 2020-04-03
layout: doc
outline: deep
aside: false
editLink: true
lastUpdated: true
prev: false
head:
  - - meta
    - name: description
      content: Words
---
""",
    "ghost": """\
---
title: Ghost
date: 2020-04-03T20:26:28.000Z
uuid: 5a0b
comment_id: 5a0b
featured: false
visibility: public
canonical_url: null
feature_image: https://example.org/content/images/2020/04/ghost.svg
meta_title: Ghost
primary_tag: desk
codeinjection_head: null
url: https://example.org/ghost/
---
""",
    "pelican": """\
Title: Pelican
Date: 2020-04-03
Template: special
Save_as: blog/pelican.html
URL: blog/pelican.html
Translation: true
Series: First
Series_index: 2
Cover: images/cover.svg

""",
    "hexo": """\
---
title: Hexo
date: 2020-04-03
permalink: 2020/hexo/
abbrlink: 3f2a
top_img: /img/top.svg
mathjax: true
sticky: 1
disableNunjucks: true
password: secret
---
""",
    "own-address": "---\ntitle: Own\ndate: 2020-04-03\npermalink: /en/own-address/\n---\n",
    "draft-contradicts": "---\ntitle: A\ndate: 2020-04-03\ndraft: true\nstatus: published\n---\n",
    "draft-unclear": "---\ntitle: A\ndate: 2020-04-03\ndraft: maybe\n---\n",
    "updated-twice": """\
---
title: A
date: 2020-04-03
updated: 2020-05-01
lastmod: 2020-06-01
---
""",
    "venue": "---\ntitle: A\ndate: 2020-04-03\nlocation: Almaty\ntz: Asia/Almaty\n---\n",
}


def mend(text: str, pictures: set[str]) -> str:
    """Apply the fixes literally, one file at a time, until there are no errors."""
    for _ in range(40):
        header = parse_header(text)
        found = check(model_kind(BUILT_IN, "posts", header.fields), header.fields, ZONE)
        if not isinstance(found, list):
            return text
        problem = found[0]
        lines = text.split("\n")
        start = header.lines[problem.field] - 1
        later = [line - 1 for line in header.lines.values() if line - 1 > start]
        fallback = next(n for n in range(start + 1, len(lines)) if lines[n] in ("---", ""))
        end = min(later, default=fallback)
        lines[start:end] = replacement(problem.fix, lines[start], pictures)
        mended = "\n".join(lines)
        assert mended != text
        text = mended
    raise AssertionError(f"The fixes lead from error to error: {problem}")


def replacement(fix: str, line: str, pictures: set[str]) -> list[str]:
    if written := re.search("“(.+?)” instead", fix):
        if written[1].startswith("image: "):
            pictures.add(written[1].removeprefix("image: "))
        return [written[1]]
    if name := re.match(r"Did you mean (\w+)\?", fix):
        return [f"{name[1]}:{line.partition(':')[2]}"]
    assert fix.startswith("Delete the line"), fix
    return []


def test_clear_front_matter_of_other_generators_is_accepted(tmp_path: Path) -> None:
    files = {f"en/posts/{name}.md": f"{text}Text.\n" for name, text in ACCEPTED.items()}
    site = build(write_site(tmp_path, files), tmp_path / "output")
    assert site.status == 0, site.told
    pages = read_pages(site)
    assert {
        f"en/{name}/" for name in ("hugo", "hugo-toml", "docusaurus", "ghost", "hexo", "pelican")
    } <= set(pages)
    assert not {"en/jekyll-draft/", "en/hugo-draft/"} & pages.keys()
    assert "old/hugo/" in pages
    description = '//meta[@name="description"]/@content'
    assert pages["en/hugo/"].find(description) == ["What search engines show."]
    assert pages["en/ghost/"].find(description) == ["A sentence."]
    assert {
        "en/tags/service/",
        "en/tags/phone/",
        "en/authors/anna/",
        "en/authors/ivan/",
    } <= pages.keys()


@cases("name", REFUSED)
def test_every_fix_leads_to_a_file_that_is_read(name: str) -> None:
    text = REFUSED[name]
    header = parse_header(text)
    found = check(model_kind(BUILT_IN, "posts", header.fields), header.fields, ZONE)
    if name != "own-address":
        assert isinstance(found, list), "nothing to mend"
    mended = mend(text, set())
    assert "title" in mended.lower()
    assert "2020-04-03" in mended


def test_files_mended_by_the_fixes_make_a_site(tmp_path: Path) -> None:
    pictures: set[str] = set()
    files = {f"en/posts/{name}.md": f"{mend(t, pictures)}Text.\n" for name, t in REFUSED.items()}
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    files |= dict.fromkeys(pictures, svg)
    settings = write_site(tmp_path, files)
    site = build(settings, tmp_path / "output")
    for _ in range(2):  # templates are checked after all fields, then text alternatives
        mistakes = re.findall(r"/([\w/.-]+):(\d+): (template|image_alt): ", site.told)
        for name, line, field in sorted({*mistakes}, reverse=True):
            path, start = tmp_path / "content" / name, int(line)
            lines = path.read_text("utf-8").splitlines(keepends=True)
            if field == "template":
                del lines[start - 1]
            else:
                lines.insert(start, 'image_alt: ""\n')
            path.write_text("".join(lines), encoding="utf-8")
        site = build(settings, tmp_path / "output")
    assert site.status == 0, site.told
    pages = read_pages(site)
    assert {"2020/hugo/", "2020/hexo/", "older/", "blog/a/", "ghost/"} <= pages.keys()
    assert {"2020/04/old.html", "blog/pelican.html"} <= site.files().keys()
    assert "en/first-steps/" in pages
    assert pictures == {"images/desk.svg", "images/ghost.svg", "images/cover.svg", "images/top.svg"}


def test_dates_of_other_generators_are_instants() -> None:
    fields = {"title": "A", "date": "2020-04-03T20:26:28.000Z", "lastmod": "2020/5/1"}
    metadata = check(POST, fields, ZONE)
    assert not isinstance(metadata, list)
    assert metadata.date == datetime(2020, 4, 3, 20, 26, 28, tzinfo=UTC)
    assert metadata.modified == datetime(2020, 5, 1, tzinfo=ZONE)


def test_error_names_the_field_as_it_is_written(tmp_path: Path) -> None:
    text = "---\ntitle: A\ndate: 2020-04-03\nlastmod: soon\ncategories: {a: [b]}\n---\nText.\n"
    site = build(write_site(tmp_path, {"en/posts/a.md": text}), tmp_path / "output")
    assert site.status == 1
    assert "content/en/posts/a.md:4: lastmod: “soon” is not a date or time." in site.told
