// Runs before the first paint, so that the chosen theme does not flash and the layout does not
// shift when scripts add controls.
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
    // Storage may be disabled; then the system's theme is used.
  }
})();
