// The search page: form, results and keyboard shortcuts. The search itself is in search_index.js;
// that module and the index are not loaded before the field has focus.
const form = document.querySelector("form.search");
const input = form.elements.q;
const status = document.querySelector(".search-status");
const list = document.querySelector(".results");
const more = document.querySelector(".search-more");
const number = new Intl.NumberFormat(document.documentElement.lang);
const PAGE = 10;

let starting = null;
const start = () =>
  (starting ??= (async () => {
    const engine = await import(form.dataset.engine);
    return [engine, await engine.open(form.dataset.index)];
  })().catch((error) => {
    starting = null; // asked for again at the next stroke
    throw error;
  }));

const kinds = Object.fromEntries([...(form.elements.kind?.options ?? [])].map((o) => [o.value, o.label]));
const show = (marked, index, query, { url, title, date, labels, kind, tag, text }) => {
  const make = (name, ...parts) => {
    const element = document.createElement(name);
    element.append(...parts);
    return element;
  };
  const link = make("a", ...marked(index, query, title, true));
  link.href = url;
  const about = make("p");
  about.className = "about";
  for (const part of [kinds[kind], date]) {
    if (part) about.append(make("span", part));
  }
  if (labels) about.append(make("span", ...marked(index, query, labels, true)));
  const head = make("h2", link);
  const excerpt = make("p", ...marked(index, query, text));
  if (tag) {
    head.lang = excerpt.lang = tag;
    head.dir = excerpt.dir = "auto";
  }
  const item = make("li", head, excerpt, about);
  item.className = "result";
  return item;
};

// `turn` counts queries, so that a newer one cancels one that is still loading; `next` shows more.
let turn = 0;
let next = async () => {};

const tell = (text) => {
  status.hidden = false;
  status.textContent = text;
};

const search = async () => {
  const mine = (turn += 1);
  const { q, ...chosen } = Object.fromEntries(new FormData(form));
  try {
    const [{ ask, read, isTrue, marked }, index] = await start();
    const query = await ask(index, q, chosen);
    if (mine !== turn) return;
    if (!query) {
      list.replaceChildren();
      list.hidden = more.hidden = status.hidden = true;
      return;
    }
    let [at, wrong] = [0, 0];
    next = async (isFirst) => {
      const items = [];
      while (items.length < PAGE && at < query.found.length) {
        const docs = query.found.slice(at, at + PAGE - items.length);
        at += docs.length;
        const rows = await Promise.all(docs.map((doc) => read(index, doc)));
        for (const row of rows) {
          if (isTrue(index, query, row)) items.push(show(marked, index, query, row));
          else wrong += 1;
        }
      }
      if (mine !== turn) return;
      if (isFirst) list.replaceChildren(...items);
      else list.append(...items);
      list.hidden = false;
      more.hidden = at >= query.found.length;
      const count = query.found.length - wrong;
      tell(count ? form.dataset.found.replace("{n}", number.format(count)) : form.dataset.none);
      if (!isFirst) items[0]?.querySelector("a").focus();
    };
    await next(true);
  } catch {
    if (mine === turn) tell(form.dataset.failed);
  }
};

// The search is stored in the URL, so that it can be shared and bookmarked.
const remember = () => {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  history.replaceState(null, "", String(query) ? `?${query}` : location.pathname);
};

const change = (event) => {
  if (event?.isComposing) return; // pinyin and the like: wait for the characters
  remember();
  search();
};

// Keyboard ---------------------------------------------------------------------------------

const move = (step) => {
  const links = [...list.querySelectorAll("h2 a")];
  const at = links.indexOf(document.activeElement) + step;
  (at < 0 ? input : links[Math.min(at, links.length - 1)] ?? input).focus();
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  // The same key produces another character on Russian and Chinese keyboards.
  const inside = event.target === input || list.contains(event.target);
  if ((event.key === "/" || (event.code === "Slash" && !event.shiftKey)) && !event.target.matches("input, select, textarea")) {
    input.focus();
    input.select();
  } else if (event.key === "ArrowDown" && inside) move(1);
  else if (event.key === "ArrowUp" && list.contains(event.target)) move(-1);
  else if (event.key === "Escape" && (inside || input.value)) {
    input.value = "";
    input.focus();
    change();
  } else return;
  event.preventDefault();
});

form.querySelector(".search-keys").hidden = false;
form.reset(); // some browsers keep what was typed before a reload; the address counts
for (const [name, value] of new URLSearchParams(location.search)) {
  const field = form.elements.namedItem(name);
  if (field && (!field.options || [...field.options].some((o) => o.value === value))) field.value = value;
}
input.addEventListener("focus", () => start().catch(() => {}), { once: true });
input.addEventListener("input", change);
input.addEventListener("compositionend", change);
form.addEventListener("change", (event) => event.target !== input && change());
form.addEventListener("submit", (event) => {
  event.preventDefault();
  change();
});
more.querySelector("button").addEventListener("click", () => next(false));
if (location.search) search();
