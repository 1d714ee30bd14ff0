"""The tokens that the lexer hands to the grammar: the same kinds for every language."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from flows.record import Reason


@dataclass(slots=True)
class Quantity:
    """A numeral with its unit.

    ``cls`` is money | percent | pp | times | qty | count | rank | streak | fraction | plain.
    ``number`` is the printed number without its scale, ``exponent`` the power of ten that the scale
    says (None where it is elided), ``digits`` the printed decimals. ``unit`` is a currency, a physical
    unit, or what is counted; None where elided. ``sign`` is printed or 0.
    """

    cls: str
    number: Decimal
    digits: int = 0
    exponent: int | None = None
    unit: str | None = None
    sign: int = 0
    bound: str | None = None
    per: str | None = None
    word: bool = False
    growth: Decimal | None = None
    extra: Decimal = Decimal(0)

    @property
    def value(self) -> Decimal:
        """The number in base units, unsigned."""
        return self.number.scaleb(self.exponent or 0) + self.extra

    @property
    def step(self) -> Decimal:
        """The place value of the last printed digit, in base units."""
        return Decimal(1).scaleb((self.exponent or 0) - self.digits)


@dataclass(frozen=True, slots=True)
class When:
    """A period as the text words it, before the year is known.

    ``year`` is absolute, ``rel`` relative to the year of publication; months and days inclusive.
    ``kind`` is span | date | same (the period in force) | month_rel (``rel`` months from publication).
    """

    kind: str = "span"
    year: int | None = None
    rel: int | None = None
    m1: int | None = None
    m2: int | None = None
    d1: int | None = None
    d2: int | None = None
    last_year: int | None = None


@dataclass(slots=True)
class Token:
    """A stretch of text with the kinds it may have, each with its value."""

    start: int
    end: int
    kinds: dict[str, object] = field(default_factory=dict)
    reason: Reason | None = None

    def has(self, *kinds: str) -> bool:
        """True where the token has one of the kinds."""
        mine = self.kinds
        for kind in kinds:  # noqa: SIM110 -- a generator costs twice, a thousand times a page
            if kind in mine:
                return True
        return False
