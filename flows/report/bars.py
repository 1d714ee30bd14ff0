"""Charts that are tables: ranked bars and heat maps, readable at any width and by any reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape

from flows.report.chart import Point, scaled
from flows.report.words import Both

__all__ = ["heat", "ranked"]


def ranked(
    points: Sequence[Point], head: Both, *, line: Point | None = None, links: Mapping[str, str] | None = None
) -> str:
    """Return bars in the given order; ``line`` draws another number across all of them.

    ``links`` leads from an English label to its page.
    """
    unit, write = scaled(points)
    top = max(
        [abs(p.value) for p in points] + ([abs(line.value)] if line else []), default=Decimal(1)
    ) or Decimal(1)
    below = any(p.value < 0 for p in points) or (line is not None and line.value < 0)
    zero = 50.0 if below else 0.0

    def at(value: Decimal) -> float:
        return zero + float(value / top) * (100 - zero)

    rows = []
    for number, p in enumerate(points, 1):
        a, b = sorted((zero, at(p.value)))
        name = p.x.__html__()
        if links and (page := links.get(p.x.en)):
            name = f'<a href="@root@{page}">{name}</a>'
        mark = {"~": "≈ ", ">": "≥ ", "<": "≤ "}.get(p.bound, "")
        value = (Both(mark, mark) + write(p.value)).__html__()
        down = " down" if p.value < 0 else ""
        bar = f'<i class="bar{down}" style="left:{a:.2f}%;width:{max(b - a, 0.3):.2f}%"></i>'
        if line:
            bar += f'<i class="ref" style="left:{at(line.value):.2f}%"></i>'
        number_cell = f'<a href="@root@{p.href}" {_tip(p)}>{value}</a>' if p.href else value
        rows.append(
            f'<tr class="{"derived" if p.derived else "reported"}"><td class="place">{number}</td>'
            f'<th scope="row">{name}</th>'
            f'<td class="track"><div>{bar}</div></td><td class="number">{number_cell}</td></tr>'
        )
    key = ""
    if line:
        key = f'<p class="key"><i class="ref"></i> {line.x.__html__()} {line.text.__html__()}</p>'
    return (
        f'{key}<table class="ranked"><thead class="quiet"><tr><th scope="col">#</th>'
        f'<th scope="col">{head.__html__()}</th><td></td>'
        f'<th scope="col" class="number">{unit.__html__()}</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def heat(
    rows: Sequence[tuple[Both, str | None]],
    columns: Sequence[Both],
    cells: Mapping[tuple[int, int], Point],
    head: Both,
) -> str:
    """Return growth as shades by row and column; a cell nobody reported is empty, never zero."""
    out = []
    for y, (name, page) in enumerate(rows):
        label = f'<a href="@root@{page}">{name.__html__()}</a>' if page else name.__html__()
        line = [f'<th scope="row">{label}</th>']
        for x in range(len(columns)):
            p = cells.get((y, x))
            if not p:
                line.append("<td></td>")
                continue
            # shades stop at 30 %: beyond, the number tells
            depth = min(abs(float(p.value)) / 30, 1.0)
            kind = ("up" if p.value >= 0 else "down") + (" derived" if p.derived else "")
            text = f"{p.value:.1f}".replace("-", "−")
            inner = f'<a href="@root@{p.href}" {_tip(p)}>{text}</a>' if p.href else text
            line.append(f'<td class="{kind}" style="--d:{depth:.2f}">{inner}</td>')
        out.append(f"<tr>{''.join(line)}</tr>")
    heads = "".join(f'<th scope="col">{c.__html__()}</th>' for c in columns)
    return (
        f'<table class="heat"><thead><tr><th scope="col">{head.__html__()}</th>{heads}</tr></thead>'
        f"<tbody>{''.join(out)}</tbody></table>"
    )


def _tip(p: Point) -> str:
    return f'data-e="{escape(p.tip.en)}" data-z="{escape(p.tip.zh)}"'
