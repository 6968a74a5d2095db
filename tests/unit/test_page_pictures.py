"""Images as pages show them: with their size, or in several sizes and formats."""

from __future__ import annotations

from rubric.files.page_pictures import COLUMN, GALLERY, PicturePrinter
from rubric.model.image_size import Size
from rubric.model.picture import Picture, Rendition, use_fallbacks
from tests.cases import cases

SIZES = {"/images/a.png": Size(40, 30), "/images/a&b.png": Size(8, 9)}
LAZY = 'loading="lazy" decoding="async"'


def _files(ending: str, *widths: int) -> tuple[Rendition, ...]:
    return tuple(Rendition(f"/p/t-{w}.{ending}", w, w * 3 // 4) for w in widths)


TEA = Picture(
    sources=(("image/avif", _files("avif", 480, 800)), ("image/webp", _files("webp", 480, 800))),
    fallbacks=_files("jpg", 480, 800),
    large=Rendition("/p/t-2000.jpg", 2000, 1500),
)
SMALL = Picture((), _files("png", 300), None)
PICTURES = {"/images/tea.jpg": TEA, "/images/small.png": SMALL}


def shown(html: str, *, is_lead: bool = False) -> str:
    return PicturePrinter(PICTURES, SIZES, is_lead).print(html)


@cases(
    ("html", "expected"),
    [
        ('<img alt="" src="/images/a.png">',
         f'<img {LAZY} width="40" height="30" alt="" src="/images/a.png">'),
        ("<IMG src='/images/a.png' />",
         f"<img {LAZY} width=\"40\" height=\"30\" src='/images/a.png' />"),
        ('<img src="/images/a&amp;b.png">',
         f'<img {LAZY} width="8" height="9" src="/images/a&amp;b.png">'),
        ('<img width="20" src="/images/a.png">', f'<img {LAZY} width="20" src="/images/a.png">'),
        ('<img src="/images/none.png">', f'<img {LAZY} src="/images/none.png">'),
        ('<img data-src="/images/a.png">', f'<img {LAZY} data-src="/images/a.png">'),
        ("<p>No picture.</p>", "<p>No picture.</p>"),
    ],
)  # fmt: skip
def test_pictures_without_renditions_get_their_size(html: str, expected: str):
    assert shown(html) == expected


def test_browsers_choose_among_sizes_and_formats():
    html = shown('<img alt="Tea" loading="lazy" src="/images/tea.jpg">')
    assert html.startswith('<a class="enlarge" href="/p/t-2000.jpg" data-width="2000"')
    sizes = f'sizes="{COLUMN}"'
    for ending in ("avif", "webp"):
        candidates = f"/p/t-480.{ending} 480w, /p/t-800.{ending} 800w"
        assert f'<source type="image/{ending}" srcset="{candidates}" {sizes}>' in html
    assert f'srcset="/p/t-480.jpg 480w, /p/t-800.jpg 800w" {sizes} width="800" height="600"' in html
    assert 'alt="Tea" src="/p/t-800.jpg"' in html
    assert html.count("loading=") == 1


def test_only_the_first_image_is_loaded_at_once():
    html = shown('<img alt="" src="/images/tea.jpg"><img alt="" src="/a.png">', is_lead=True)
    first, second = html.split("</picture>")
    assert 'fetchpriority="high"' in first
    assert "loading=" not in first
    assert 'loading="lazy"' in second
    assert "fetchpriority" not in second


@cases(
    ("html", "is_link"),
    [
        ('<img alt="Tea" src="/images/tea.jpg">', True),
        ('<img alt="" src="/images/tea.jpg">', False),  # a link without a name
        ('<img alt="Small" src="/images/small.png">', False),
        ('<a href="/b/"><img alt="Tea" src="/images/tea.jpg"></a>', False),
    ],
)
def test_larger_pictures_are_links_to_them(html: str, is_link: bool):
    assert ('class="enlarge"' in shown(html)) is is_link


def test_images_of_a_gallery_have_half_of_the_column():
    figure = '<figure><img alt="Tea" src="/images/tea.jpg"></figure>'
    html = shown(f'<div class="gallery">{figure}{figure}</div>{figure}')
    assert (html.count(GALLERY), html.count(COLUMN)) == (6, 3)


def test_the_author_s_own_elements_stay():
    own = '<picture><source srcset="/a.webp"><img alt="" src="/images/tea.jpg"></picture>'
    assert shown(own) == own
    assert 'sizes="300px" width="300"' not in shown('<img alt="" src="/images/tea.jpg">')
    assert 'sizes="300px"' in shown('<img width="300" alt="" src="/images/tea.jpg">')


def test_feeds_have_one_file_of_each_picture():
    html = use_fallbacks('<p><img alt="A&amp;B" src="/images/tea.jpg"> text</p>', PICTURES)
    size = 'width="800" height="600"'
    assert html == f'<p><img alt="A&amp;B" src="/p/t-800.jpg" {size}> text</p>'
    assert use_fallbacks('<img src="/other.png">', PICTURES) == '<img src="/other.png">'
