// Full-text search. The index consists of static files written by plugins/rubric/search; its format
// is described in docs/search.md. search.js loads this module when its field gets the focus.
// These ranges and letters are those of plugins/rubric/model/script.py.
const HAN = /[々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}\u3040-\u30ff]+/gu;
const HAN_START = new RegExp(`^[^\\p{L}]*${HAN.source}`, "u");
const WORD = /[\p{L}\p{N}]+/gu;
const MARKS =
  /[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]/g;
const [VARIANTS, PLAIN] = ["ٱىیةک٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "اييهك01234567890123456789"];
// Words that contain signs: C++, C#; U.S.A.; 24/7; e-mail; .NET. See plugins/rubric/search/terms.py.
const COMPOUND =
  /(?<![\p{L}\p{N}])(?:(\p{L}+(?:\+\+|#(?![\p{L}\p{N}])))|((?:\p{L}\.){2,})|(\p{Nd}+(?:[.,:/]\p{Nd}+)+)|([\p{L}\p{N}]+(?:[-\u2010\u2011][\p{L}\p{N}]+)+)|(\.\p{L}[\p{L}\p{N}]+))/gu;
const DIGITS = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter((c) => !'"\\'.includes(c));
const VALUES = new Map(DIGITS.map((char, i) => [char, i]));
const HALF = DIGITS.length / 2;
const NAME = 9;
const [SHORTEST, LONGEST] = [2, 4];

// Files ------------------------------------------------------------------------------------

// Opens the index whose manifest is at `address`.
export const open = async (address) => {
  const files = new Map();
  const folder = address.slice(0, address.lastIndexOf("/") + 1);
  const keep = (name, get) => {
    if (!files.has(name)) {
      const answer = get(folder + name);
      answer.catch(() => files.delete(name)); // after a failure the next attempt loads it
      files.set(name, answer);
    }
    return files.get(name);
  };
  const load = (name) =>
    keep(name, async (file) => {
      const response = await fetch(file);
      if (!response.ok) throw new Error(response.status);
      return response.json();
    });
  const root = await load(address.slice(folder.length));
  const index = { ...root, load, plain: new Map([...VARIANTS].map((letter, i) => [letter, PLAIN[i]])), corpora: [] };
  let first = 0;
  for (const corpus of root.corpora) {
    index.corpora.push({ ...corpus, first, deep: new Set(corpus.deep.split(" ")), stem: (word) => word });
    first += corpus.slots;
  }
  await Promise.all(
    index.corpora.map(async (corpus) => {
      const [[old, plain], stemmer] = await Promise.all([
        corpus.variants ? load(corpus.variants) : ["", ""],
        corpus.stemmer ? keep(corpus.stemmer, (file) => import(file)) : {},
      ]);
      const letters = [...plain];
      [...old].forEach((letter, i) => index.plain.set(letter, letters[i]));
      if (stemmer.stem) corpus.stem = stemmer.stem;
    }),
  );
  index.ids = numbers(root.order, root.width);
  index.rank = new Map(index.ids.map((id, i) => [id, i])); // newest first
  for (const corpus of index.corpora) {
    const slots = index.ids.map((id) => id - corpus.first).filter((slot) => slot >= 0 && slot < corpus.slots);
    const used = [...new Set(slots.map((slot) => chunkOf(corpus, slot)))].sort((a, b) => a - b);
    corpus.rows = new Map(used.map((number, i) => [number, corpus.chunks.slice(i * NAME, i * NAME + NAME)]));
  }
  return index;
};

const numbers = (text, width) => {
  const found = [];
  for (let at = 0; at < text.length; at += width) {
    let number = 0;
    for (let i = at; i < at + width; i += 1) number = number * DIGITS.length + VALUES.get(text[i]);
    found.push(number);
  }
  return found;
};

const chunkOf = (corpus, slot) => Math.floor((slot * corpus.chunkCount) / corpus.slots);

// Returns the file that contains the terms of a key.
const shardOf = (corpus, key) => {
  let place = 0;
  for (const char of key) place = (place * 31 + char.codePointAt(0)) % 65521;
  const at = Math.floor((((place * 40503) % 65521) * (corpus.shards.length / NAME)) / 65521) * NAME;
  return `${corpus.shards.slice(at, at + NAME)}.json`;
};

const keyOf = (corpus, word) => {
  const letters = [...word];
  let length = SHORTEST;
  while (length < LONGEST && corpus.deep.has(letters.slice(0, length).join(""))) length += 1;
  return letters.slice(0, length).join("");
};

// Decodes postings: calls `add` with the number (in the edition) and weight of each document of a
// corpus. Documents that the edition does not list are skipped.
const unpack = (index, corpus, postings, add) => {
  let [value, step, factor] = [0, 0, 1];
  for (const char of postings ?? "") {
    const digit = VALUES.get(char);
    if (digit >= HALF) {
      step += (digit - HALF) * factor;
      factor *= HALF;
      continue;
    }
    value += step + digit * factor;
    [step, factor] = [0, 1];
    const id = corpus.first + (value >> 2);
    if (index.rank.has(id)) add(id, 1 << (value & 3));
  }
};

// Folding, identical to plugins/rubric/search/folding.py ------------------------------------------

const bare = (text) => text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(MARKS, "");
const fold = (index, text) => [...bare(text)].map((c) => index.plain.get(c) ?? c).join("");
// Lower-cases, but keeps the letters that stemmers need: й, é, ё.
const lower = (text) => text.normalize("NFKC").toLowerCase().replace(MARKS, "").replaceAll("♯", "#");

// Returns the folded text, and the position in the original text of each of its characters.
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

// Words ------------------------------------------------------------------------------------

const partsOf = (text) => text.match(WORD) ?? [];

// Splits a query into items. An item is a list of alternatives; an alternative is a list of words
// that a text must contain.
const itemsOf = (text) => {
  const items = [];
  const rest = text.replace(COMPOUND, (found, sign, dotted, number, hyphens) => {
    const parts = partsOf(found);
    if (hyphens) items.push([[parts.join("")], ...(parts.every((part) => part.length > 1) ? [parts] : [])]);
    else items.push([[dotted ? found.slice(0, -1) : found]]);
    return " ";
  });
  return [...items, ...partsOf(rest).map((word) => [[word]])];
};

const formsOf = (stem, forms) =>
  forms.split(" ").map((form) => (form[0] === "=" ? form.slice(1) : stem + form));

// Returns the folded stems of a word in the languages of all corpora: labels may be in any of them.
const stemsOf = (index, word) => {
  const isPlain = /^[\p{L}\p{N}]+$/u.test(word);
  const stems = index.corpora.map((corpus) => (isPlain ? corpus.stem(word.replaceAll("ё", "е")) : word));
  return new Set(stems.map((stem) => fold(index, stem)));
};

// True if the Damerau-Levenshtein distance of two words is at most `most`.
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

// Finds documents with a word: exact, in another form, or as a prefix; otherwise with a typo.
const findWord = async (index, word) => {
  const form = fold(index, word);
  const stems = stemsOf(index, word);
  const found = new Map();
  const forms = new Set([form]);
  const rowsOf = async (corpus, words) => {
    const names = new Set(words.map((each) => shardOf(corpus, keyOf(corpus, each))));
    const shards = await Promise.all([...names].map(index.load));
    return shards.flatMap((shard) => Object.entries(shard).filter(([, row]) => Array.isArray(row)));
  };
  const add = (corpus, postings, factor) =>
    unpack(index, corpus, postings, (id, weight) => found.set(id, Math.max(found.get(id) ?? 0, weight * factor)));
  await Promise.all(
    index.corpora.map(async (corpus) => {
      for (const [stem, [endings, postings]] of await rowsOf(corpus, [form, ...stems])) {
        const all = formsOf(stem, endings);
        if (stems.has(stem) || all.includes(form)) {
          for (const each of all) forms.add(each);
          add(corpus, postings, 1);
        } else if (form.length > 1 && all.some((each) => each.startsWith(form))) add(corpus, postings, 0.8);
      }
    }),
  );
  // A different number is not a typo.
  const most = form.length < 4 || /\p{N}/u.test(form) ? 0 : form.length < 8 ? 1 : 2;
  if (!found.size && most) {
    const [a, b, c, d = ""] = form;
    const rest = form.slice(4);
    const guesses = [form, a + c + d + rest, a + b + d + rest, b + a + c + d + rest, a + c + b + d + rest];
    await Promise.all(
      index.corpora.map(async (corpus) => {
        for (const [stem, [endings, postings]] of await rowsOf(corpus, guesses)) {
          const all = formsOf(stem, endings);
          if (!all.some((each) => isNear(form, each, most))) continue;
          for (const each of all) forms.add(each);
          add(corpus, postings, 0.5);
        }
      }),
    );
  }
  return [found, forms];
};

// Finds documents with all words.
const findAll = async (index, words, forms) => {
  const sets = await Promise.all(
    words.map(async (word) => {
      const [found, known] = await findWord(index, word);
      for (const form of known) forms.add(form);
      return found;
    }),
  );
  return intersect(sets);
};

// Returns the intersection of the sets, with the sums of the weights.
const intersect = (sets) => {
  const [first, ...rest] = sets.sort((a, b) => a.size - b.size);
  const found = new Map();
  for (const [id, weight] of first) {
    if (rest.every((set) => set.has(id))) found.set(id, rest.reduce((sum, set) => sum + set.get(id), weight));
  }
  return found;
};

// Finds documents with any of the alternatives of an item.
const findItem = async (index, alternatives, forms) => {
  const found = new Map();
  for (const set of await Promise.all(alternatives.map((words) => findAll(index, words, forms)))) {
    for (const [id, weight] of set) found.set(id, Math.max(found.get(id) ?? 0, weight));
  }
  return found;
};

// Han --------------------------------------------------------------------------------------

const gramsOf = (run) => {
  const chars = [...run];
  if (chars.length === 1) return chars;
  const pairs = chars.slice(1).map((char, i) => chars[i] + char);
  // For a long phrase, only some pairs are looked up: the text is compared in any case.
  const step = Math.ceil(pairs.length / 6);
  return [...new Set(pairs.filter((_, i) => i % step === 0))];
};

const findRun = async (index, run) => {
  const rows = await Promise.all(
    gramsOf(run).map(async (gram) => {
      const found = new Map();
      await Promise.all(
        index.corpora.map(async (corpus) => {
          if (!corpus.han) return;
          const postings = (await index.load(shardOf(corpus, gram)))[gram];
          unpack(index, corpus, postings, (id, weight) => found.set(id, weight));
        }),
      );
      return found;
    }),
  );
  const [first, ...rest] = rows.sort((a, b) => a.size - b.size);
  return new Map(
    [...first]
      .filter(([id]) => rest.every((row) => row.has(id)))
      .map(([id, weight]) => [id, Math.min(weight, ...rest.map((row) => row.get(id)))]),
  );
};

// Query: words and runs of Han, all of which a document must contain -------------------------

export const ask = async (index, text, chosen) => {
  const runs = [...new Set(fold(index, text).match(HAN) ?? [])];
  const items = itemsOf(lower(text).replace(HAN, " "));
  const isWord = ([[word], ...more]) => word.length > 1 || more.length || items.length + runs.length === 1;
  const forms = new Set();
  const sets = await Promise.all([
    ...runs.map((run) => findRun(index, run)),
    ...items.filter(isWord).map((item) => findItem(index, item, forms)),
  ]);
  const filters = Object.entries(chosen).filter(([, value]) => value);
  if (!sets.length && !filters.length) return null;
  const columns = filters.length ? await index.load(index.columns) : {};
  const keeps = filters.map(([name, value]) => {
    const [values, column] = columns[name];
    const code = values.indexOf(value) + 48;
    return (id) => column.charCodeAt(index.rank.get(id)) === code;
  });
  const all = sets.length ? intersect(sets) : new Map(index.ids.map((id) => [id, 1]));
  const found = [...all].filter(([id]) => keeps.every((keep) => keep(id)));
  found.sort((a, b) => b[1] - a[1] || index.rank.get(a[0]) - index.rank.get(b[0]));
  const words = [...new Set(items.flat(2))].map((word) => fold(index, word));
  const stems = new Set(items.flat(2).flatMap((word) => [...stemsOf(index, word)]));
  return { runs, words, forms, stems, found: found.map(([id]) => id) };
};

// Loads what a result shows: url, title, date, labels, kind, language tag (empty if it is that of
// the page), text, and whether the text is complete.
export const read = async (index, id) => {
  const corpus = index.corpora.findLast(({ first }) => first <= id);
  const slot = id - corpus.first;
  const rows = await index.load(`${corpus.rows.get(chunkOf(corpus, slot))}.json`);
  const [, kind, text, isWhole, shown] = rows.find(([each]) => each === slot);
  const [url, title, date, labels] = shown[index.lang];
  return { url, title, date, labels, kind, tag: corpus.lang === index.lang ? "" : corpus.tag, text, isWhole };
};

// Pairs of Han may be in different places, so longer runs are searched in the text itself.
export const isTrue = (index, query, { title, labels, text, isWhole }) =>
  !isWhole ||
  query.runs.every((run) => [...run].length < 3 || fold(index, `${title}\n${labels}\n${text}`).includes(run));

// Marking ----------------------------------------------------------------------------------

// True if a word of a text is a form of a word in the query.
const isForm = (index, query, word) =>
  query.forms.has(word) ||
  (query.stems.size && index.corpora.some((corpus) => query.stems.has(fold(index, corpus.stem(word)))));

const spansIn = (index, query, folded) => {
  const spans = [];
  const firsts = new Set([...query.forms, ...query.words, ...query.stems].map((word) => word[0]));
  for (const run of query.runs) {
    for (let at = folded.indexOf(run); at >= 0; at = folded.indexOf(run, at + run.length)) {
      spans.push([at, at + run.length]);
    }
  }
  for (const { 0: found, index: at } of folded.matchAll(COMPOUND)) {
    if (query.words.includes(found) || query.words.includes(found.slice(0, -1)) || query.forms.has(partsOf(found).join(""))) {
      spans.push([at, at + found.length]);
    }
  }
  for (const { 0: word, index: at } of folded.matchAll(WORD)) {
    if (!firsts.has(word[0])) continue;
    const begun = query.words.find((part) => part.length > 1 && word.startsWith(part));
    if (isForm(index, query, word)) spans.push([at, at + word.length]);
    else if (begun) spans.push([at, at + begun.length]);
  }
  return spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
};

// Splits `text` into parts, with matches marked; a long text is cut to the part with most matches.
export const marked = (index, query, text, isWhole) => {
  // A Han character is about as wide and informative as two letters.
  const length = isWhole ? Infinity : HAN_START.test(text) ? 90 : 200;
  const [folded, places] = mapped(index, text);
  const spans = spansIn(index, query, folded).map(([from, to]) => [places[from], places[to]]);
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
