// A button that copies code. Pages with code have the labels on their body.
const { copyLabel, copiedLabel } = document.body.dataset;
if (navigator.clipboard && copyLabel) {
  for (const code of document.querySelectorAll(".codehilite > pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-code";
    button.textContent = copyLabel;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = copiedLabel;
      setTimeout(() => (button.textContent = copyLabel), 3000);
    });
    code.before(button);
  }
}
