"""Jobs: sending invitations and reminders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django_tasks import task

from rakorsus.people import actor as actors
from rakorsus.stages.meeting import actions, letters
from rakorsus.stages.meeting.models import Meeting, Participant
from rakorsus.stages.meeting.queries import papers


@task()
def send_invitations(meeting: int, base: str, again: bool) -> int:
    """Send e-mails with the calendar file, and the letter where it is issued, to invitations that
    have an address; returns how many went out. Reminders go to those who were invited and have not
    answered. Each is noted as sent, so that a repeated job sends only the rest."""
    found = Meeting.objects.get(pk=meeting)
    waiting = found.participants.exclude(email="").select_related("meeting")
    if again:
        waiting = waiting.filter(reminded=None, reply=Participant.Reply.WAITING)
        waiting = waiting.exclude(invited=None)
    else:
        waiting = waiting.filter(invited=None)
    invitation, paper = letters.calendar(found), papers.invitation(found)
    count = 0
    with get_connection() as connection:
        for guest in waiting:
            mail = EmailMessage(
                letters.subject(found, again), letters.text(guest, base), None, [guest.email],
                connection=connection,
            )  # fmt: skip
            mail.attach("rapat.ics", invitation, "text/calendar")
            if paper is not None:
                letter = letters.invitation_file(paper, guest, base, "pdf")
                mail.attach("undangan.pdf", letter, "application/pdf")
            mail.send()
            actions.mark_invited(actors.system("job"), found, [guest.pk], again=again)
            count += 1
    return count


@task()
def release_desks() -> int:
    """Take desks off the agenda whose sides have agreed meanwhile, and bring back those that are
    open again; returns how many changed."""
    return sum(actions.release_desks(actors.system("job")))


def enqueue_release(_payload: Mapping[str, Any]) -> None:
    """Subscriber of `findings.settlement` and `findings.run`."""
    release_desks.enqueue()


def enqueue_sending(payload: Mapping[str, Any]) -> None:
    """Subscriber of `meeting.send`."""
    send_invitations.enqueue(int(payload["id"]), str(payload["base"]), bool(payload["again"]))
