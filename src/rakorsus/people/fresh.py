"""Signatures with an age: neither too old, nor of the future, which a clock put back makes."""

from __future__ import annotations

import time
from typing import Any, Final

from django.core.signing import SignatureExpired, TimestampSigner, b62_decode

#: Seconds by which the clocks of two machines may differ
SKEW: Final = 30.0
#: Seconds between two looks at whether open connections are still their readers' (`standing`)
ASK_EVERY: Final = 15.0


class FreshSigner(TimestampSigner):
    """Django's signer of short-lived words; what was signed later than now is refused too."""

    def unsign(self, value: str, max_age: Any = None) -> str:
        known = super().unsign(value, max_age)
        stamp = b62_decode(value.rsplit(self.sep, 2)[1])
        if max_age is not None and stamp > time.time() + SKEW:
            raise SignatureExpired("signed in the future")
        return known
