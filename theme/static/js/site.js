// Scripts of every page: the theme button, the language menu, sharing a quote.
const store = (key, value) => {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage may be disabled.
  }
};

const toggle = document.querySelector(".theme-toggle");
if (toggle) {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const tell = () => toggle.setAttribute("aria-pressed", String(isDark()));
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
  const isInside = (event) => menu.contains(event.target);
  document.addEventListener("click", (event) => {
    if (!isInside(event)) menu.open = false;
  });
  // Pressing the mouse inside the menu may move the focus before the click event is sent.
  let isPressed = false;
  document.addEventListener("pointerdown", (event) => (isPressed = isInside(event)));
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => (isPressed = false));
  }
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget ? !menu.contains(relatedTarget) : !isPressed) menu.open = false;
  });
  // Runs before other listeners: Escape closes the menu only and does not clear the search field.
  const close = (event) => {
    if (event.key !== "Escape" || !menu.open || event.isComposing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    menu.open = false;
    menu.querySelector("summary").focus();
  };
  window.addEventListener("keydown", close, { capture: true });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.querySelector("span").textContent = button.dataset.done;
  });
}

for (const button of document.querySelectorAll("[data-share]")) {
  button.addEventListener("click", async () => {
    const url = button.dataset.share;
    try {
      if (navigator.share) return await navigator.share({ title: document.title, url });
      await navigator.clipboard.writeText(url);
      button.querySelector("span").textContent = button.dataset.done;
    } catch {
      // The reader closed the dialog.
    }
  });
}
