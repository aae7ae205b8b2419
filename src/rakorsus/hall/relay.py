"""Where browsers find a way for voice through a strict firewall: the addresses of STUN and TURN
servers, with a name and password that count for a while (coturn's `use-auth-secret`).

The name begins with the second at which it ends; the password is its HMAC under the secret that the
installation shares with the TURN server. Neither side keeps anything.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from typing import Any, Final

AGE: Final = 2 * 60 * 60  # seconds in which a relayed connection may begin
_TURN: Final = ("turn:", "turns:")


def servers(addresses: Sequence[str], secret: str, who: str, now: float) -> list[dict[str, Any]]:
    """`iceServers` of a browser's RTCPeerConnection; `who` tells connections of one person apart.

    >>> servers(["turn:t.example:3478"], "rahasia", "7", 1000)[0]["username"]
    '8200:7'
    """
    plain = [a for a in addresses if not a.startswith(_TURN)]
    relays = [a for a in addresses if a.startswith(_TURN)]
    found: list[dict[str, Any]] = [{"urls": plain}] if plain else []
    if relays:
        name = f"{int(now) + AGE}:{who}"
        proof = hmac.new(secret.encode(), name.encode(), hashlib.sha1).digest()
        found.append({"urls": relays, "username": name,
                      "credential": base64.b64encode(proof).decode()})  # fmt: skip
    return found
