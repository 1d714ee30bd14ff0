"""Charts drawn as SVG: every mark is a link to its sentence, every word is in both languages.

Colours and text styles are classes of the style sheet, so that one drawing serves light, dark and print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from html import escape

from flows.report.chart import Point, scaled
from flows.report.words import Both

__all__ = ["columns", "scatter", "slope", "stacked", "waterfall"]

WIDTH = 600
_LEFT, _RIGHT = 8, 8


def columns(
    xs: Sequence[Both], series: Sequence[Sequence[Point | None]], growth: Sequence[Point | None] = ()
) -> str:
    """Return level columns, up to three beside one another, under a line of growth with its own zero."""
    out: list[str] = []
    shown = [p for one in series for p in one if p]
    _, write = scaled(shown)
    top = 92 if any(growth) else 0
    plot, base = 190, top + 22 + 190
    step = (WIDTH - _LEFT - _RIGHT) / max(len(xs), 4)
    start = (WIDTH - step * len(xs)) / 2
    left = [start + step * i for i in range(len(xs))]
    high = max([max(p.value, p.hi) for p in shown] + [Decimal(0)])
    low = min([min(p.value, p.lo) for p in shown] + [Decimal(0)])
    whole = float(high - low) or 1.0

    def y(value: Decimal) -> float:
        return base - plot * float(value - low) / whole

    wide = min(64.0, step * 0.72) / max(len(series), 1)
    for number, one in enumerate(series):
        for i, p in enumerate(one):
            if not p:
                continue
            x0 = left[i] + (step - wide * len(series)) / 2 + wide * number
            a, b = sorted((y(p.value), y(Decimal(0))))
            body = f'<rect x="{x0:.1f}" y="{a:.1f}" width="{wide - 2:.1f}" height="{max(b - a, 1):.1f}"/>'
            if p.derived and float(p.hi - p.lo) > whole * 0.004:
                mid = x0 + wide / 2 - 1
                body += f'<path class="whisker" d="M{mid:.1f} {y(p.hi):.1f}V{y(p.lo):.1f}"/>'
            if wide >= 34 or (wide >= 22 and len(xs) * len(series) <= 12):
                at = a - 5 if p.value >= 0 else b + 13
                body += _text(x0 + wide / 2 - 1, at, write(p.value), "middle")
            out.append(_mark(p, body, f"s{number}"))
    out.append(f'<path class="axis" d="M{_LEFT} {y(Decimal(0)):.1f}H{WIDTH - _RIGHT}"/>')
    every = 1 + int(len(xs) * 46 > WIDTH)
    for i, label in enumerate(xs):
        if (len(xs) - 1 - i) % every == 0:
            out.append(_text(left[i] + step / 2, base + 17, label, "middle", "tick"))
    if any(growth):
        out += _line(growth, [x + step / 2 for x in left], 18, top - 18)
    return _svg(out, base + 26, "plot time")


def _line(growth: Sequence[Point | None], xs: Sequence[float], first: float, last: float) -> Iterable[str]:
    values = [p.value for p in growth if p]
    high, low = max([*values, Decimal(0)]), min([*values, Decimal(0)])
    whole = float(high - low) or 1.0

    def y(value: Decimal) -> float:
        return last - (last - first) * float(value - low) / whole

    yield f'<path class="zero" d="M{_LEFT} {y(Decimal(0)):.1f}H{WIDTH - _RIGHT}"/>'
    run: list[str] = []
    for i, p in enumerate(growth):
        if p:
            run.append(f"{xs[i]:.1f} {y(p.value):.1f}")
        if (not p or i == len(growth) - 1) and run:
            if len(run) > 1:
                yield f'<path class="line" d="M{"L".join(run)}"/>'
            run = []
    for i, p in enumerate(growth):
        if p:
            at = y(p.value)
            body = f'<circle cx="{xs[i]:.1f}" cy="{at:.1f}" r="4"/>'
            if len(xs) <= 13 or (len(xs) - 1 - i) % 2 == 0:
                body += _text(xs[i], at - 8, p.text, "middle")
            yield _mark(p, body, "growth")


def stacked(rows: Sequence[tuple[Both, Sequence[Point]]]) -> str:
    """Return one bar of 100 % a row, cut into disjoint shares; what is left of 100 is drawn as rest.

    A part keeps its colour from row to row; the key under the bars names them all.
    """
    out: list[str] = []
    label, bar = 88, WIDTH - 88 - _RIGHT
    names = list(dict.fromkeys(p.series for _, points in reversed(rows) for p in points if p.how != "rest"))
    colour = {name: f"c{i % 8}" for i, name in enumerate(names)}
    for number, (words, points) in enumerate(rows):
        top = 4 + number * 40
        out.append(_text(0, top + 20, words, "start", "tick"))
        at = float(label)
        for p in points:
            wide = bar * float(p.value) / 100
            body = f'<rect x="{at:.1f}" y="{top}" width="{max(wide - 1.5, 0.5):.1f}" height="30"/>'
            name, share = p.series, f"{p.value:.1f}"
            if wide > 7 * max(_room(name.en), _room(name.zh)) + 46:
                body += _text(at + 5, top + 19.5, name + f" {share}", "start")
            elif wide > 30:
                body += _text(at + 4, top + 19.5, Both(share, share), "start")
            out.append(_mark(p, body, colour.get(name, "rest")))
            at += wide
    key = "".join(f'<span class="{colour[n]}">{n.__html__()}</span>' for n in names)
    return f'{_svg(out, 4 + len(rows) * 40)}<p class="swatches">{key}</p>'


def slope(pairs: Sequence[tuple[Both, Point, Point]], heads: tuple[Both, Both]) -> str:
    """Return shares at two times as lines between two columns of labels."""
    out: list[str] = []
    x0, x1 = 210.0, 390.0
    top, tall = 34.0, max(150.0, 26.0 * len(pairs))
    high = max(float(max(a.value, b.value)) for _, a, b in pairs)

    def y(p: Point) -> float:
        return top + tall * (1 - float(p.value) / (high or 1))

    for x, words, anchor in ((x0, heads[0], "end"), (x1, heads[1], "start")):
        out.append(_text(x, 16, words, anchor, "tick"))
        out.append(f'<path class="axis" d="M{x} 26V{top + tall + 8:.0f}"/>')
    before = _spread([y(a) for _, a, _ in pairs], 17)
    after = _spread([y(b) for _, _, b in pairs], 17)
    for i, (name, a, b) in enumerate(pairs):
        body = f'<path class="line" d="M{x0} {y(a):.1f}L{x1} {y(b):.1f}"/>'
        out.append(f'<g class="c{i % 8}">{body}</g>')
        share = f"{a.value:.1f}%"
        text = _text(x0 - 10, before[i] + 4, Both(f"{name.en} {share}", f"{name.zh} {share}"), "end")
        out.append(_mark(a, f'<circle cx="{x0}" cy="{y(a):.1f}" r="4"/>{text}', f"c{i % 8}"))
        share = f"{b.value:.1f}%"
        text = _text(x1 + 10, after[i] + 4, Both(f"{share} {name.en}", f"{share} {name.zh}"), "start")
        out.append(_mark(b, f'<circle cx="{x1}" cy="{y(b):.1f}" r="4"/>{text}', f"c{i % 8}"))
    return _svg(out, max([top + tall, *before, *after]) + 16)


def scatter(pairs: Sequence[tuple[Both, Point, Point]], across: Both, up: Both) -> str:
    """Return parts by their share (across) and their growth (up); the size of a mark is its share."""
    out: list[str] = []
    left, top, wide, tall = 44.0, 16.0, WIDTH - 190.0, 250.0
    far = float(max(x.value for _, x, _ in pairs)) or 1.0
    high = max([float(y.value) for _, _, y in pairs] + [0.0])
    low = min([float(y.value) for _, _, y in pairs] + [0.0])
    whole = (high - low) or 1.0

    def y_of(value: float) -> float:
        return top + 14 + (tall - 28) * (high - value) / whole

    out.append(f'<path class="axis" d="M{left} {top}V{top + tall}H{left + wide}"/>')
    out.append(f'<path class="zero" d="M{left} {y_of(0):.1f}H{left + wide}"/>')
    for value in {high, 0.0, low}:
        out.append(
            _text(left - 5, y_of(value) + 4, Both(*[f"{value:.0f}".replace("-", "−")] * 2), "end", "tick")
        )
    for tick, x0 in ((0.0, left + 8), (far, left + wide - 8)):
        out.append(_text(x0 + 8, top + tall + 15, Both(*[f"{tick:.0f}"] * 2), "end", "tick"))
    out.append(_text(left + wide + 6, top + tall + 4, across, "start", "tick"))
    out.append(_text(0, 10, up, "start", "tick"))
    at = [(left + 8 + (wide - 16) * float(x.value) / far, y_of(float(y.value))) for _, x, y in pairs]
    labels = _spread([y for _, y in at], 14)
    for i, (name, x, y) in enumerate(pairs):
        size = 4 + 10 * (float(x.value) / far) ** 0.5
        share, grown = f"{x.value:.1f}%", f"{y.value:+.1f}%".replace("-", "−")
        told = y._replace(series=name + f" {share}", text=Both(grown, grown))
        body = f'<circle cx="{at[i][0]:.1f}" cy="{at[i][1]:.1f}" r="{size:.1f}"/>'
        body += _text(at[i][0] + size + 4, labels[i] + 4, name, "start")
        out.append(_mark(told, body, f"c{i % 8}"))
    return _svg(out, top + tall + 22)


def waterfall(points: Sequence[Point], total: Point) -> str:
    """Return how parts in percentage points add up to a whole, from the top down."""
    out: list[str] = []
    label, bar = 170.0, WIDTH - 170.0 - 60
    ends, run = [0.0], 0.0
    for p in points:
        run += float(p.value)
        ends.append(run)
    high, low = max([*ends, float(total.value)]), min([*ends, 0.0, float(total.value)])
    whole = high - low or 1.0

    def x(value: float) -> float:
        return label + bar * (value - low) / whole

    top = 6.0
    for i, p in enumerate([*points, total]):
        last = i == len(points)
        a, b = (0.0, float(total.value)) if last else (ends[i], ends[i + 1])
        left, right = sorted((x(a), x(b)))
        body = f'<rect x="{left:.1f}" y="{top}" width="{max(right - left, 1):.1f}" height="22"/>'
        sign = f"{p.value:+.2f}".replace("-", "−")
        body += _text(right + 6, top + 15.5, Both(sign, sign), "start")
        out.append(_text(label - 10, top + 15.5, p.series, "end", "tick"))
        kind = "total" if last else "rest" if p.how == "rest" else "up" if b >= a else "down"
        out.append(_mark(p, body, kind))
        if not last:
            out.append(f'<path class="step" d="M{x(b):.1f} {top + 22}V{top + 30}"/>')
        top += 30
    out.append(f'<path class="axis" d="M{x(0):.1f} 0V{top}"/>')
    return _svg(out, top + 4)


def _mark(p: Point, body: str, kind: str) -> str:
    classes = f"mark {kind}{' derived' if p.derived else ''}"
    tip = f'data-e="{escape(p.tip.en)}" data-z="{escape(p.tip.zh)}"'
    if p.href:
        return f'<a class="{classes}" href="@root@{escape(p.href)}" {tip}>{body}</a>'
    return f'<g class="{classes}" role="img" {tip}>{body}</g>'


def _text(x: float, y: float, words: Both, anchor: str, kind: str = "") -> str:
    name = f' class="{kind}"' if kind else ""
    place = f" text-anchor={anchor}" if anchor == "end" else ""  # the style sheet centres columns' words
    return f'<text x="{x:.1f}" y="{y:.1f}"{place}{name}>{words.svg()}</text>'


def _room(text: str) -> float:
    return sum(1.75 if ord(c) > 0x2E80 else 1 for c in text)


def _spread(ys: Sequence[float], gap: float) -> list[float]:
    """Return label heights near ``ys`` that keep ``gap`` from one another."""
    order: Callable[[int], float] = ys.__getitem__
    out, last = list(ys), float("-inf")
    for i in sorted(range(len(ys)), key=order):
        out[i] = last = max(ys[i], last + gap)
    return out


def _svg(parts: Iterable[str], height: float, kind: str = "plot") -> str:
    named = 'role="group" aria-labelledby="@id@-title @id@-alt"'
    return f'<svg viewBox="0 0 {WIDTH} {height:.0f}" class="{kind}" {named}>{"".join(parts)}</svg>'
