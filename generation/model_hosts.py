"""Which servers of models people may be sent to: not to a cloud's metadata, nor inside a network.

The addresses come from the settings alone. They are looked at for each user all the same, so that a
site on a network does not let everybody who signs up use what answers behind its firewall.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from generation.engines.base import EngineRejected

if TYPE_CHECKING:  # system checks read this module before there are models
    from projects.models import User

Address = IPv4Address | IPv6Address
METADATA_NAMES = frozenset({"metadata.google.internal", "metadata"})
METADATA = frozenset(map(ip_address, ("169.254.169.254", "fd00:ec2::254", "100.100.100.200")))


class HostNotAllowed(EngineRejected):
    """The address of a server of models is one that this user is not sent to."""

    code = "host_not_allowed"


def check_host(url: str, user: User) -> None:
    """Raise `HostNotAllowed` for a metadata address, and for a private one where it is not allowed.

    Those who run the site may use private ones. A name that cannot be looked up is let through: the
    call itself says so.
    """
    host = host_of(url)
    addresses = [] if is_metadata(host) else _addresses_of(host)
    if is_metadata(host) or any(map(_is_metadata, addresses)):
        raise HostNotAllowed("The address for models is a cloud's metadata, which has none.")
    if user.is_staff or settings.ALLOW_PRIVATE_MODEL_HOSTS:
        return
    for address in addresses:
        if _is_this_machine(address) and is_on_loopback():
            continue
        if not address.is_global:
            raise HostNotAllowed(
                f"The server of models at {host} is on a private network, which this site "
                "keeps to those who run it. They can set ALLOW_PRIVATE_MODEL_HOSTS=on."
            )


def host_of(url: str) -> str:
    """Return the host that a URL, or a host with or without a port, names."""
    return (urlsplit(url if "//" in url else f"http://{url}").hostname or "").rstrip(".")


def is_on_loopback() -> bool:
    """Tell whether the site itself is served to this machine alone."""
    return is_loopback(host_of(settings.SITE_URL))


def is_metadata(host: str) -> bool:
    """Tell whether a host is a cloud's metadata by its name or number, without looking it up."""
    address = _number(host)
    return host in METADATA_NAMES or (address is not None and _is_metadata(address))


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine by its name or number, without looking it up."""
    address = _number(host)
    return host == "localhost" or (address is not None and _is_this_machine(address))


def is_private(host: str) -> bool:
    """Tell whether a host is not on the public network by its number, without looking it up."""
    address = _number(host)
    return is_loopback(host) or (address is not None and not address.is_global)


def _number(host: str) -> Address | None:
    """Return the address that a number is, in any notation that systems read: also 2130706433."""
    try:
        return _plain(ip_address(host))
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None


def _plain(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one wraps, which would hide where it leads."""
    wrapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return wrapped or address


def _is_this_machine(address: Address) -> bool:
    return address.is_loopback or address.is_unspecified


def _is_metadata(address: Address) -> bool:
    return address in METADATA or address.is_link_local


def _addresses_of(host: str) -> list[Address]:
    number = _number(host)
    if number is not None:
        return [number]
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [_plain(ip_address(str(entry[4][0]).partition("%")[0])) for entry in found]
