"""What the templates of the hall use."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from rakorsus.hall.words import PLACES, voice_words
from rakorsus.people.models import Agency
from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.register.locating import office_name

register = template.Library()

_VOICED = ("room", "stage", "tables")


@register.simple_tag
def act_key() -> str:
    """A new key for one intention: a form that is sent twice is one act."""
    return str(uuid.uuid4())


@register.filter
def question(place: str) -> str:
    """What a place answers; nothing for pages that are none."""
    return str(PLACES[place][1]) if place in PLACES else ""


@register.inclusion_tag("hall/_voice.html")
def voice(meeting: Meeting | None, place: str = "room") -> dict[str, Any]:
    """Listening and speaking, where the installation has a mixer and there is a meeting. Away from
    the stage and the tables it is shown to whoever has turned it on."""
    if not settings.JANUS or meeting is None:
        return {}
    return {
        "always": "always" if place in _VOICED else "",
        "ticket": reverse("hall:ticket", args=[meeting.pk]),
        "words": json.dumps(voice_words(), ensure_ascii=False),
    }


@register.filter
def act_words(act: dict[str, Any]) -> str:
    """What an act was, in words."""
    data = act["data"]
    words = {
        "raise_hand": _("minta bicara: %(label)s"),
        "lower_hand": _("selesai atau batal bicara: %(label)s"),
        "grant": _("dipersilakan bicara: %(label)s"),
        "open_vote": _("pemungutan suara dibuka: %(title)s"),
        "vote": _("satu suara masuk: %(title)s"),
        "close_vote": _("pemungutan suara ditutup: %(title)s"),
        "decide": _("diputuskan: %(title)s"),
        "resolve": _("perkara diajukan ke pleno"),
        "check_in": _("kehadiran dicatat: %(label)s"),
        "begin": _("dimulai: %(title)s"),
        "finish": _("berakhir: %(title)s"),
        "settle": _("hasil meja dicatat: %(title)s"),
        "note": _("catatan ditulis: %(title)s"),
        "question": _("pertanyaan untuk: %(title)s"),
        "sit": _("duduk di meja: %(label)s"),
        "stand": _("meninggalkan meja: %(label)s"),
        "slide": _("paparan ke halaman %(page)s: %(title)s"),
        "ask_sync": _("permintaan bertemu di meja sinkronisasi"),
        "answer_sync": _("permintaan sinkronisasi dijawab"),
        "open": _("rapat dibuka"),
        "close": _("rapat ditutup"),
    }
    told = {name: data.get(name, "") for name in ("label", "title", "page")}
    return (words.get(act["name"], act["name"]) % told).removesuffix(": ")


@register.filter
def office(agency: Agency) -> str:
    return office_name(agency)
