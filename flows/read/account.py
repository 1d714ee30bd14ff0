"""Merges drafts into figures and proves that every numeral has a fate."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from flows.read.draft import Draft
from flows.read.lex import Lexed
from flows.read.tokens import Quantity, Token
from flows.record import Cell, Figure, Numeral, Place, Reading, Reason


def figure(draft: Draft, text: str) -> Figure:
    """Return a draft as a figure with its first place."""
    frame, token = draft.frame, draft.token
    cell = Cell(
        reporter=frame.reporter or "", flow=frame.flow or "trade", period=str(frame.period), partner=frame.partner,
        product=frame.product, enterprise=frame.enterprise, regime=frame.regime, channel=frame.channel,
    )  # fmt: skip
    return Figure(
        cell, draft.measure, draft.unit, draft.value.normalize(), draft.step,
        (Place(token.start, token.end, text[token.start : token.end]),), draft.bound, draft.stance,
        tuple(sorted(draft.of.items())), counted=draft.counted, rule=draft.rule,
    )  # fmt: skip


def reading(ident: str, lexed: Lexed, published: dt.date | None, drafts: list[Draft], body: int) -> Reading:
    """Return the reading of an article: equal figures merged, every other numeral with its reason."""
    figures: list[Figure] = []
    number: dict[tuple[object, ...], int] = {}
    at: dict[int, list[int]] = {}
    for draft in drafts:
        new = figure(draft, lexed.text)
        n = number.setdefault(new.key(), len(figures))
        if n == len(figures):
            figures.append(new)
        elif new.places[0] not in figures[n].places:
            figures[n] = replace(figures[n], places=(*figures[n].places, *new.places))
        at.setdefault(id(draft.token), []).append(n)
    numerals: list[Numeral] = []
    for token in lexed.tokens:
        if not token.has("NUM", "PERIOD", "ID"):
            continue
        mine = at.get(id(token))
        printed = lexed.text[token.start : token.end]
        if mine:
            numerals.append(Numeral(token.start, token.end, printed, tuple(dict.fromkeys(mine))))
        else:
            numerals.append(Numeral(token.start, token.end, printed, (), _reason(token, body), "account"))
    return Reading(ident, lexed.lang, published, tuple(figures), tuple(numerals))


def _reason(token: Token, body: int) -> Reason:
    if token.start >= body and not token.has("PERIOD"):
        return Reason.FURNITURE
    if token.reason is not None:
        return token.reason
    q = token.kinds.get("NUM")
    if isinstance(q, Quantity) and q.word:
        return Reason.IDIOM
    return Reason.UNRESOLVED
