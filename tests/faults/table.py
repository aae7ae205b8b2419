"""A small meeting for people who act through more than one server, or through a bad line.

    python -m tests.faults.table

fills the installation that the environment names and prints, as JSON, who is who and what is what.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

DESKS, VOTES, GUESTS = 4, 6, 40


def fill() -> dict[str, Any]:
    from tests.faults.city import sign_in
    from tests.integration.findings.conftest import HOUSING, ROADS, duplicates
    from tests.integration.findings.conftest import fill as publish

    from rakorsus.hall.models import Hall
    from rakorsus.people import actor as actors
    from rakorsus.people.models import Agency, Membership, Role, User
    from rakorsus.stages.findings.actions import analyse_register
    from rakorsus.stages.findings.models import Finding
    from rakorsus.stages.meeting import actions
    from rakorsus.stages.meeting.models import AgendaItem, Meeting, Participant, Resolution

    publish(duplicates(DESKS))
    analyse_register(actors.system("cli"))
    people = {
        "bappeda": (Role.COORDINATOR, None), "pu": (Role.PLANNER, ROADS),
        "perkim": (Role.PLANNER, HOUSING), "sekretariat": (Role.SECRETARIAT, None),
        "pimpinan": (Role.LEADER, None), "admin": (Role.ADMINISTRATOR, None),
    }  # fmt: skip
    mandates = {}
    for name, (role, code) in people.items():
        shown = f"{name} (contoh)"
        user = User.objects.create(username=name, email=f"{name}@contoh.invalid",
                                   display_name=shown, post=shown)  # fmt: skip
        office = Agency.objects.get(code=code) if code else None
        mandates[name] = Membership.objects.create(user=user, role=role, agency=office).pk
    chair = actors.of_user(User.objects.get(username="bappeda"), "cli")

    def at(hour: int) -> datetime:
        return datetime(2022, 3, 15, hour, tzinfo=ZoneInfo("Asia/Makassar"))

    meeting = actions.create_meeting(
        chair, "", usual=False, type="rakorsus", title="Rakorsus (contoh)", starts=at(8),
        ends=at(22), place="Balai",
    )  # fmt: skip
    desks = actions.save_session(chair, meeting, None, kind="desks", title="Meja", starts=at(13),
                                 ends=at(15))  # fmt: skip
    actions.add_cases(chair, desks, Finding.objects.prefetch_related("sides__agency"), 30)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.RUNNING)
    Hall.objects.create(meeting=meeting, cap=50)
    resolutions = Resolution.objects.bulk_create(
        Resolution(meeting=meeting, title=f"Perkara {n}", text="Setuju?", by_name="contoh",
                   state=Resolution.State.VOTING)
        for n in range(VOTES)
    )  # fmt: skip
    rows = [{"group": Participant.Group.OTHER, "rank": 9000, "post": f"Undangan {n} (contoh)",
             "institution": "Instansi (contoh)"} for n in range(GUESTS)]  # fmt: skip
    writer = actors.of_user(User.objects.get(username="sekretariat"), "cli")
    actions.add_participants(writer, meeting, rows)
    return {
        "meeting": meeting.pk, "mandates": mandates,
        "desks": list(AgendaItem.objects.filter(session=desks).order_by("pk")
                      .values_list("pk", "version")),
        "resolutions": [r.pk for r in resolutions],
        "guests": list(meeting.participants.filter(group=Participant.Group.OTHER)
                       .order_by("pk").values_list("pk", flat=True)),
        "roads": Agency.objects.get(code=ROADS).pk,
        "lines": [f"paket_penyedia:{1000 + n}" for n in range(1, DESKS + 1)],
        "who": {name: sign_in(name) for name in people},
    }  # fmt: skip


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(fill()))
