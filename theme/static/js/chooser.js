// At the site's root: redirect to the language chosen earlier, else to the browser's language.
const links = [...document.querySelectorAll(".chooser [data-language]")];
const tags = new Map(links.map((link) => [link.hreflang.toLowerCase(), link]));

// zh-TW, zh-HK and zh-MO use Traditional Chinese, any other zh Simplified (CLDR).
const spellings = (tag) => {
  const { language, script } = new Intl.Locale(tag).maximize();
  return [tag.toLowerCase(), `${language}-${script}`.toLowerCase(), language];
};

const find = () => {
  let chosen = null;
  try {
    chosen = localStorage.getItem("language");
  } catch {
    // Storage may be disabled.
  }
  const known = links.find((link) => link.dataset.language === chosen);
  if (known) return known;
  for (const tag of navigator.languages) {
    for (const spelling of spellings(tag)) if (tags.has(spelling)) return tags.get(spelling);
  }
  return null;
};

for (const link of links) {
  link.addEventListener("click", () => {
    try {
      localStorage.setItem("language", link.dataset.language);
    } catch {
      // Storage may be disabled.
    }
  });
}
// "?choose" shows the list, for readers who came to change their language.
const target = find();
if (target && !location.search.includes("choose")) location.replace(target.href);
