// Loads the cards of a list's other pages, so that a search covers them, too.
const load = async (list, groups) => {
  let address = list.dataset.more;
  delete list.dataset.more;
  while (address) {
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const cards = [...page.querySelectorAll("[data-upcoming] .card, [data-list] .card")];
    list.append(...cards);
    if (list.matches("[data-list]")) groups.push(...cards);
    address = page.querySelector('.pager a[rel="next"]')?.getAttribute("href");
  }
};

export const add = async (lists, groups) => {
  try {
    await Promise.all(lists.map((list) => load(list, groups)));
  } catch {
    // Offline: the search covers this page only.
  }
};
