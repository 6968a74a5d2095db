// Finds texts by words. The index is files of the site, made by plugins/search; docs/search.md
// tells their format. search.js loads this module when its field gets the focus.
const HAN = /[々〇\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u{20000}-\u{323af}]+/gu;
const HAN_START = /^[^\p{L}]*[\u3040-\u30ff\u3400-\u9fff]/u;
const WORD = /[\p{L}\p{N}]+/gu;
const MARKS = /[\u0300-\u036f]/g;

// Files ------------------------------------------------------------------------------------

// Opens the index whose first file is at `address`.
export const open = async (address) => {
  const files = new Map();
  const folder = address.slice(0, address.lastIndexOf("/") + 1);
  const load = (name) => {
    if (!files.has(name)) {
      const answer = fetch(folder + name).then((response) => {
        if (!response.ok) throw new Error(response.status);
        return response.json();
      });
      answer.catch(() => files.delete(name)); // a failed one is asked for again
      files.set(name, answer);
    }
    return files.get(name);
  };
  const index = await load(address.slice(folder.length));
  const [old, plain] = index.variants ? await load(index.variants) : ["", ""];
  const letters = [...plain];
  return {
    ...index,
    load,
    plain: new Map([...old].map((letter, i) => [letter, letters[i]])),
    endings: new Set(index.endings.split(" ")),
  };
};

// Folding, as plugins/search/folding.py does it --------------------------------------------

const bare = (text) => text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(MARKS, "");
const fold = (index, text) => [...bare(text)].map((c) => index.plain.get(c) ?? c).join("");

// The folded text, and where in the text each of its characters comes from.
const mapped = (index, text) => {
  let folded = "";
  const places = [];
  let place = 0;
  for (const char of text) {
    const plain = fold(index, char);
    for (let i = 0; i < plain.length; i += 1) places.push(place);
    folded += plain;
    place += char.length;
  }
  places.push(place);
  return [folded, places];
};

// Terms ------------------------------------------------------------------------------------

const unpack = (row) => {
  const found = new Map();
  let sum = 0;
  for (const step of row ?? []) found.set((sum += step) >> 2, 1 << (sum & 3));
  return found;
};

const gramsOf = (run) => {
  const chars = [...run];
  if (chars.length === 1) return chars;
  const pairs = chars.slice(1).map((char, i) => chars[i] + char);
  // A long phrase is told by some of its pairs; its text is looked at in any case.
  const step = Math.ceil(pairs.length / 6);
  return [...new Set(pairs.filter((_, i) => i % step === 0))];
};

const findRun = async (index, run) => {
  if (!index.grams.length) return new Map();
  const rows = await Promise.all(
    gramsOf(run).map(async (gram) => {
      let place = 0;
      for (const char of gram) place = (place * 31 + char.codePointAt(0)) % 65521;
      return unpack((await index.load(index.grams[place % index.grams.length]))[gram]);
    }),
  );
  const [first, ...rest] = rows.sort((a, b) => a.size - b.size);
  return new Map(
    [...first]
      .filter(([doc]) => rest.every((row) => row.has(doc)))
      .map(([doc, weight]) => [doc, Math.min(weight, ...rest.map((row) => row.get(doc)))]),
  );
};

// Whether one word becomes the other by `most` changes: letters put in, left out, swapped.
const isNear = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return false;
  let [before, row] = [[], Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + 1);
      }
    }
    if (Math.min(...next) > most) return false;
    [before, row] = [row, next];
  }
  return row[b.length] <= most;
};

const formsOf = (stem, forms) =>
  forms.split(" ").map((form) => (form[0] === "=" ? form.slice(1) : stem + form));

// Documents with a word: as it is, as a beginning, in another form; else with a slip in it.
const findWord = async (index, word) => {
  const shards = async (keys) => {
    const names = new Set(keys.map((key) => index.words[key]).filter(Boolean));
    return (await Promise.all([...names].map(index.load))).flatMap(Object.entries);
  };
  const [a, b, c] = word;
  const found = new Map();
  const forms = new Set();
  const add = (row, all, factor) => {
    for (const form of all) forms.add(form);
    for (const [doc, weight] of unpack(row)) {
      found.set(doc, Math.max(found.get(doc) ?? 0, weight * factor));
    }
  };
  for (const [stem, [endings, row]] of await shards([a, a + b])) {
    const all = formsOf(stem, endings);
    const isForm = stem.length > 2 && word.startsWith(stem) && index.endings.has(word.slice(stem.length));
    if (isForm || all.includes(word)) add(row, all, 1);
    else if (all.some((form) => form.startsWith(word))) add(row, [], 0.8);
  }
  const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  if (!found.size && most) {
    for (const [stem, [endings, row]] of await shards([a, a + b, a + c, b + a])) {
      const all = formsOf(stem, endings);
      if (all.some((form) => isNear(word, form, most))) add(row, all, 0.5);
    }
  }
  return [found, forms];
};

