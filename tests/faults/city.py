"""A city on its day for the storm: what there is to vote on, to let in, to take, to publish.

    python -m tests.faults.city [--demo] [--acts N]

fills the installation that the environment names and prints, as JSON, what the clients need.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import timedelta
from typing import Any

LEADERS = 10


def sign_in(username: str) -> dict[str, Any]:
    """A session as signing in leaves it, and the user's id."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from rakorsus.people.models import User

    user = User.objects.get(username=username)
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return {"session": store.session_key, "user": user.pk}


def fill(acts: int, *, demo: bool) -> dict[str, Any]:
    """Enough for `acts` acts of each kind."""
    from tests.integration.findings import conftest as small

    from rakorsus.people import actor as actors
    from rakorsus.people.models import Membership, Role, User
    from rakorsus.stages.findings.actions import analyse_register
    from rakorsus.stages.meeting import actions as meetings
    from rakorsus.stages.meeting.models import Meeting, Participant, Resolution
    from rakorsus.synth import demo as demonstration
    from rakorsus.synth import rehearsal

    if demo:
        demonstration.install(lambda words: None)
    else:
        small.fill(small.duplicates(8))
        analyse_register(actors.system("cli"))
    made = rehearsal.fill(LEADERS, 100, agencies=3, tables=1)
    for name, role in (("penulis", Role.SECRETARIAT), ("pemimpin", Role.LEADER)):
        user = User.objects.create(username=name, email=f"{name}@contoh.invalid",
                                   display_name=f"{name} (contoh)")  # fmt: skip
        Membership.objects.create(user=user, role=role)
    meeting = Meeting.objects.get(pk=made["meeting"])
    writer = actors.of_user(User.objects.get(username="penulis"), "cli")
    chair = actors.of_user(User.objects.get(username="ketua"), "cli")
    rows = [{"group": Participant.Group.OTHER, "rank": 9000, "post": f"Undangan {n} (contoh)",
             "institution": "Instansi (contoh)"} for n in range(acts)]  # fmt: skip
    meetings.add_participants(writer, meeting, rows)
    resolutions = Resolution.objects.bulk_create(
        Resolution(meeting=meeting, title=f"Perkara {n}", text="Setuju?", by_name="contoh",
                   state=Resolution.State.VOTING)
        for n in range(acts // LEADERS + 1)
    )  # fmt: skip
    names = [f"peserta{n:04d}" for n in range(1, LEADERS + 1)]
    return {
        "meeting": meeting.pk,
        "votes": [
            {"resolution": resolution.pk, "mandate": mandate, "who": name}
            for resolution in resolutions
            for name, mandate in zip(names, made["mandates"], strict=True)
        ],
        "guests": list(meeting.participants.values_list("pk", flat=True)),
        "drafts": drafts(chair, acts // 4),
        "articles": articles(writer, acts // 4),
        "who": {name: sign_in(name) for name in ("ketua", "penulis", "pemimpin", *names)},
    }  # fmt: skip


def drafts(chair: Any, most: int) -> list[int]:
    """Drafts of decisions, each about one line of its own."""
    from rakorsus.stages.decisions import actions
    from rakorsus.stages.decisions.actions import Draft
    from rakorsus.stages.decisions.composing import Step
    from rakorsus.stages.register.models import Program

    lines = Program.objects.filter(removed=False, level="paket").exclude(end=None).order_by("pk")
    return [
        actions.draft(chair, Draft(
            "retime", f"Geser {line.key}", "Digeser sepuluh hari (contoh).",
            [Step(line.key, "end", (line.end + timedelta(days=10)).isoformat())],
        )).pk
        for line in lines.defer("search")[:most]
    ]  # fmt: skip


def articles(writer: Any, most: int) -> list[dict[str, Any]]:
    """Articles that wait for approval."""
    from rakorsus.stages.publication import actions

    made = []
    for n in range(most):
        article = actions.begin(writer, f"Kabar badai {n}", "Teras contoh.")
        actions.submit(writer, article, 1)
        made.append({"pk": article.pk, "slug": article.slug})
    return made


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.faults.city")
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--acts", type=int, default=400)
    options = parser.parse_args()
    import django

    django.setup()
    print(json.dumps(fill(options.acts, demo=options.demo)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
