"""A packed answer to its bytes: bounded at every step, and whole or not at all.

A bomb of a few kilobytes never becomes more than the limit here, and an answer whose packing does not
reach its own end was cut off, whatever its length field says.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

__all__ = ["CutOffError", "TooLargeError", "unpack"]


class TooLargeError(ValueError):
    """More bytes than allowed."""


class CutOffError(ValueError):
    """The packing is broken or ends before its end."""


def unpack(chunks: Iterable[bytes], packing: str, largest: int) -> bytes:
    """Return the bytes of an answer; ``packing`` is gzip, x-gzip, deflate, identity or empty.

    Raises TooLargeError as soon as there are more than ``largest``, and CutOffError.
    """
    if packing in ("", "identity"):
        return b"".join(_bounded(chunks, largest))
    parts: list[bytes] = []
    room = largest
    machine = None
    for chunk in chunks:
        while chunk:
            if machine is None or machine.eof:
                machine = zlib.decompressobj(_window(packing, chunk))
            try:
                part = machine.decompress(chunk, room + 1)
            except zlib.error as error:
                raise CutOffError(f"the packed answer is broken: {error}") from None
            room -= len(part)
            if room < 0:
                raise TooLargeError(f"more than {largest} bytes when unpacked")
            parts.append(part)
            chunk = machine.unconsumed_tail or machine.unused_data.lstrip(b"\0")
    if machine is not None and not machine.eof:
        raise CutOffError("the packed answer ends too soon")
    return b"".join(parts)


def _bounded(chunks: Iterable[bytes], largest: int) -> Iterable[bytes]:
    for chunk in chunks:
        largest -= len(chunk)
        if largest < 0:
            raise TooLargeError("more bytes than allowed")
        yield chunk


def _window(packing: str, head: bytes) -> int:
    """Return zlib's window bits; ``deflate`` comes with and without zlib's own header."""
    if packing != "deflate":
        return 16 + zlib.MAX_WBITS
    zlib_header = len(head) > 1 and head[0] & 0x0F == 8 and (head[0] * 256 + head[1]) % 31 == 0
    return zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS
