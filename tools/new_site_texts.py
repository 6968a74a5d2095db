"""What the texts of a new site say, in the languages that the theme is translated to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language; `post` and `about` are Markdown."""

    tagline: str
    editors: str
    post_title: str
    post: str
    about_title: str
    about: str


@dataclass(frozen=True, slots=True)
class NewRubric:
    """A rubric of a new site: those that `invoke new` writes into texts, and one for news."""

    id: str
    colour: str
    icon: str
    kind: str
    label: Mapping[str, str]


TEXTS: Mapping[str, Texts] = {
    "en": Texts(
        tagline="What we do, and how we do it.",
        editors="The editors",
        post_title="Welcome",
        post="""\
This is the first post of the site. Its file is `posts/welcome.md` in the folder of this language.
Edit it, or delete it and write your own.

- A text is a Markdown file. The lines between `---` at the top are its title, date and authors.
- The hashtags of the last line are its topics. Those listed in `rubrics.toml` have a name and a
  colour.
- A file of the same name in the folder of another language is its translation.
- Who we are is told on the page [about us](../pages/about.md).

#news
""",
        about_title="About us",
        about="""\
Write here who you are, what the site is about, and how readers can reach you.
""",
    ),
    "ru": Texts(
        tagline="Что мы делаем и как.",
        editors="Редакция",
        post_title="Добро пожаловать",
        post="""\
Это первая запись сайта. Она лежит в файле `posts/welcome.md` в папке этого языка. Измените её
или удалите и напишите свою.

- Текст — это файл Markdown. Между строками `---` в начале записаны заголовок, дата и авторы.
- Хештеги в последней строке — темы записи. У тех, что перечислены в `rubrics.toml`, есть название
  и цвет.
- Файл с таким же именем в папке другого языка — перевод.
- Кто мы такие, сказано на странице [«О нас»](../pages/about.md).

#news
""",
        about_title="О нас",
        about="""\
Напишите здесь, кто вы, о чём этот сайт и как с вами связаться.
""",
    ),
    "zh-hans": Texts(
        tagline="我们做什么，怎么做。",
        editors="编辑部",
        post_title="欢迎",
        post="""\
这是本站的第一篇文章，文件是这个语言文件夹里的 `posts/welcome.md`。

你可以修改它，也可以删掉，换成自己的文章。

- 一篇文章就是一个 Markdown 文件，开头两行 `---` 之间写标题、日期和作者。
- 最后一行的话题标签说明文章的主题。写进 `rubrics.toml` 的标签有自己的名称和颜色。
- 另一个语言文件夹里的同名文件就是译文。
- 我们是谁，请看[关于我们](../pages/about.md)。

#news
""",
        about_title="关于我们",
        about="""\
在这里介绍你们是谁、网站写些什么、读者怎样联系你们。
""",
    ),
    "zh-hant": Texts(
        tagline="我們做什麼，怎麼做。",
        editors="編輯部",
        post_title="歡迎",
        post="""\
這是本站的第一篇文章，檔案是這個語言資料夾裡的 `posts/welcome.md`。

你可以修改它，也可以刪掉，換成自己的文章。

- 一篇文章就是一個 Markdown 檔案，開頭兩行 `---` 之間寫標題、日期和作者。
- 最後一行的主題標籤說明文章的主題。寫進 `rubrics.toml` 的標籤有自己的名稱和顏色。
- 另一個語言資料夾裡的同名檔案就是譯文。
- 我們是誰，請看[關於我們](../pages/about.md)。

#news
""",
        about_title="關於我們",
        about="""\
在這裡介紹你們是誰、網站寫些什麼、讀者怎麼聯絡你們。
""",
    ),
}

RUBRICS: tuple[NewRubric, ...] = (
    NewRubric(
        "news",
        "#2d62b3",
        "bookmark",
        "post",
        {"en": "News", "ru": "Новости", "zh-hans": "消息", "zh-hant": "消息"},
    ),
    NewRubric(
        "servicestories",
        "#b4472e",
        "story",
        "story",
        {"en": "Stories", "ru": "Истории", "zh-hans": "故事", "zh-hant": "故事"},
    ),
    NewRubric(
        "servicequotes",
        "#7a4fa3",
        "quote",
        "quote",
        {"en": "Quotes", "ru": "Цитаты", "zh-hans": "一句话", "zh-hant": "一句話"},
    ),
    NewRubric(
        "serviceevents",
        "#0f7669",
        "event",
        "post",
        {"en": "Events", "ru": "События", "zh-hans": "活动", "zh-hant": "活動"},
    ),
    NewRubric(
        "servicetechniques",
        "#3d7a2a",
        "tool",
        "post",
        {"en": "Techniques", "ru": "Приёмы", "zh-hans": "方法", "zh-hant": "方法"},
    ),
)
