"""The connection itself: it reaches only checked addresses, and a watchdog ends it when its time is up.

requests bounds each wait for the next bytes, not the whole answer: a server that sends one byte a
second would hold a run for days. The watchdog shuts the socket, wherever it is in its work.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError
from urllib3.util.connection import create_connection

from flows.fetch import guard
from flows.fetch.manners import Manners

__all__ = ["Deadline", "session"]


class Deadline:
    """The time one request may take, in this thread; ``passed`` says that the watchdog ended it."""

    _here = threading.local()

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    @classmethod
    @contextlib.contextmanager
    def of(cls, seconds: float) -> Iterator[Deadline]:
        """Watch over the requests made in this thread inside the block."""
        deadline = cls(seconds)
        cls._here.current = deadline
        deadline._timer.start()
        try:
            yield deadline
        finally:
            cls._here.current = None
            deadline._timer.cancel()

    @classmethod
    def watch(cls, sock: socket.socket | None) -> None:
        """Let the watchdog of this thread know of a socket in use."""
        current: Deadline | None = getattr(cls._here, "current", None)
        if current is not None and sock is not None:
            current._sockets.append(sock)
            if current.passed:
                current._end()

    def _end(self) -> None:
        self.passed = True
        for sock in list(self._sockets):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


class _Guarded:
    """What both kinds of connection share."""

    manners: Manners
    _watched: socket.socket | None = None

    def _new_conn(self: Any) -> socket.socket:
        last: OSError | None = None
        for address in guard.addresses(self._dns_host, self.port, self.manners, where=self.host):
            try:
                sock = create_connection(
                    (address, self.port), self.timeout, socket_options=self.socket_options
                )
            except OSError as error:
                last = error
                continue
            # A second handle on the connection: TLS takes the first one over.
            self._watched = sock.dup()
            Deadline.watch(self._watched)
            return sock
        raise NewConnectionError(self, f"cannot connect: {last}") from last

    def request(self: Any, *args: Any, **kwargs: Any) -> None:
        if self.sock is not None:
            Deadline.watch(self._watched)
        super().request(*args, **kwargs)  # type: ignore[misc]

    def close(self: Any) -> None:
        watched, self._watched = self._watched, None
        if watched is not None:
            watched.close()
        super().close()  # type: ignore[misc]


class _Adapter(HTTPAdapter):
    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        super().__init__(pool_connections=32, pool_maxsize=2, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        bound = {"manners": self._manners}
        plain = type("GuardedHTTP", (_Guarded, HTTPConnection), bound)
        secure = type("GuardedHTTPS", (_Guarded, HTTPSConnection), bound)
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }


def session(manners: Manners) -> requests.Session:
    """Return a session that takes nothing from the environment, keeps no cookie and sends no credentials."""
    from http.cookiejar import DefaultCookiePolicy

    made = requests.Session()
    made.trust_env = False
    made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    made.headers.clear()
    made.headers.update(
        {
            "User-Agent": manners.agent,
            "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        }
    )
    for prefix in ("http://", "https://"):
        made.mount(prefix, _Adapter(manners))
    return made
