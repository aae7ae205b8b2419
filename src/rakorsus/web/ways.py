"""The main ways of the header, in the order of the data; each only for those who may go there."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rakorsus.people.actor import Actor, of_request
from rakorsus.people.rules import REGISTRY, can


class Way(NamedTuple):
    name: str | Promise
    url: str
    current: bool


#: name, address, rule that must let the reader in (None: everybody)
_WAYS: tuple[tuple[str | Promise, str, str | None], ...] = (
    (_("Beranda"), "home", None),
    (_("Program"), "register:programs", None),
    (_("Temuan"), "findings:inbox", "findings.read"),
    (_("Rapat"), "meeting:index", "meeting.read"),
    (_("Balai"), "hall:corridor", "hall.enter"),
    (_("Keputusan"), "decisions:index", "decisions.read"),
    (_("Tindak lanjut"), "followup:index", "followup.read"),
    (_("Peringatan"), "watching:warnings", "warnings.read"),
    (_("Kerja sama"), "agreements:index", "agreements.read"),
    (_("Publik"), "publication:index", "publication.read"),
    (_("Publik"), "public:home", None),
    (_("Impor"), "intake:index", "intake.load"),
    (_("Pengaturan"), "settings", "signed_in"),
)


def ways(request: HttpRequest) -> list[Way]:
    actor = of_request(request)
    open_ways = [(name, reverse(target)) for name, target, rule in _WAYS if _open(actor, rule)]
    named = dict(reversed(open_ways))  # of two with one name the first counts
    open_ways = [(name, url) for name, url in open_ways if named[name] == url]
    around = [url for _name, url in open_ways if url != "/" and request.path.startswith(url)]
    here = max(around, key=len, default=request.path)
    return [Way(name, url, url == here) for name, url in open_ways]


def _open(actor: Actor, rule: str | None) -> bool:
    if rule is None:
        return True
    return actor.signed_in if rule == "signed_in" else rule in REGISTRY and can(actor, rule)
