"""The demonstration's early warnings, two of them answered, and one agency's word on its card."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from rakorsus.engine.reportcard import Quarter
from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, User
from rakorsus.stages.followup.actions import cards, watching
from rakorsus.stages.followup.models import CardComment, EarlyWarning
from rakorsus.synth.city import TODAY
from rakorsus.synth.makassar.agencies import BY_SHORT


def warn() -> None:
    """Look for warnings as after an import, and answer as the agencies would (contoh)."""
    watching.look(actors.system("cli"))
    works = Agency.objects.get(code=BY_SHORT["Dinas PU"].code)
    planner = actors.of_user(User.objects.get(username="pu"), "cli")
    mine = EarlyWarning.objects.filter(agency=works, rule="warning.unbegun").order_by("by", "id")
    for warning, text in zip(
        mine[:2],
        ("Dokumen pemilihan diserahkan ke UKPBJ pekan ini (contoh).",
         "Menunggu penetapan KPA; kontrak dipersingkat menjadi 180 hari (contoh)."),
        strict=False,
    ):  # fmt: skip
        watching.answer(planner, warning, text, date(2022, 3, 25))
    said = cards.comment(
        planner, works, Quarter(2022, 1),
        "Empat paket jalan menunggu pembebasan lahan; jadwalnya diajukan ulang (contoh).",
    )  # fmt: skip
    at = datetime.combine(TODAY, time(10), timezone.get_current_timezone())
    CardComment.objects.filter(pk=said.pk).update(at=at)
