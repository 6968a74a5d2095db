"""Recall, precision, bytes and time of the search, beside substring truth and in Chromium.

python -m benchmarks.search --posts 4000             # files, bytes, milliseconds in Chromium
python -m benchmarks.search --long 1000              # an edit and a cold build, 20 KB a text
python -m benchmarks.search --truth                  # 200 Chinese queries of 2 and 3, 200 stems
python -m benchmarks.search --truth --real FOLDER    # with texts of a folder <lang>/*.md added
python -m benchmarks.search --truth --pagefind PATH  # the same queries put to Pagefind's program
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.corpus import TEXTS, make_long_posts, make_posts
from benchmarks.sites import rubric_of
from rubric.search.folding import HAN, fold, load_variants
from rubric.search.terms import Analyser

_CHROMIUM = ["--headless", "--no-sandbox", "--disable-gpu"]
_LONG = 20_000
_ALGORITHMS = {"ru": "russian", "en": "english"}
# Every document found for a query: the engine is asked as the page asks it, all rows are read.
_ASK = """async (queries) => {
  const form = document.querySelector("form.search");
  const engine = await import(form.dataset.engine);
  const index = await engine.open(form.dataset.index);
  const answers = [];
  for (const text of queries) {
    const query = await engine.ask(index, text, {});
    const urls = [];
    for (const doc of query?.found ?? []) {
      const row = await engine.read(index, doc);
      if (engine.isTrue(index, query, row)) urls.push(row.url);
    }
    answers.push(urls);
  }
  return answers;
}"""
_ASK_PAGEFIND = """async (queries) => {
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  const answers = [];
  for (const text of queries) {
    const { results } = await pagefind.search(text);
    answers.push((await Promise.all(results.map((r) => r.data()))).map((d) => d.url));
  }
  return answers;
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--posts", type=int, default=4000)
    parser.add_argument("--long", type=int, metavar="TEXTS")
    parser.add_argument("--truth", action="store_true")
    parser.add_argument("--real", type=Path)
    parser.add_argument("--pagefind", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content = folder / "content"
        if options.long:
            _print_long(folder, options.long)
            return
        if options.truth:
            shutil.copytree(TEXTS, content)
            if options.real:
                _add_real(options.real, content)
        else:
            make_posts(TEXTS, content, options.posts)
        site = rubric_of(folder, extras=True)
        output = site.output
        print(f"build: {site.build_cold().wall:.2f} s")
        with _serve(output) as origin, sync_playwright() as playwright:
            path = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=path, args=_CHROMIUM)
            if options.truth:
                _tell_truth(browser.new_page(), origin, output, options.pagefind)
            else:
                _tell_speed(browser.new_context, origin, output)
            browser.close()


def _print_long(folder: Path, count: int) -> None:
    """Processor seconds of builds of long texts in one language, on a site with four."""
    make_long_posts(TEXTS, folder / "content", count, _LONG)
    site = rubric_of(folder, ["search"])
    cold = site.build_cold()
    print(f"cold: {cold.wall:.2f} s, processor {cold.cpu:.2f} s")
    for number in range(3):
        path = folder / "content/en/posts" / f"post-{count // 2 + number:05}.md"
        path.write_text(f"{path.read_text('utf-8')}\nEdited, zyzzyva {number}.\n", "utf-8")
        edit = site.build()
        print(f"edit: {edit.wall:.2f} s, processor {edit.cpu:.2f} s: {edit.cpu / cold.cpu:.3f}")


def _add_real(folder: Path, content: Path) -> None:
    """Articles of others, as posts: a title, a date, the text without its front matter."""
    for number, path in enumerate(sorted(folder.glob("*/*.md"))):
        body = path.read_text("utf-8").split("---\n", 2)[-1]
        body = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", body)
        target = content / path.parent.name / "posts" / f"real-{number:03}.md"
        header = f"title: Real {number}\ndate: 2026-01-01\nstatus: published\n"
        target.write_text(f"---\n{header}---\n{body}", encoding="utf-8")


# Truth ----------------------------------------------------------------------------------------


def _tell_truth(page: Page, origin: str, output: Path, pagefind: Path | None) -> None:
    variants = load_variants()
    if pagefind:
        subprocess.run([pagefind, "--site", output], check=True, capture_output=True)
    for lang in ("zh-hans", "zh-hant", "ru"):
        texts = {
            url: fold("\n".join([title, labels, text]), variants)
            for (url, title, _, labels), text in _rows(output / "search/index", lang)
        }
        for name, queries in _queries(lang, texts).items():
            truth = [_truth(query, texts) for query in queries]
            page.goto(f"{origin}/{lang}/search/")
            found = page.evaluate(_ASK, queries)
            _tell(f"{lang}, {name}", truth, found, len(texts))
            if pagefind:
                known = set(texts)
                other = page.evaluate(_ASK_PAGEFIND, queries)
                _tell(
                    f"{lang}, {name}, Pagefind",
                    truth,
                    [[url for url in urls if url in known] for urls in other],
                    len(texts),
                )


def _queries(lang: str, texts: dict[str, str]) -> dict[str, list[str]]:
    chance, whole = random.Random(5), "\n".join(texts.values())
    if lang == "ru":
        analyser = Analyser({}, _ALGORITHMS)
        stems = {stem for stem, _ in analyser.analyse(whole, "ru").words}
        cyrillic = sorted(stem for stem in stems if re.fullmatch("[а-я]{4,}", stem))
        return {"stems": chance.sample(cyrillic, 200)}
    runs = HAN.findall(whole)
    queries = {}
    for size in (2, 3):
        pieces = sorted({run[i : i + size] for run in runs for i in range(len(run) - size + 1)})
        queries[f"{size} characters"] = chance.sample(pieces, 200)
    return queries


def _truth(query: str, texts: dict[str, str]) -> set[str]:
    """Where the query stands in a text: Han anywhere, a stem where a word begins."""
    pattern = re.compile(re.escape(query) if HAN.match(query) else rf"(?<![^\W_]){query}")
    return {url for url, text in texts.items() if pattern.search(text)}


def _tell(name: str, truth: list[set[str]], found: list[list[str]], count: int) -> None:
    true = sum(len(a & set(b)) for a, b in zip(truth, found, strict=True))
    wanted, given = sum(map(len, truth)), sum(len(set(urls)) for urls in found)
    print(
        f"{name}: {len(truth)} queries over {count} texts: recall {true / wanted:.4f} "
        f"({true} of {wanted}), precision {true / max(given, 1):.4f} ({true} of {given})"
    )


def _rows(folder: Path, lang: str) -> Iterator[tuple[list[str], str]]:
    """What results of an edition show of every document, and its text."""
    for path in sorted(folder.glob("*.json")):
        value = json.loads(path.read_text("utf-8"))
        if isinstance(value, list) and isinstance(value[0], list):
            for _, _, text, _, shown in value:
                if lang in shown:
                    yield shown[lang], text


# Speed ----------------------------------------------------------------------------------------


def _tell_speed(new_context: Callable[[], Any], origin: str, output: Path) -> None:
    """Each query in a browser of its own: bytes from the first stroke on, and then the time
    from a key stroke to the results, with what is needed loaded anew and loaded before.
    """
    queries = {"en": "complaint", "ru": "клиентами", "zh-hans": "客户", "zh-hant": "服務"}
    for lang, text in queries.items():
        context = new_context()
        page, sizes = context.new_page(), []
        page.on("response", lambda answer, sizes=sizes: sizes.append(len(answer.body())))
        page.goto(f"{origin}/{lang}/search/", wait_until="networkidle")
        sizes.clear()
        page.evaluate(_STROKES)
        page.locator("#q").focus()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)
        page.keyboard.insert_text(text)
        page.wait_for_timeout(500)
        first = page.evaluate("window.took")
        loaded, requests = sum(sizes), len(sizes)
        warm = []
        for _ in range(10):
            page.evaluate("window.took = null")
            page.keyboard.press("Backspace")
            page.wait_for_timeout(150)
            warm.append(page.evaluate("window.took"))
            page.evaluate("window.took = null")
            page.keyboard.insert_text(text[-1])
            page.wait_for_timeout(150)
            warm.append(page.evaluate("window.took"))
        times = [value for value in warm if value is not None]
        files = list((output / "search/index").iterdir())
        print(
            f"{lang}: {text}: {page.locator('.search-status').text_content()}; "
            f"{loaded / 1000:.0f} KB in {requests} requests; first results {first:.0f} ms, then "
            f"{median(times):.0f} ms (longest {max(times):.0f}, {len(times)} strokes); "
            f"{len(files)} files, {sum(f.stat().st_size for f in files) / 1e6:.2f} MB, largest "
            f"{max(f.stat().st_size for f in files) / 1000:.0f} KB"
        )
        context.close()


# From the input event until the list has been changed and a frame drawn.
_STROKES = """() => {
  let began = 0;
  document.addEventListener("input", () => (began = performance.now()), true);
  new MutationObserver(() => requestAnimationFrame(() => {
    window.took = performance.now() - began;
  })).observe(document.querySelector(".results"), { childList: true });
}"""


@contextmanager
def _serve(folder: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Nothing to tell."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


if __name__ == "__main__":
    main()
