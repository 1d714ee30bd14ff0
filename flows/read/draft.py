"""A figure on its way: the token it stands at and everything it says, before places are merged."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from flows.read.frame import Frame
from flows.read.tokens import Token


@dataclass(slots=True)
class Draft:
    """One figure as one token says it."""

    token: Token
    frame: Frame
    measure: str
    unit: str
    value: Decimal
    step: Decimal
    bound: str = "="
    of: dict[str, str] = field(default_factory=dict)
    counted: str | None = None
    stance: str = "reported"
    rule: str = ""
    dated: bool = False
