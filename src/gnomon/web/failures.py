"""Wrong passwords and tokens, counted by name and network: who tries too many has to wait (R7, T8)."""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address
from threading import Lock

from starlette.requests import Request

from gnomon.wire.track_v9.errors import TooManyFailures

FAILURES_MAX = 10
WINDOW_SECONDS = 15 * 60
KEYS_MAX = 20_000
NETWORK_BITS = 64
CODES = "codes of links"  # as whose failures wrong ones count
Table = OrderedDict[tuple[str, str], list[float]]


def host_of(request: Request) -> str:
    return request.client.host if request.client else ""


def network_of(host: str) -> str:
    """An IPv4 address, or the network that one line of IPv6 usually is."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        mapped: IPv4Address | None = address.ipv4_mapped
        if mapped is not None:
            return str(mapped)
        return str(int(address) >> (128 - NETWORK_BITS))
    return str(address)


class Failures:
    """Ten within a quarter of an hour, then nothing more until the first of them is that old.

    The right password from another network, and every other name, go on; what is refused here does not count again.
    """

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._times: dict[bool, Table] = {False: OrderedDict(), True: OrderedDict()}
        self._guard = Lock()

    def check(self, name: str, host: str, *, is_token: bool = False) -> None:
        """Raises `TooManyFailures`. Tokens stand apart: wrong ones cost nothing, and must not push passwords out."""
        now = self._now()
        with self._guard:
            recent = _recent(self._times[is_token], _key(name, host), now)
        if len(recent) >= FAILURES_MAX:
            wait = recent[-FAILURES_MAX] + WINDOW_SECONDS - now
            raise TooManyFailures(max(1, -int(-wait // 1)))

    def note(self, name: str, host: str, *, is_token: bool = False) -> None:
        now, key = self._now(), _key(name, host)
        with self._guard:
            table = self._times[is_token]
            table[key] = [*_recent(table, key, now), now]
            table.move_to_end(key)
            while len(table) > KEYS_MAX:
                table.popitem(last=False)


def _recent(table: Table, key: tuple[str, str], now: float) -> list[float]:
    return [one for one in table.get(key, ()) if one > now - WINDOW_SECONDS]


def _key(name: str, host: str) -> tuple[str, str]:
    return name.strip().casefold(), network_of(host)
