"""The text layer of a PDF, page by page, lines of one paragraph joined."""

from __future__ import annotations

import contextlib
import re
from typing import Any

from flows.errors import UnreadableError

__all__ = ["pdf"]

_PAGES = 60
_ENDS = re.compile(r"[。！？；：.!?;:”\"）)]\s*$")


def pdf(data: bytes, *, where: str = "") -> tuple[str, str | None]:
    """Return the text of a PDF and the title its fields give.

    Raises UnreadableError: ``binary`` where the file is broken or locked, ``no-text`` where its pages
    are pictures.
    """
    import pypdfium2  # type: ignore[import-untyped]

    try:
        with contextlib.closing(pypdfium2.PdfDocument(data)) as document:
            pages = [_layer(document[number]) for number in range(min(len(document), _PAGES))]
            title = (document.get_metadata_value("Title") or "").strip()
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(
            "binary",
            f"the PDF cannot be read: {error}",
            where=where,
            hint="download it again, without a password",
        ) from None
    text = "\n".join(_paragraphs("\n".join(pages)))
    if not any(c.isalpha() for c in text):
        raise UnreadableError(
            "no-text",
            "the PDF has no text layer",
            where=where,
            hint="give the text itself: pictures are not read",
        )
    return text, title or None


def _layer(page: Any) -> str:
    with contextlib.closing(page), contextlib.closing(page.get_textpage()) as layer:
        return str(layer.get_text_bounded())


def _paragraphs(text: str) -> list[str]:
    """Join lines broken by the page's width: a line that ends no sentence runs on in the next."""
    lines = [
        line.strip()
        for line in text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "").split("\n")
    ]
    widest = max((len(line) for line in lines), default=0)
    out: list[str] = []
    runs_on = False
    for line in lines:
        if not line:
            runs_on = False
            continue
        if runs_on and out:
            glue = "" if _is_wide(out[-1][-1]) or _is_wide(line[0]) else " "
            out[-1] += glue + line
        else:
            out.append(line)
        runs_on = len(line) >= 0.75 * widest and not _ENDS.search(line)
    return out


def _is_wide(character: str) -> bool:
    return character >= "\u2e80"
