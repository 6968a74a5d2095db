// Runs before the page is drawn, so that a chosen theme doesn't flash, and so that what works by
// script has its place from the first paint.
(() => {
  const { dataset } = document.documentElement;
  dataset.script = "";
  if (navigator.clipboard) dataset.canCopy = "";
  if (navigator.clipboard || navigator.share) dataset.canShare = "";
  if (location.search) dataset.query = "";
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") dataset.theme = chosen;
  } catch {
    // Storage may be switched off; the system's theme is right then.
  }
})();
