"""May we go there? Scheme, port and every address that a name stands for are checked before a byte is sent.

The check is made twice: on the address as written, before each request and each redirect, and on the
very addresses that are connected to, so that a name cannot change its meaning in between.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import SplitResult, urlsplit

from flows.fetch.faults import Fault
from flows.fetch.manners import Manners

__all__ = ["addresses", "allowed", "is_public"]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


def allowed(url: str, manners: Manners, hosts: Collection[str] = ()) -> SplitResult:
    """Return the parts of an address that may be asked; raise Fault otherwise.

    ``hosts`` are the only ones allowed, with their subdomains; none given means any public host.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Fault("bad-address", f"not an address: {error}", where=url[:200]) from None
    if parts.scheme not in ("http", "https"):
        raise Fault("scheme", f"the scheme is {parts.scheme or 'missing'}", where=url[:200])
    if not host or any(c <= " " or c in "\\\x7f" for c in url):
        raise Fault("bad-address", "the address has no host or holds spaces", where=url[:200])
    if parts.username is not None or parts.password is not None:
        raise Fault("credentials", "the address carries a user name or password", where=parts.hostname or "")
    host = host.rstrip(".").lower()
    if hosts and not any(host == known or host.endswith(f".{known}") for known in map(bare, hosts)):
        raise Fault("host-not-allowed", f"{host} is not among the source's hosts", where=url[:200])
    port = port or (443 if parts.scheme == "https" else 80)
    found = addresses(host, port, manners, where=url[:200])
    if port not in manners.ports and not all(ipaddress.ip_address(a).is_loopback for a in found):
        raise Fault("port", f"port {port} is not allowed", where=url[:200])
    return parts


def addresses(host: str, port: int, manners: Manners, *, where: str) -> list[str]:
    """Return every address of a host; raise Fault where there is none or one of them is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise Fault("no-such-host", f"{host}: {error}", where=where, transient=True) from None
    answer = list(dict.fromkeys(str(info[4][0]) for info in found))
    for text in answer:
        ip = ipaddress.ip_address(text.partition("%")[0])
        if not (is_public(ip) or (manners.loopback and ip.is_loopback)):
            raise Fault("private-address", f"{host} stands for {ip}, which is not public", where=where)
    return answer


def is_public(ip: IPAddress) -> bool:
    """Tell whether an address is on the open internet; one wrapped in another counts as what it wraps."""
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if wrapped is None and ip in _NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(wrapped)
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def bare(host: str) -> str:
    """Return a host without the prefix that only says it serves pages."""
    return host.lower().removeprefix("www.").removeprefix("m.")
