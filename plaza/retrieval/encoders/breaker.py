"""A pause after a failure, so that a service that hangs costs one person her patience and not everyone."""

import threading
import time
from collections.abc import Callable
from typing import Final

PAUSE_SECONDS: Final = 30.0


class Breaker:
    """Asked before each try, told how it ended. Several threads may do so at once."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._closed_until: float | None = None

    def may_try(self) -> bool:
        """After the pause one caller may, and the others wait for what that one finds."""
        with self._lock:
            if self._closed_until is None:
                return True
            now = self._clock()
            if now < self._closed_until:
                return False
            self._closed_until = now + PAUSE_SECONDS
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._closed_until = None

    def failed(self) -> None:
        with self._lock:
            self._closed_until = self._clock() + PAUSE_SECONDS
