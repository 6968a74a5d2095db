// Keeps dates current without a rebuild: shows the visitor's local time and "in 3 days", and moves
// past events to the list of past events.
const { locale, yourTime } = document.body.dataset;
const lang = locale ?? document.documentElement.lang;
const DAY = 86400000;

// "in 3 days" counts calendar days in the visitor's time zone.
const relative = (start) => {
  const midnight = (date) => new Date(date).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(start) - midnight(Date.now())) / DAY);
  if (days < 0 || days > 60) return "";
  const words = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
  return days > 13 ? words.format(Math.round(days / 7), "week") : words.format(days, "day");
};

// The attribute has the event's wall-clock time ("2027-02-04T17:00:00+01:00"). If the visitor's
// time formats to the same text, it is not shown a second time.
const isElsewhere = (text) => {
  const date = new Date(text);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString();
  return local.slice(0, 16) !== text.slice(0, 16);
};

const addOwnTime = (box) => {
  const { starts, attendance, allDay } = box.dataset;
  const when = box.querySelector(".when");
  if (attendance === "in_person" || allDay !== undefined || !isElsewhere(starts)) return;
  const date = new Date(starts);
  const day = { weekday: "long", day: "numeric", month: "long" };
  const full = { ...day, hour: "numeric", minute: "2-digit", timeZoneName: "short" };
  const line = document.createElement(attendance === "online" ? "strong" : "small");
  line.className = "own-time";
  const time = document.createElement("time");
  time.dateTime = date.toISOString();
  time.textContent = new Intl.DateTimeFormat(lang, full).format(date);
  line.append(time, ` (${yourTime})`);
  // Online events show the visitor's time first, others the time of the venue.
  if (attendance === "online") when.prepend(line);
  else when.append(line);
};

const tellRelative = (box, now) => {
  const { starts, ends, status } = box.dataset;
  box.querySelector(".in")?.remove();
  if (new Date(ends) <= now || ["cancelled", "postponed"].includes(status)) return;
  const text = relative(new Date(starts));
  if (!text) return;
  const words = document.createElement("span");
  words.className = "in";
  words.textContent = text;
  box.querySelector(".when").append(" ", words);
};

const keepTrue = () => {
  const now = Date.now();
  let moved = false;
  for (const box of document.querySelectorAll("[data-starts]")) tellRelative(box, now);
  for (const list of document.querySelectorAll("[data-upcoming]")) {
    const past = document.querySelector("[data-past]");
    for (const card of [...list.querySelectorAll("[data-ends]")]) {
      if (new Date(card.dataset.ends) > now) continue;
      moved = true;
      // An unconfirmed date is removed once it is over.
      if (past && card.dataset.status !== "tentative") {
        const older = ({ dataset }) => new Date(dataset.starts) <= new Date(card.dataset.starts);
        past.insertBefore(card, [...past.children].find(older) ?? null);
        past.closest("section").hidden = false;
        card.hidden = false;
      } else {
        card.remove();
        const next = !card.hidden && list.querySelector("[data-ends][hidden]");
        if (next && !document.querySelector("[data-finder]")) next.hidden = false;
      }
    }
  }
  for (const part of document.querySelectorAll("[data-shows-after], [data-hides-after]")) {
    const { showsAfter, hidesAfter } = part.dataset;
    part.hidden =
      (showsAfter !== undefined && new Date(showsAfter) > now) ||
      (hidesAfter !== undefined && new Date(hidesAfter) <= now);
  }
  if (moved) document.dispatchEvent(new Event("events:moved"));
};

for (const box of document.querySelectorAll("[data-starts]")) {
  if (new Date(box.dataset.ends) > Date.now()) addOwnTime(box);
}
keepTrue();
setInterval(keepTrue, 60000);
