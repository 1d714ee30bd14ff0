"""The reader: a text in, its Reading out; pure, and it never raises on any text."""

from __future__ import annotations

import datetime as dt

from flows.read import topic as topics
from flows.read.account import reading
from flows.read.clause import Machine, Memory
from flows.read.frame import Topic
from flows.read.lex import Lexed, furniture_from, lex
from flows.read.lexicon import fingerprint
from flows.read.line import Line
from flows.read.segment import Sentence, sentences
from flows.record import Article, Reading

__all__ = ["fingerprint", "read"]


def read(article: Article) -> Reading:
    """Return what an article says: every figure with its cell, every other numeral with a reason."""
    lexed = lex(article.text, article.lang)
    parts = sentences(lexed)
    published: dt.date | None = article.published
    topic = topics.find(lexed, parts, published)
    body = furniture_from(lexed.folded)
    machine = _run(lexed, parts, topic, published, body)
    if topics.narrow(topic, parts, machine.drafts):
        # the whole article is about one partner, regime or product: read again with that in force
        lexed = lex(article.text, article.lang)
        machine = _run(lexed, sentences(lexed), topic, published, body)
    return reading(article.id, lexed, published, machine.drafts, body)


def _run(lexed: Lexed, parts: list[Sentence], topic: Topic, published: dt.date | None, body: int) -> Machine:
    machine = Machine(topic, published, Memory(topic.frame))
    for part in parts:
        if part.start >= body:
            break
        machine.sentence(Line(part.tokens, lexed.folded, lexed.lang, part.end), part.paragraph)
    return machine
