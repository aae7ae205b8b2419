"""A meeting for rehearsal: a hall with as many people as wanted, a presentation, a table, a vote.

    python -m rakorsus.synth.rehearsal --people 500 --cap 400

fills the installation that the environment names (an empty one) and prints, as JSON, the ids that
a load generator or a test needs. Everybody is invented and labelled as an example.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import timedelta
from typing import Any


def fill(
    people: int, cap: int, agencies: int = 50, tables: int = 4, halls: int = 1
) -> dict[str, Any]:
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from rakorsus.hall.models import Hall
    from rakorsus.people.models import Agency, Membership, Role, User
    from rakorsus.stages.meeting.models import AgendaItem, Meeting, Resolution, Session

    offices = Agency.objects.bulk_create(
        Agency(code=f"9.{n:02d}", name=f"Dinas {n} (contoh)", short=f"Dinas {n}")
        for n in range(1, agencies + 1)
    )
    shut = make_password(None)
    users = User.objects.bulk_create(
        User(username=f"peserta{n:04d}", email=f"peserta{n:04d}@contoh.invalid", password=shut,
             display_name=f"Peserta {n} (contoh)", post=f"Peserta {n} (contoh)")
        for n in range(1, people + 1)
    )  # fmt: skip
    mandates = Membership.objects.bulk_create(
        Membership(user=user, role=Role.LEADER) for user in users
    )
    Membership.objects.bulk_create(
        Membership(user=user, role=Role.PLANNER, agency=offices[n % agencies])
        for n, user in enumerate(users)
    )
    chair = User.objects.create(username="ketua", email="ketua@contoh.invalid", password=shut,
                                display_name="Ketua (contoh)", post="Ketua (contoh)")  # fmt: skip
    Membership.objects.create(user=chair, role=Role.COORDINATOR)
    now = timezone.now()
    meeting = Meeting.objects.create(
        title="Rapat gladi (contoh)", starts=now, ends=now + timedelta(hours=4), place="Balai",
        state=Meeting.State.RUNNING,
    )  # fmt: skip
    Hall.objects.create(meeting=meeting, cap=cap)
    others = [
        Meeting.objects.create(title=f"Rapat gladi {n} (contoh)", starts=now, place="Balai",
                               ends=now + timedelta(hours=4), state=Meeting.State.RUNNING)
        for n in range(2, halls + 1)
    ]  # fmt: skip
    Hall.objects.bulk_create(Hall(meeting=other, cap=cap) for other in others)
    stage = Session.objects.create(
        meeting=meeting, kind=Session.Kind.PRESENTATIONS, title="Paparan", starts=now,
        ends=meeting.ends,
    )  # fmt: skip
    desks = Session.objects.create(meeting=meeting, kind=Session.Kind.DESKS, title="Meja",
                                   starts=now, ends=meeting.ends)  # fmt: skip
    talk = AgendaItem.objects.create(
        session=stage, kind=AgendaItem.Kind.PRESENTATION, title="Paparan contoh", start=now,
        agency=offices[0], minutes=30, state=AgendaItem.State.RUNNING, began=now,
    )  # fmt: skip
    items = [
        AgendaItem.objects.create(
            session=desks, kind=AgendaItem.Kind.DESK, title=f"Meja {n} (contoh)", start=now,
            minutes=60, table=n, agency=offices[n % agencies],
        ).pk
        for n in range(1, tables + 1)
    ]  # fmt: skip
    resolution = Resolution.objects.create(
        meeting=meeting, title="Perkara contoh", text="Setuju atau tidak.", by_name="Ketua",
        state=Resolution.State.VOTING,
    )  # fmt: skip
    return {
        "meeting": meeting.pk, "meetings": [meeting.pk, *(m.pk for m in others)],
        "users": [u.pk for u in users],
        "agencies": [offices[n % agencies].pk for n in range(people)],
        "mandates": [m.pk for m in mandates], "chair": chair.pk, "talk": talk.pk,
        "tables": items, "resolution": resolution.pk,
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="rakorsus.synth.rehearsal")
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--cap", type=int, default=600)
    parser.add_argument("--halls", type=int, default=1)
    options = parser.parse_args()
    import django

    django.setup()
    print(json.dumps(fill(options.people, options.cap, halls=options.halls)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
