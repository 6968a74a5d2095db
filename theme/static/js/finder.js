// Finds events and groups: by language, country, group, month, and near a city or the visitor.
// Everything is computed here from the page's own data; nothing is sent anywhere.
const form = document.querySelector("[data-finder]");
const { none, unknown, denied, away } = form.dataset;
const fields = form.elements;
const result = form.querySelector(".finder-result");
const lists = [...document.querySelectorAll("[data-upcoming], [data-list]")];
const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });
let here = null; // [latitude, longitude] to measure from
let cities = null; // [[names, country, latitude, longitude], …], most people first

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

// Haversine, in kilometres.
const distance = ([a, b], [c, d]) => {
  const radians = Math.PI / 180;
  const half = (x) => Math.sin((x * radians) / 2) ** 2;
  const inner = half(c - a) + Math.cos(a * radians) * Math.cos(c * radians) * half(d - b);
  return 12742 * Math.asin(Math.sqrt(inner));
};

const loadCities = async () => {
  if (cities) return;
  cities = [];
  const rows = await (await fetch(form.dataset.gazetteer)).json();
  cities = rows.map(([names, ...rest]) => [names.split("|"), ...rest]);
  const options = cities.slice(0, 300).map(([names]) => new Option(names[0]));
  form.querySelector("datalist").replaceChildren(...options);
};

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
    // Groups have no date of their own, so the nearest goes first; events stay by date.
    if (here && list.matches("[data-list]")) {
      const cards = [...list.querySelectorAll(".card")];
      list.append(...cards.sort((a, b) => measure(a) - measure(b)));
    }
  }
  result.textContent = shown ? "" : none;
};

// The search stands in the address, so that it can be shared; a position never does.
const remember = () => {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value && !(name === "radius" && !fields.place.value)) query.set(name, value);
  }
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
};

const search = async () => {
  const text = fields.place.value;
  let trouble = "";
  if (text) {
    await loadCities();
    const city = findCity(text);
    here = city ? [city[2], city[3]] : null;
    if (!city) trouble = unknown;
  } else if (!form.dataset.located) {
    here = null;
  }
  show();
  remember();
  if (trouble) result.textContent = trouble;
};

form.hidden = false;
for (const [name, value] of new URLSearchParams(location.search)) {
  const field = fields[name];
  if (field?.type === "checkbox") field.checked = value === "1";
  else if (field) field.value = value;
}
fields.place.addEventListener("focus", loadCities, { once: true });
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", search);
fields.place.addEventListener("input", () => delete form.dataset.located);
form.querySelector("[data-near]").addEventListener("click", () => {
  fields.place.value = "";
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      here = [coords.latitude, coords.longitude];
      form.dataset.located = "yes";
      search();
    },
    () => (result.textContent = denied),
    { maximumAge: 600000 },
  );
});
document.addEventListener("events:moved", show);
if (location.search) search();
