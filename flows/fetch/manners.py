"""How this program behaves towards other people's servers: its name, its pace, its limits."""

from __future__ import annotations

import os
from dataclasses import dataclass

from flows.errors import UsageError

__all__ = ["Manners", "from_environment"]


@dataclass(frozen=True, slots=True)
class Manners:
    """Times are in seconds, sizes in bytes after decoding.

    ``contact`` (an address or a page) stands in the User-Agent so that a site's owner can reach the
    person who runs this. ``total`` bounds one request from its connection to its last byte.
    """

    contact: str = ""
    delay: float = 2.0
    connect: float = 10.0
    total: float = 60.0
    largest: int = 10_000_000
    redirects: int = 5
    tries: int = 3
    backoff: float = 2.0
    longest_wait: float = 120.0
    ports: frozenset[int] = frozenset({80, 443})
    loopback: bool = False

    @property
    def agent(self) -> str:
        """Return the honest User-Agent."""
        return f"customhouse/0.1 (trade-statistics reader; {self.contact or 'no contact given'})"


def from_environment() -> Manners:
    """Return the manners that the environment asks for.

    ``CUSTOMHOUSE_CONTACT`` names the person who runs this; ``CUSTOMHOUSE_DELAY`` is the pause between
    two requests to one host; ``CUSTOMHOUSE_PORTS`` adds ports to 80 and 443; ``CUSTOMHOUSE_ALLOW_LOOPBACK=1``
    lets addresses of this machine through, on any port. Raises UsageError where one is no number.
    """
    plain = Manners()
    try:
        delay = float(os.environ.get("CUSTOMHOUSE_DELAY") or plain.delay)
        more = {int(port) for port in os.environ.get("CUSTOMHOUSE_PORTS", "").replace(",", " ").split()}
    except ValueError as error:
        raise UsageError(
            f"not a number: {error}",
            where="CUSTOMHOUSE_DELAY or CUSTOMHOUSE_PORTS",
            hint="give seconds such as 2.5, ports such as 8080,8443",
        ) from None
    contact = " ".join(os.environ.get("CUSTOMHOUSE_CONTACT", "").split())
    return Manners(
        contact=contact.encode("ascii", "ignore").decode(),
        delay=max(0.0, delay),
        ports=plain.ports | more,
        loopback=os.environ.get("CUSTOMHOUSE_ALLOW_LOOPBACK") == "1",
    )
