"""One Prefect API for one run: a process that starts at once, while this one still imports, and dies with it.

Prefect can start such a process itself, but only after importing the whole server here as well, and a
run killed with -9 would leave it behind. This module sets what Prefect reads from the environment and
does not import it.
"""

from __future__ import annotations

import atexit
import ctypes
import os
import signal
import socket
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path

from flows.errors import CustomhouseError

__all__ = ["own", "ready", "tune"]

_PATIENCE = 120
"""Seconds that the API may take to start: on a fresh machine it makes its database first."""


def tune() -> None:
    """Set what Prefect reads when it is imported; what the environment already says stays."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "customhouse"
    cache.mkdir(parents=True, exist_ok=True)
    for name, value in {
        # a database of our own: one that another version of Prefect migrated cannot be opened
        "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{cache / 'prefect.db'}",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(_PATIENCE),
        # bursts of task events lock SQLite: fewer, larger writes
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "500",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "500",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }.items():
        os.environ.setdefault(name, value)


def own(log: Path, *, scheduling: bool = False) -> None:
    """Start an API for this process alone unless one is configured; its words go to the log.

    ``scheduling``: with the services that make runs from schedules, which one run does not need.

    Call it before Prefect is imported: the two then start side by side, and at the end Prefect, which
    still sends its last words, is done before the API stops. ``ready`` waits for it.
    """
    tune()
    if _configured():
        return
    log.parent.mkdir(parents=True, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as door, log.open("ab") as words:
        process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app",
             "--fd", str(door.fileno()), "--log-level", "error", "--lifespan", "on"],
            pass_fds=[door.fileno()], stdin=subprocess.DEVNULL, stdout=words, stderr=words,
            env={**os.environ, "PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_FINAL": "1",
                 **({} if scheduling else {"PREFECT__SERVER_EPHEMERAL": "1"})},
            preexec_fn=_die_with_parent,
        )  # fmt: skip
        os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{door.getsockname()[1]}/api"
    atexit.register(_stop, process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def ready() -> None:
    """Wait until the API answers; raise CustomhouseError where it cannot be reached.

    The door was open before the process started, so a question waits in line until it can be answered.
    """
    address = os.environ.get("PREFECT_API_URL")
    if not address:
        return
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=_PATIENCE) as answer:
            answer.read()
    except OSError as error:
        raise CustomhouseError(
            f"the Prefect API does not answer: {error}",
            where=address,
            hint="read the newest file in the home's logs folder; PREFECT_API_URL names another API",
        ) from None


def _configured() -> bool:
    """Tell whether the environment or Prefect's active profile already names an API."""
    if os.environ.get("PREFECT_API_URL"):
        return True
    place = Path(os.environ.get("PREFECT_HOME") or Path.home() / ".prefect") / "profiles.toml"
    try:
        table = tomllib.loads(place.read_text(encoding="utf-8"))
        active = os.environ.get("PREFECT_PROFILE") or table.get("active", "")
        return "PREFECT_API_URL" in table.get("profiles", {}).get(active, {})
    except (OSError, tomllib.TOMLDecodeError):
        return False


def _die_with_parent() -> None:
    """Ask Linux to end this process with the one that started it; elsewhere it may outlive a kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
