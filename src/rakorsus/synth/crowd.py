"""A city on its day, for load tests: the demonstration with many more lines and many more people.

    python -m rakorsus.synth.crowd --lines 100000 --invited 3000 --officials 200 --hall 500

fills the installation that the environment names (an empty one) and prints, as JSON, what a load
generator needs: ids, sign-in cookies of officials, addresses of articles. Everybody is invented
and labelled as an example. The lines beyond the demonstration's are `bulk` ones: they are not
analysed, a fifth as many findings are made from them.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any


def fill(lines: int, invited: int, officials: int, hall: int) -> dict[str, Any]:
    from django.core.management import call_command
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    from rakorsus.hall.models import Hall
    from rakorsus.people import actor
    from rakorsus.people.models import Agency
    from rakorsus.stages.meeting import actions
    from rakorsus.stages.meeting.models import Meeting
    from rakorsus.stages.publication.models import Article
    from rakorsus.stages.register.models import Program
    from rakorsus.synth import bulk, demo

    operator = actor.system("cli")
    demo.install(lambda words: None)
    call_command("job_worker", queue_name="*", batch=True)  # what follows is for a small register
    more = lines - Program.objects.count()
    if more > 0:
        from rakorsus.stages.register.actions import publish

        publish(operator, bulk.frames(more, year=2022), document=f"{more} baris uji beban")
        DBTaskResult.objects.filter(status=TaskResultStatus.READY).delete()
        bulk.fill_findings(lines // 5)
    meeting = Meeting.objects.get(type="rakorsus")
    rows = [{"group": "lurah", "rank": 8000 + n, "post": f"Undangan {n} (contoh)",
             "institution": "Instansi (contoh)"}
            for n in range(invited - meeting.participants.count())]  # fmt: skip
    actions.add_participants(operator, meeting, rows)
    Hall.objects.update_or_create(meeting=meeting, defaults={"cap": hall})
    offices = list(Agency.objects.filter(active=True).order_by("code")[:60])
    walkers = _accounts("hadir", hall, offices)
    return {
        "meeting": meeting.pk, "password": demo.PASSWORD,
        "officials": [_cookie(user) for user in _accounts("petugas", officials, offices)],
        "coordinators": [_cookie(u) for u in _accounts("bappeda", officials // 10, [])],
        "articles": [f"/publik/berita/{a.slug}/" for a in Article.objects.exclude(published=None)],
        "people": {
            "meeting": meeting.pk, "meetings": [meeting.pk], "users": [u.pk for u in walkers],
            "agencies": [offices[n % len(offices)].pk for n in range(len(walkers))],
        },
    }  # fmt: skip


def _accounts(name: str, count: int, offices: list[Any]) -> list[Any]:
    """Accounts without a password: planners of the offices in turn, coordinators without any."""
    from django.contrib.auth.hashers import make_password

    from rakorsus.people.models import Membership, Role, User

    shut = make_password(None)
    users = User.objects.bulk_create(
        User(username=f"{name}{n:04d}", email=f"{name}{n:04d}@contoh.invalid", password=shut,
             display_name=f"Petugas {n} (contoh)", post=f"Petugas {n} (contoh)")
        for n in range(1, count + 1)
    )  # fmt: skip
    Membership.objects.bulk_create(
        Membership(user=user, role=Role.PLANNER, agency=offices[n % len(offices)])
        if offices else Membership(user=user, role=Role.COORDINATOR)
        for n, user in enumerate(users)
    )  # fmt: skip
    return users


def _cookie(user: Any) -> dict[str, str]:
    """The cookie of somebody who has signed in."""
    from django.test import Client

    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return {"sessionid": client.cookies["sessionid"].value}


def facts() -> dict[str, Any]:
    """What the register holds, and how many jobs are still to be done."""
    from django.db import connection
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    from rakorsus.stages.findings.models import Finding
    from rakorsus.stages.register.models import Program

    found = Finding.objects.filter(state="open")
    undone = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return {
        "database": connection.vendor, "lines": Program.objects.count(),
        "findings": Finding.objects.count(),
        "jobs": DBTaskResult.objects.filter(status__in=undone).count(),
        "commented": list(found.order_by("-score").values_list("pk", flat=True)[:50]),
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="rakorsus.synth.crowd", description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--invited", type=int, default=3000)
    parser.add_argument("--officials", type=int, default=200)
    parser.add_argument("--hall", type=int, default=500)
    parser.add_argument("--facts", action="store_true", help="only say what is there")
    options = parser.parse_args()
    import django

    django.setup()
    found = facts() if options.facts else fill(
        options.lines, options.invited, options.officials, options.hall
    )  # fmt: skip
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
