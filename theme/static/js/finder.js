// Finds events and groups: by language, country, group, month, and near a city or the visitor.
// Everything is computed in the browser; no data is sent.
const form = document.querySelector("[data-finder]");
const { none, unknown, denied, away } = form.dataset;
const fields = form.elements;
const result = form.querySelector(".finder-result");
const count = form.querySelector(".finder-count");
const lists = [...document.querySelectorAll("[data-upcoming], [data-list]")];
const groups = [...document.querySelectorAll("[data-list] .card")]; // by name
const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });
let here = null; // [latitude, longitude] to measure from
let cities = []; // [[names, country, latitude, longitude], …], most people first
let loading = null;
let trouble = "";

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

// Great-circle distance in kilometres (haversine formula).
const distance = ([a, b], [c, d]) => {
  const radians = Math.PI / 180;
  const half = (x) => Math.sin((x * radians) / 2) ** 2;
  const inner = half(c - a) + Math.cos(a * radians) * Math.cos(c * radians) * half(d - b);
  return 12742 * Math.asin(Math.sqrt(inner));
};

// Places of the page come first: a group may meet in a town that is missing in the list of cities.
const ownCities = () =>
  [...document.querySelectorAll(".place-city a")].flatMap((link) => {
    const key = decodeURIComponent(link.pathname.split("/").at(-2));
    const card = document.querySelector(`[data-city="${key}"][data-latitude]`);
    const { latitude, longitude } = card?.dataset ?? {};
    return card ? [[[link.textContent], "", Number(latitude), Number(longitude)]] : [];
  });

const fetchCities = async () => {
  const rows = await (await fetch(form.dataset.gazetteer)).json();
  cities = rows.map(([names, ...rest]) => [names.split("|"), ...rest]);
  cities.unshift(...ownCities());
  const options = cities.slice(0, 300).map(([names]) => new Option(names[0]));
  form.querySelector("datalist").replaceChildren(...options);
};

// Sends one request, even if called again before the response; a failed request is repeated.
const loadCities = () => (loading ??= fetchCities().catch(() => (loading = null)));

const findCity = (text) => {
  const wanted = fold(text);
  const named = (test) => cities.find(([names]) => names.some((name) => test(fold(name))));
  return named((name) => name === wanted) ?? named((name) => name.startsWith(wanted));
};

const keep = {
  language: (card, value) => card.dataset.languages.split(" ").includes(value),
  country: (card, value) => card.dataset.country === value,
  group: (card, value) => card.dataset.group === value,
  month: (card, value) => card.dataset.starts.startsWith(value),
  online: (card) => card.dataset.attendance !== "in_person",
};

const measure = (card) => {
  const { latitude, longitude } = card.dataset;
  return latitude && here ? distance(here, [Number(latitude), Number(longitude)]) : Infinity;
};

const show = () => {
  const chosen = new FormData(form);
  const radius = Number(chosen.get("radius"));
  let shown = 0;
  for (const list of lists) {
    for (const card of list.querySelectorAll(".card")) {
      const passes = Object.entries(keep).every(
        ([name, test]) => !chosen.get(name) || test(card, chosen.get(name)),
      );
      const km = measure(card);
      card.hidden = !passes || (here !== null && km > radius);
      shown += !card.hidden;
      card.querySelector(".away")?.remove();
      if (here && km < Infinity) {
        const words = document.createElement("span");
        words.className = "away";
        words.textContent = away.replace("{km}", number.format(km));
        card.querySelector(".where").append(" ", words);
      }
    }
    // Groups have no date and are sorted by distance; events stay sorted by date.
    if (list.matches("[data-list]")) {
      list.append(...[...groups].sort((a, b) => measure(a) - measure(b)));
    }
  }
  result.textContent = trouble || (shown ? "" : none);
};

// The button of the filter shows how many fields are in use; the radius is part of the place.
const countFilters = () => {
  const used = [...new FormData(form)].filter(([name, value]) => value && name !== "radius");
  const total = used.length + (form.dataset.located ? 1 : 0);
  count.hidden = !total;
  count.textContent = total || "";
};

// The search is stored in the URL, so that it can be shared; the visitor's position never is.
const remember = () => {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value && !(name === "radius" && !fields.place.value)) query.set(name, value);
  }
  history.replaceState(null, "", String(query) ? `?${query}` : location.pathname);
};

const search = async () => {
  const text = fields.place.value.trim();
  trouble = "";
  if (text) {
    await loadCities();
    const city = findCity(text);
    here = city ? [city[2], city[3]] : null;
    if (!city) trouble = unknown;
  } else if (!form.dataset.located) {
    here = null;
  }
  countFilters();
  const { more } = form.dataset;
  if (more) await (await import(more)).add(lists, groups);
  show();
  remember();
};

form.reset(); // some browsers keep what was chosen before a reload; the address counts
for (const [name, value] of new URLSearchParams(location.search)) {
  const field = fields.namedItem(name);
  const isOffered = !field?.options || [...field.options].some((each) => each.value === value);
  if (field?.type === "checkbox") field.checked = value === "1";
  else if (field && isOffered) field.value = value;
}
fields.place.addEventListener("focus", loadCities, { once: true });
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", search);
form.addEventListener("reset", () => {
  delete form.dataset.located;
  setTimeout(search); // the fields are reset after this event
});
fields.place.addEventListener("input", () => delete form.dataset.located);
form.querySelector("[data-near]").addEventListener("click", () => {
  fields.place.value = "";
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      here = [coords.latitude, coords.longitude];
      form.dataset.located = "yes";
      search();
    },
    async () => {
      delete form.dataset.located;
      await search();
      result.textContent = trouble = denied;
    },
    { maximumAge: 600000, timeout: 20000 },
  );
});
document.addEventListener("events:moved", show);
if (location.search) {
  // Show the list only after the search was applied.
  const { dataset } = document.documentElement;
  dataset.searching = "";
  search().finally(() => delete dataset.searching);
}
