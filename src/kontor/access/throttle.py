"""Growing delays between attempts to sign in, for one name and for one address (pure), and where they are counted.

An attempt is counted before the password is looked at, so that a hundred guesses at once count as a hundred. Names
that do not exist are counted like those that do: the delay tells nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kontor.access import session_rows
from kontor.access.errors import LoginThrottled
from kontor.access.hosts import parse_address
from kontor.platform.clock import MICROSECONDS

if TYPE_CHECKING:
    from kontor.access.room import Access
    from kontor.access.scope import Scope
    from kontor.access.session_rows import AttemptRecord
    from kontor.platform.database import WriteTransaction

_FORGOTTEN_AFTER_S: Final = 24 * 3600


@dataclass(frozen=True, slots=True)
class Patience:
    """So many failures are free; each further one doubles the wait, up to a longest one in seconds."""

    free: int
    longest_s: int

    def wait_s(self, failures: int) -> int:
        """Seconds to wait after so many failures."""
        beyond = failures - self.free
        return 0 if beyond < 0 else min(self.longest_s, 2 ** min(beyond, 20))


# A name is blocked only briefly, because anybody may type it; an address for longer.
OF_NAME: Final = Patience(free=5, longest_s=120)
OF_ADDRESS: Final = Patience(free=20, longest_s=900)


def subjects(access: Access, name: str, address: str) -> list[tuple[str, Patience]]:
    """Under what an attempt is counted. Hashed with a key: a mistyped password may stand in the name's field."""
    found = [(_subject(access, "account", name), OF_NAME)]
    network = _network(address)
    return [*found, (_subject(access, "address", network), OF_ADDRESS)] if network else found


def count_attempt(tx: WriteTransaction, access: Access, scope: Scope, counted: list[tuple[str, Patience]]) -> None:
    """Count an attempt that may fail. Raises LoginThrottled, and counts nothing, while a delay lasts."""
    now_us = access.clock.now_us()
    for subject, _ in counted:
        session_rows.begin_attempts(tx, scope, subject, now_us)
    attempts = {subject: session_rows.attempt(tx, scope, subject) for subject, _ in sorted(counted, key=_by_subject)}
    blocked_until_us = max((attempt.blocked_until_us for attempt in attempts.values() if attempt), default=0)
    if blocked_until_us > now_us:
        raise LoginThrottled(math.ceil((blocked_until_us - now_us) / MICROSECONDS))
    for subject, patience in counted:
        failures = _failures(attempts[subject], now_us) + 1
        blocked_us = now_us + patience.wait_s(failures) * MICROSECONDS if patience.wait_s(failures) else 0
        values = {"failures": failures, "last_at": now_us, "blocked_until_at": blocked_us}
        session_rows.set_attempt(tx, scope, subject, values)


def forget_attempt(tx: WriteTransaction, access: Access, scope: Scope, counted: list[tuple[str, Patience]]) -> None:
    """The attempt succeeded: forget the name's failures, take this one off the address's."""
    for subject, patience in counted:
        attempt = session_rows.attempt(tx, scope, subject)
        if patience is OF_NAME or attempt is None or attempt.failures <= 1:
            session_rows.forget_attempts(tx, scope, subject)
        else:
            values = {"failures": attempt.failures - 1, "blocked_until_at": 0}
            session_rows.set_attempt(tx, scope, subject, values)
    session_rows.forget_old_attempts(tx, scope, access.clock.now_us() - _FORGOTTEN_AFTER_S * MICROSECONDS)


def _failures(attempt: AttemptRecord | None, now_us: int) -> int:
    if attempt is None or now_us - attempt.last_at_us > _FORGOTTEN_AFTER_S * MICROSECONDS:
        return 0
    return attempt.failures


def _by_subject(counted: tuple[str, Patience]) -> str:
    return counted[0]


def _subject(access: Access, kind: str, text: str) -> str:
    digest = hmac.new(access.key_for("throttle"), f"{kind}:{text}".encode(errors="replace"), hashlib.sha256)
    return f"{kind}:{digest.hexdigest()[:32]}"


def _network(address: str) -> str:
    """What counts as one origin: an IPv4 address, an IPv6 /64 (one customer)."""
    parsed = parse_address(address)
    if parsed is None:
        return ""
    return str(parsed) if parsed.version == 4 else parsed.exploded[:19]
