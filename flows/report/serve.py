"""A look at a site from this machine only."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from flows.errors import UsageError

__all__ = ["server"]


def server(out: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of the site at ``out`` on this machine; 0 takes any free port.

    The caller runs ``serve_forever`` and closes it. Raises UsageError where there is no site.
    """
    if not (out / "index.html").exists():
        raise UsageError("there is no site", where=str(out), hint="make it with `customhouse report`")
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(out)))
    except OSError as error:
        raise UsageError(str(error), where=f"port {port}", hint="give another --port") from error


class _Quiet(SimpleHTTPRequestHandler):
    """Files of one folder; says nothing about what it serves."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".csv": "text/csv; charset=utf-8",
    }

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal quiet."""
