"""Addresses that open an invitation without an account: signed, without personal data."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

from rakorsus.stages.meeting.models import Participant

_SALT = "rakorsus.meeting.invitation"


def token_of(participant: Participant) -> str:
    return Signer(salt=_SALT).sign(f"{participant.pk}.{participant.key}").replace(":", "~")


def opened(token: str) -> tuple[Participant, str] | None:
    """The invitation that a token names, and the token's key, which may count no more; None when
    the signature is wrong or the invitation was taken back."""
    try:
        pk, key = Signer(salt=_SALT).unsign(token.replace("~", ":")).split(".", 1)
    except (BadSignature, ValueError):
        return None
    found = Participant.objects.select_related("meeting", "attendance").filter(pk=pk).first()
    return (found, key) if found else None
