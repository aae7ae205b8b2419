"""Join tickets: signed, short-lived, for one person in one meeting.

Django signs, the gateway verifies with the installation's key alone.
"""

from __future__ import annotations

from typing import Any, Final

from django.core.signing import BadSignature

from rakorsus.people.fresh import FreshSigner

AGE: Final = 40  # seconds; within a minute of losing a right nobody comes in or stays
_SALT: Final = "rakorsus.hall.ticket"
#: name in the ticket -> type; see `Ticket` of the protocol page
_FIELDS: Final[dict[str, type | tuple[type, ...]]] = {
    "m": int,  # meeting
    "u": int,  # user
    "a": int,  # agency, 0 for none
    "r": str,  # role: chair, member, audience
    "n": str,  # label: a post
    "s": str,  # short name of the agency
    "f": bool,  # may see the findings of all agencies
    "w": list,  # the sign-in (`people.standing.Mark` without its user); empty: none's
}


class Invalid(Exception):
    """Not signed by us, too old, or not a ticket."""


def _signer(key: str) -> FreshSigner:
    return FreshSigner(key=key, salt=_SALT, fallback_keys=[])


def issue(key: str, content: dict[str, Any]) -> str:
    return _signer(key).sign_object(content)


def verify(key: str, token: object, age: float = AGE) -> dict[str, Any]:
    """The ticket's content.

    Raises:
        Invalid: for whatever reason; the reason is nobody's business.
    """
    if not isinstance(token, str) or len(token) > 2000:
        raise Invalid
    try:
        content = _signer(key).unsign_object(token, max_age=age)
    except (BadSignature, ValueError, TypeError) as error:
        raise Invalid from error
    if not isinstance(content, dict):
        raise Invalid
    for name, kind in _FIELDS.items():
        if not isinstance(content.get(name), kind):
            raise Invalid
    return content
