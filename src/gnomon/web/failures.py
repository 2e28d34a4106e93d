"""Wrong passwords and tokens, counted by name and network: who tries too many has to wait (R7, T8)."""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address
from threading import Lock

from gnomon.wire.track_v9.errors import TooManyFailures

FAILURES_MAX = 10
WINDOW_SECONDS = 15 * 60
KEYS_MAX = 20_000
NETWORK_BITS = 64


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
        self._times: OrderedDict[tuple[str, str], list[float]] = OrderedDict()
        self._guard = Lock()

    def check(self, name: str, host: str) -> None:
        """Raises `TooManyFailures`."""
        now = self._now()
        with self._guard:
            recent = self._recent(name, host, now)
        if len(recent) >= FAILURES_MAX:
            wait = recent[-FAILURES_MAX] + WINDOW_SECONDS - now
            raise TooManyFailures(max(1, -int(-wait // 1)))

    def note(self, name: str, host: str) -> None:
        now = self._now()
        with self._guard:
            key = self._key(name, host)
            self._times[key] = [*self._recent(name, host, now), now]
            self._times.move_to_end(key)
            while len(self._times) > KEYS_MAX:
                self._times.popitem(last=False)

    def _recent(self, name: str, host: str, now: float) -> list[float]:
        times = self._times.get(self._key(name, host), [])
        return [one for one in times if one > now - WINDOW_SECONDS]

    @staticmethod
    def _key(name: str, host: str) -> tuple[str, str]:
        return name.strip().casefold(), network_of(host)
