"""Reads reports back: text, links, numbers and where the characters stand."""

import io
import re
from collections.abc import Iterable, Iterator

import pypdfium2
from pypdf import PdfReader

NUMBER = re.compile(r"[−+]?\d[\d,]*(?:\.\d+)?(?:e[−-]?\d+)?")


def pages(pdf: bytes) -> list[str]:
    """The text of each page, white space squeezed."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def exact_text(pdf: bytes) -> str:
    """The text as PDFium reads it: it also follows fonts in which a glyph was missing, where pypdf gives up."""
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def links(pdf: bytes) -> set[str]:
    found = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for note in page.get("/Annots") or ():
            found.add(note.get_object()["/A"]["/URI"])
    return found


def numbers(content: str, *, without: Iterable[str] = ()) -> set[str]:
    """The numbers in a text, after words that happen to hold digits (ids, dates, versions) are taken out."""
    for word in sorted(set(without), key=len, reverse=True):
        content = content.replace(word, " ")
    return {token.strip("+,").lstrip("−") for token in NUMBER.findall(content)}


def boxes(pdf: bytes) -> Iterator[tuple[int, float, float, float, float]]:
    """(page, left, bottom, right, top) of every run of text, in millimetres."""
    with pypdfium2.PdfDocument(pdf) as document:
        for index, page in enumerate(document, start=1):
            content = page.get_textpage()
            for rect in range(content.count_rects()):
                left, bottom, right, top = (edge * 25.4 / 72 for edge in content.get_rect(rect))
                yield index, left, bottom, right, top
