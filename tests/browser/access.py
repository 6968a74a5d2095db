"""Checks of WCAG 2.2 that run within a page: each script returns what it finds wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

from tests.browser.colours import COLOURS

FOCUSABLE = "a[href], button, summary, input, select, textarea, [tabindex='0']"
HOVERABLE = "a, button, summary, input, select, .card, .question, .result, .map-place"

_START = f"""() => {{
  {COLOURS}
  const found = {{}};
  const all = (selector) => [...document.querySelectorAll(selector)]
    .filter((element) => element.checkVisibility({{ visibilityProperty: true }}));
  const hasText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const report = (element, value) =>
    (found[`${{name(element)}}: ${{element.textContent.trim().slice(0, 30)}}`] = value);
  // The contrast of a colour with what is painted around an element, or within it.
  const outside = (element, colour) => {{
    const behind = background(element.parentElement);
    return contrast(pixel(...behind, colour).slice(0, 3), pixel(...behind).slice(0, 3));
  }};
  const within = (element, colour) => {{
    const behind = background(element);
    return contrast(pixel(...behind, colour).slice(0, 3), pixel(...behind).slice(0, 3));
  }};
"""
_END = "return found; }"

TEXT = f"""{_START}
  for (const element of all("body, body *")) {{
    if (!hasText(element) || element.closest(".visually-hidden, script")) continue;
    if (element.closest("svg")) continue;
    const ratio = contrastOf(element);
    if (ratio < 4.5) report(element, ratio);
  }}
{_END}"""
"""Text of less than 4.5 : 1 (1.4.3)."""

FIELDS = f"""{_START}
  for (const field of all("input:not([type=checkbox]), select, textarea")) {{
    const border = getComputedStyle(field).borderTopColor;
    const ratios = [outside(field, border), within(field, border)];
    if (Math.min(...ratios) < 3) report(field, ratios);
    const hint = getComputedStyle(field, "::placeholder");
    const behind = pixel(...background(field)).slice(0, 3);
    const drawn = pixel(...background(field), hint.color).slice(0, 3)
      .map((value, i) => value * hint.opacity + behind[i] * (1 - hint.opacity));
    if (field.placeholder && contrast(drawn, behind) < 4.5) report(field, contrast(drawn, behind));
  }}
  for (const icon of all(":is(a, button, summary) svg.icon")) {{
    const ratio = within(icon.parentElement, getComputedStyle(icon).color);
    if (ratio < 3) report(icon.parentElement, ratio);
  }}
{_END}"""
"""Borders of fields and icons of less than 3 : 1 (1.4.11), placeholders of less than 4.5 : 1."""

RINGS = f"""{_START}
  for (const element of all("[data-forced]")) {{
    if (element.closest("svg")) {{
      const stroke = getComputedStyle(element.querySelector(".map-point")).stroke;
      if (within(document.body, stroke) < 3) report(element, "no ring");
      continue;
    }}
    const style = getComputedStyle(element);
    const ratio = outside(element, style.outlineColor);
    const isDrawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (!isDrawn) report(element, "no ring");
    else if (ratio < 3) report(element, ratio);
  }}
{_END}"""
"""Focus rings that are missing or of less than 3 : 1, on elements `forced` to have them (2.4.7)."""

UNMARKED = f"""{_START}
  for (const link of all("main a[href]")) {{
    const around = [...link.parentElement.childNodes];
    const inText = link.closest("p, li, dd, td, blockquote, figcaption") &&
      around.some((node) => node.nodeType === 3 && /[\\p{{L}}\\p{{N}}]/u.test(node.data));
    if (!inText || link.closest(".card, .quotation, .result")) continue;
    const line = getComputedStyle(link).textDecorationLine;
    if (!line.includes("underline")) report(link, "colour only");
  }}
{_END}"""
"""Links within text that only their colour tells from it (1.4.1)."""

NAMES = f"""{_START}
  const fold = (text) => text.replace(/\\s+/g, " ").trim().toLowerCase();
  const shown = (node) => {{
    if (node.nodeType === 3) return node.data;
    if (node.nodeType !== 1) return "";
    if (node.matches(".visually-hidden, title, svg, [aria-hidden=true]")) return "";
    return node.checkVisibility() ? [...node.childNodes].map(shown).join("") : "";
  }};
  for (const element of all("{FOCUSABLE}")) {{
    if (element.role === "region") continue;  // a frame that scrolls is not a control
    const labels = [...(element.labels ?? [])].map((label) => label.textContent).join(" ");
    const icon = element.querySelector("title, img[alt]");
    const {{ ariaLabel, textContent, title }} = element;
    const spoken = fold(ariaLabel ?? (labels || textContent || icon?.alt || title || ""));
    if (!spoken) report(element, "no name");
    const words = fold(shown(element));
    if (/[\\p{{L}}\\p{{N}}]/u.test(words) && !spoken.startsWith(words)) report(element, spoken);
  }}
{_END}"""
"""Controls without a name, or whose name does not begin with the words one sees (2.5.3)."""

TARGETS = f"""{_START}
  const inSentence = (element) =>
    element.closest("p, li, dd, td, blockquote, figcaption, h1, h2, h3") &&
    [...element.parentElement.childNodes].some(
      (node) => node.nodeType === 3 && /[\\p{{L}}\\p{{N}}]/u.test(node.data));
  for (const element of all("a[href], button, summary, input, select")) {{
    if (inSentence(element) || element.closest(".skip, .quotation")) continue;
    const after = getComputedStyle(element, "::after");
    const covers = after.content !== "none" && after.position === "absolute";
    const covered = covers ? element.closest(".card, .link-card, li") : element;
    const target = element.querySelector(".map-target") ?? covered;
    const {{ width, height }} = target.getBoundingClientRect();
    if (width < 23.9 || height < 23.9) report(element, [width, height]);
  }}
{_END}"""
"""Targets of less than 24 × 24 CSS pixels, but for links within a sentence (2.5.8)."""

STRUCTURE = f"""{_START}
  for (const article of document.querySelectorAll("article")) {{
    if (!article.querySelector("h1, h2, h3, h4")) report(article, "no heading");
  }}
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {{
    const next = Number(heading.localName[1]);
    if (next > level + 1) report(heading, `h${{level}} → h${{next}}`);
    level = next;
  }}
{_END}"""
"""Articles without a heading, and headings that skip a level (1.3.1)."""

SLANTED = f"""{_START}
  for (const element of all("body *")) {{
    const own = [...element.childNodes].filter((node) => node.nodeType === 3);
    if (!/\\p{{Script=Han}}/u.test(own.map((node) => node.data).join(""))) continue;
    const {{ fontStyle, fontSynthesisStyle }} = getComputedStyle(element);
    if (fontStyle === "normal") continue;
    if (fontSynthesisStyle !== "none") report(element, fontStyle);
    if (element.closest("[lang]").lang.startsWith("zh")) report(element, fontStyle);
  }}
{_END}"""
"""Han text that is slanted."""

OVERFLOW = f"""{_START}
  const root = document.documentElement;
  const wide = root.scrollWidth - root.clientWidth;
  if (wide > 0) {{
    for (const element of document.querySelectorAll("body *")) {{
      const {{ right }} = element.getBoundingClientRect();
      if (right > root.clientWidth + 0.5) report(element, `${{right}} of ${{root.clientWidth}}`);
    }}
    found.wide = wide;
  }}
{_END}"""
"""What makes a page scroll sideways (1.4.10, 1.4.4)."""

STILL = {
    "text": TEXT,
    "fields": FIELDS,
    "unmarked links": UNMARKED,
    "names": NAMES,
    "structure": STRUCTURE,
    "slanted": SLANTED,
}


_MARK = """([selector, mark]) => {
  const seen = new Set();
  const style = ({ localName, className, id, type, dataset, ariaCurrent, ariaPressed }) =>
    [localName, className.baseVal ?? className, id, type, dataset.rubric, ariaCurrent, ariaPressed]
      .join(" ");
  for (const element of document.querySelectorAll(selector)) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const path = [];
    for (let e = element; e; e = e.parentElement) path.push(style(e));
    const key = path.join();
    if (seen.has(key)) continue;
    seen.add(key);
    element.setAttribute(mark, "");
  }
}"""
"""Marks one visible element of each kind: equal names and classes up to the root look alike."""


@contextmanager
def forced(page: Page, selector: str, *states: str) -> Iterator[None]:
    """Put one element of each kind of a selector into states such as `hover`."""
    page.evaluate(_MARK, [selector, "data-forced"])
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "[data-forced]"})
    for node in found["nodeIds"]:
        session.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": list(states)})
    yield
    session.detach()
    page.evaluate(
        """for (const element of document.querySelectorAll("[data-forced]"))
          element.removeAttribute("data-forced");"""
    )
