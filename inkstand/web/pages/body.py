"""A body as a page prints it: its pictures through our own address, each with its caption and its credit apart."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from lxml import etree, html

from inkstand.web.pictures import address, is_ours, sources
from inkstand.web.values import Shot

SIZES = "(min-width: 44rem) 41rem, 94vw"
Missing = Callable[[str], bool]


def printed(body: str, shots: Sequence[Shot], missing: Missing) -> tuple[str, Shot | None]:
    """The sanitised `body` made ready to print, and the picture to stand above it: the first of `shots`, unless the
    body places it itself. Pictures that `missing` names are left out of the text.
    """
    if not body:
        return "", next(iter(shots), None)
    root = html.fragment_fromstring(body, create_parent="div")
    _plain_pictures(root)
    known = {_file(shot.url): shot for shot in shots}
    placed = {_file(img.get("src", "")) for img in root.xpath(".//img")}
    for img in root.xpath(".//img"):
        _set_picture(img, known, missing)
    return _inside(root), next((shot for shot in shots[:1] if _file(shot.url) not in placed), None)


def _plain_pictures(root: html.HtmlElement) -> None:
    """Other people's choices of size go: every picture is one `img`, whose sizes are ours. The page has its `h1`."""
    # libxml2 does not know that `source` is empty, and puts the picture into it.
    for element in root.xpath(".//picture | .//source"):
        element.drop_tag()
    for heading in root.xpath(".//h1"):
        heading.tag = "h2"
    for img in root.xpath(".//img[@srcset]"):
        del img.attrib["srcset"]


def _set_picture(img: html.HtmlElement, known: Mapping[str, Shot], missing: Missing) -> None:
    url = img.get("src", "")
    if not url or (not is_ours(url) and missing(url)):
        _take_out(img)
        return
    shot = replace(known.get(_file(url), Shot(url)), url=url)
    if srcset := sources(shot):
        img.set("srcset", srcset)
        img.set("sizes", SIZES)
    for name, value in (
        ("src", address(url)),
        ("alt", img.get("alt") or shot.alt),
        ("loading", "lazy"),
        ("decoding", "async"),
    ):
        img.set(name, value)
    _set_caption(img, shot)


def _set_caption(img: html.HtmlElement, shot: Shot) -> None:
    """The caption and credit that came apart from the text, where the text itself has set none under the picture."""
    figure = next(img.iterancestors("figure"), None)
    if (figure is not None and figure.find(".//figcaption") is not None) or not (shot.caption or shot.credit):
        return
    if figure is None:
        figure = _wrapped(img)
    caption = etree.SubElement(figure, "figcaption")
    for name, text in (("caption", shot.caption), ("credit", shot.credit)):
        if text:
            etree.SubElement(caption, "span", {"class": name}).text = text


def _wrapped(img: html.HtmlElement) -> html.HtmlElement:
    """`img` in a figure of its own. A figure may not stand in a paragraph: one that holds nothing else becomes it."""
    holder = img.getparent()
    assert holder is not None  # the root is above them all
    if holder.tag == "p" and len(holder) == 1 and not (holder.text or "").strip() and not (img.tail or "").strip():
        holder.tag = "figure"
        return holder
    figure = html.Element("figure")
    tail, img.tail = img.tail, None
    holder.replace(img, figure)
    figure.append(img)
    figure.tail = tail
    if holder.tag == "p":
        holder.tag = "div"
    return figure


def _take_out(img: html.HtmlElement) -> None:
    """The picture and, where nothing else is in it, the figure around it."""
    figure = next(img.iterancestors("figure"), None)
    (img if figure is None or len(figure.xpath(".//img")) > 1 else figure).drop_tree()


def _file(url: str) -> str:
    """What one picture's addresses have in common: sizes are asked for in the query."""
    parts = urlsplit(url)
    return parts.netloc + parts.path


def _inside(root: html.HtmlElement) -> str:
    return (root.text or "") + "".join(html.tostring(child, encoding="unicode") for child in root)