// A query: words and runs of Han, all of which a document must have -------------------------

export const ask = async (index, text, chosen) => {
  const folded = fold(index, text);
  const runs = [...new Set(folded.match(HAN) ?? [])];
  const words = [...new Set(folded.replace(HAN, " ").match(WORD) ?? [])];
  const terms = words.filter((word) => word.length > 1 || words.length + runs.length > 1);
  const forms = new Set();
  const sets = await Promise.all([
    ...runs.map((run) => findRun(index, run)),
    ...terms.filter((word) => word.length > 1).map(async (word) => {
      const [found, known] = await findWord(index, word);
      for (const form of known) forms.add(form);
      return found;
    }),
  ]);
  const filters = Object.entries(chosen).filter(([, value]) => value);
  const keeps = filters.map(([name, value]) => {
    const [values, column] = index.columns[name];
    const code = values.indexOf(value) + 48;
    return (doc) => column.charCodeAt(doc) === code;
  });
  if (!sets.length && !filters.length) return null;
  const all = sets.length ? sets : [new Map(Array.from({ length: index.count }, (_, i) => [i, 1]))];
  const [first, ...rest] = all.sort((a, b) => a.size - b.size);
  const found = [];
  for (const [doc, weight] of first) {
    if (!rest.every((set) => set.has(doc)) || !keeps.every((keep) => keep(doc))) continue;
    found.push([rest.reduce((sum, set) => sum + set.get(doc), weight), doc]);
  }
  found.sort((a, b) => b[0] - a[0] || a[1] - b[1]); // documents stand newest first
  return { runs, words: terms, forms, found: found.map(([, doc]) => doc) };
};

export const read = async (index, doc) => {
  const chunk = index.starts.findLastIndex((first) => first <= doc);
  return (await index.load(index.chunks[chunk]))[doc - index.starts[chunk]];
};

// Pairs of Han may stand apart, so a longer run is looked for in the text itself.
export const isTrue = (index, query, [, title, , , labels, text, isWhole]) =>
  !isWhole ||
  query.runs.every((run) => [...run].length < 3 || fold(index, `${title}\n${labels}\n${text}`).includes(run));

// Marking ----------------------------------------------------------------------------------

const spansIn = (query, folded) => {
  const spans = [];
  for (const run of query.runs) {
    for (let at = folded.indexOf(run); at >= 0; at = folded.indexOf(run, at + run.length)) {
      spans.push([at, at + run.length]);
    }
  }
  for (const { 0: word, index: at } of folded.matchAll(WORD)) {
    const begun = query.words.find((part) => word.startsWith(part));
    if (query.forms.has(word)) spans.push([at, at + word.length]);
    else if (begun) spans.push([at, at + begun.length]);
  }
  return spans.sort((a, b) => a[0] - b[0]);
};

// `text` in parts, with its found words marked; of a long one, the part around the most of them.
export const marked = (index, query, text, isWhole) => {
  // A Han character says about twice as much as a letter.
  const length = isWhole ? Infinity : HAN_START.test(text) ? 90 : 200;
  const [folded, places] = mapped(index, text);
  const spans = spansIn(query, folded).map(([from, to]) => [places[from], places[to]]);
  let [from, to] = [0, text.length];
  if (text.length > length) {
    let best = 0;
    for (const [at] of spans) {
      const inside = spans.filter(([other]) => other >= at && other < at + length * 0.7).length;
      if (inside > best) [best, from] = [inside, Math.max(0, at - Math.round(length / 4))];
    }
    const space = text.slice(from, from + 20).search(/\s/);
    if (from && space >= 0) from += space + 1;
    to = Math.min(text.length, from + length);
    const last = text.slice(to - 20, to).search(/\s\S*$/);
    if (to < text.length && last >= 0) to += last - 20;
  }
  const parts = [from ? "…" : ""];
  let at = from;
  for (const [begin, end] of spans) {
    if (begin < at || end > to) continue;
    const mark = document.createElement("mark");
    mark.textContent = text.slice(begin, end);
    parts.push(text.slice(at, begin), mark);
    at = end;
  }
  return [...parts, text.slice(at, to), to < text.length ? "…" : ""];
};
