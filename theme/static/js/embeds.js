// Replaces the picture of a video by the player of its site, after a click. Nothing is requested
// from the site before. Without this script, the picture leads to the video's page.
for (const link of document.querySelectorAll("a[data-player]")) {
  link.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.title = link.querySelector("img").alt;
    frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    frame.src = link.dataset.player;
    link.replaceWith(frame);
    frame.focus();
  });
}
