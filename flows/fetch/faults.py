"""What goes wrong between here and a server: a fixed word for each, and whether trying again may help."""

from __future__ import annotations

from flows.errors import FetchError

__all__ = ["HINTS", "Fault"]

HINTS = {
    "bad-address": "write the address as http://host/path or https://host/path",
    "scheme": "only http and https are fetched",
    "port": "add the port to CUSTOMHOUSE_PORTS if the site is meant",
    "credentials": "take the user name and password out of the address",
    "private-address": "only public addresses are asked; CUSTOMHOUSE_ALLOW_LOOPBACK=1 adds this machine",
    "host-not-allowed": "give the address it leads to, or add its host to the source's hosts",
    "no-such-host": "check the host's name and this machine's network",
    "robots": "ask the publisher, or save the pages by hand and ingest the files",
    "robots-wait": "the site's robots.txt cannot be had: try again later",
    "timeout": "try again later",
    "connection": "try again later",
    "tls": "a certificate is never overlooked: check the address and this machine's clock",
    "truncated": "the server cut the page off: try again later",
    "too-large": "pages over 10 MB are not read",
    "encoding": "the server sends a packing that was not asked for",
    "too-many-redirects": "open the address in a browser and give the one it ends at",
    "redirect-loop": "the site sends every visitor in a circle: try again later",
    "not-found": "check the address; the page may have moved",
    "gone": "the publisher withdrew the page; it is not asked for again",
    "refused": "ask the publisher, or save the page by hand and ingest the file",
    "rate-limited": "the server asks for a pause: run again later, or raise CUSTOMHOUSE_DELAY",
    "server-error": "try again later",
    "unexpected": "open the address in a browser",
    "not-a-feed": "check the source's kind and address with `customhouse sources check`",
    "nothing-found": "the page's layout has changed: mend the source's items or links pattern",
}


class Fault(FetchError):
    """One request that brought nothing; ``reason`` is a key of HINTS.

    ``transient`` says that the same request may succeed later; ``wait`` is the pause in seconds that
    the server asked for, if it did.
    """

    def __init__(
        self,
        reason: str,
        message: str,
        *,
        where: str,
        transient: bool = False,
        status: int | None = None,
        wait: float | None = None,
    ) -> None:
        super().__init__(message, where=where, hint=HINTS[reason])
        self.reason, self.transient, self.status, self.wait = reason, transient, status, wait
