// What every page does with script: the theme button, the language menu, sharing a quote.
const store = (key, value) => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage may be switched off.
  }
};

const toggle = document.querySelector(".theme-toggle");
if (toggle) {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const tell = () => toggle.setAttribute("aria-pressed", String(isDark()));
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    store("theme", root.dataset.theme);
    tell();
  });
  dark.addEventListener("change", tell);
  tell();
}

const menu = document.querySelector(".languages");
if (menu) {
  for (const link of menu.querySelectorAll("[data-language]")) {
    link.addEventListener("click", () => store("language", link.dataset.language));
  }
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.querySelector("span").textContent = button.dataset.done;
  });
}

for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share && !navigator.clipboard) continue;
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    const url = button.dataset.share;
    try {
      if (navigator.share) return await navigator.share({ title: document.title, url });
      await navigator.clipboard.writeText(url);
      button.querySelector("span").textContent = button.dataset.done;
    } catch {
      // The reader closed the dialogue.
    }
  });
}
