"""Which parts of a whole may stand in one bar: only those that do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flows.report.chart import Point, point
from flows.report.facts import Fact, Warehouse
from flows.report.words import t

__all__ = ["Parts"]

KIND = {"partner": "area", "product": "product", "enterprise": "enterprise", "regime": "regime"}


class Parts:
    """Tells parts apart: members of groups, goods within goods, classes of one partition.

    What no reference table places is taken to overlap: a bar of 100 % must never count twice.
    """

    def __init__(self, house: Warehouse) -> None:
        self._house = house
        self._members: dict[str, set[str]] = {}
        for whole, part in house.rows("site_groups", [house.release.built_at.date()]):
            self._members.setdefault(whole, set()).add(part)
        self._goods = {
            p: (parent, [(r["low"], r["high"]) for r in hs or ()])
            for p, parent, hs in house.rows("site_goods")
        }
        self._classes = {(k, n): (parent, bool(adds)) for k, n, parent, adds in house.rows("site_classes")}

    def disjoint(self, axis: str, facts: Sequence[Fact], most: int = 8) -> list[Fact]:
        """Return the largest of ``facts`` that overlap with none that is larger."""
        kept: list[Fact] = []
        for fact in sorted(facts, key=lambda f: (-f.value, getattr(f, axis))):
            name = getattr(fact, axis)
            if len(kept) < most and not any(self.overlap(axis, name, getattr(k, axis)) for k in kept):
                if axis == "partner" and not self._house.areas.get(name, ("", None, False, False))[3]:
                    continue
                if sum((k.lo for k in kept), fact.lo) > 100:
                    continue
                kept.append(fact)
        return kept

    def overlap(self, axis: str, a: str, b: str) -> bool:
        """Tell whether two parts may hold the same trade."""
        if a == b:
            return True
        if axis == "partner":
            mine, yours = self._members.get(a, {a}), self._members.get(b, {b})
            return bool(mine & yours) or a in yours or b in mine
        if axis == "product":
            return self._goods_overlap(a, b)
        one, other = self._classes.get((axis, a)), self._classes.get((axis, b))
        return not (one and other and one[0] == other[0] == "all" and one[1] and other[1])

    def _goods_overlap(self, a: str, b: str) -> bool:
        if b in self._line(a) or a in self._line(b):
            return True
        mine, yours = self._hs(a), self._hs(b)
        if not mine or not yours:
            return True
        return any(_cut(x, y) for x in mine for y in yours)

    def _hs(self, product: str) -> list[tuple[str, str]]:
        found = self._goods.get(product, (None, []))[1]
        return [(str(low), str(high or low)) for low, high in found]

    def _line(self, product: str) -> set[str]:
        seen: set[str] = set()
        parent = self._goods.get(product, (None, []))[0]
        while parent and parent != "all" and parent not in seen:
            seen.add(parent)
            parent = self._goods.get(parent, (None, []))[0]
        return seen

    def points(self, axis: str, facts: Sequence[Fact], x: object) -> list[Point]:
        """Return disjoint shares of one period as marks, and what is left of 100 % as the last."""
        from flows.report.words import Both

        words = x if isinstance(x, Both) else t("")
        names = self._house.names
        kept = self.disjoint(axis, facts)
        marks = [point(self._house, f, words, names(KIND[axis], getattr(f, axis))) for f in kept]
        left = 100 - sum((f.value for f in kept), Decimal(0))
        if marks and left > Decimal("0.05"):
            lo, hi = max(Decimal(0), 100 - sum(f.hi for f in kept)), 100 - sum(f.lo for f in kept)
            rest = Fact(
                *(
                    kept[0]._replace(
                        value=left, lo=Decimal(lo), hi=Decimal(hi), step=None, rule="rest", bound="="
                    )
                )
            )
            marks.append(
                point(self._house, rest, words, t("others, not stated", "其他（未报道）"))._replace(
                    href=None, figure_id=""
                )
            )
        return marks


def _cut(a: tuple[str, str], b: tuple[str, str]) -> bool:
    """Tell whether two ranges of HS codes, of any depth, have a code in common."""
    (a0, a1), (b0, b1) = _full(a), _full(b)
    return a0 <= b1 and b0 <= a1


def _full(span: tuple[str, str]) -> tuple[str, str]:
    low, high = (c.replace(".", "") for c in span)
    return low.ljust(6, "0"), high.ljust(6, "9")
