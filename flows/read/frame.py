"""The frame in force: which cell the next number is of, and how far each field carries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flows.record import Period

DETAILS = ("partner", "product", "enterprise", "regime", "channel")
DEFAULT = {"partner": "World", "product": "all", "enterprise": "all", "regime": "all", "channel": "all"}


class Frame(NamedTuple):
    """The fields in force; ``named`` lists the detail fields that the noun phrase itself names."""

    reporter: str | None = None
    flow: str | None = None
    period: Period | None = None
    partner: str = "World"
    product: str = "all"
    enterprise: str = "all"
    regime: str = "all"
    channel: str = "all"
    named: tuple[str, ...] = ()
    sign: int = 1

    def get(self, axis: str) -> str:
        """Return the value of a detail field, the reporter or the flow."""
        return str(getattr(self, axis))

    def put(self, axis: str, value: str) -> Frame:
        """Return a copy in which one field has another value and counts as named."""
        named = (*(n for n in self.named if n != axis), axis)
        return self._replace(**{axis: value, "named": named})  # type: ignore[arg-type]

    def reset(self, topic: Frame, keep: tuple[str, ...] = ()) -> Frame:
        """Return a copy whose detail fields are the topic's, except those to keep."""
        values = {axis: getattr(topic, axis) for axis in DETAILS if axis not in keep}
        return self._replace(named=tuple(n for n in self.named if n in keep), **values)

    def details(self) -> tuple[str, ...]:
        """Return the detail fields that are not at their default."""
        return tuple(axis for axis in DETAILS if getattr(self, axis) != DEFAULT[axis])


def replace(frame: Frame, **fields: Any) -> Frame:
    """Return a copy of a frame with some fields changed."""
    return frame._replace(**fields)


@dataclass(slots=True)
class Topic:
    """What the article is about: defaults for every sentence."""

    frame: Frame = field(default_factory=Frame)
    kind: str = ""
    code: str = ""
    nation: str = "China"
    year: int | None = None
    pop: bool = False
    currency: str | None = None
    fiscal: int | None = None
    lang: str = "zh"
