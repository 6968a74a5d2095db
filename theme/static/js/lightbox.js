// Shows pictures enlarged, above the page. Without this script, their links open the large file.
const links = [...document.querySelectorAll("a.enlarge")];
const dialog = document.querySelector(".lightbox");
const figure = dialog.querySelector("figure");
const [previous, next] = ["previous", "next"].map((name) => {
  const button = dialog.querySelector(`.lightbox-${name}`);
  button.hidden = links.length < 2;
  return button;
});
let place = 0;

const show = (number) => {
  place = (number + links.length) % links.length;
  const link = links[place];
  const image = new Image(Number(link.dataset.width), Number(link.dataset.height));
  image.alt = link.querySelector("img").alt;
  image.src = link.href;
  const caption = link.closest("figure")?.querySelector("figcaption");
  figure.replaceChildren(image, ...(caption ? [caption.cloneNode(true)] : []));
};

links.forEach((link, number) => {
  link.setAttribute("aria-haspopup", "dialog");
  link.addEventListener("click", (event) => {
    // Other clicks open the file in a tab or window of its own.
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(number);
    dialog.showModal();
  });
});

previous.addEventListener("click", () => show(place - 1));
next.addEventListener("click", () => show(place + 1));
dialog.querySelector(".lightbox-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target === figure) dialog.close();
});
dialog.addEventListener("keydown", (event) => {
  const isLeftToRight = getComputedStyle(dialog).direction === "ltr";
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
  if (step && links.length > 1) show(place + (isLeftToRight ? step : -step));
});
dialog.addEventListener("close", () => {
  figure.replaceChildren();
  links[place].focus();
});
