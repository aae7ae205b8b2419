"""Releases and the look at what they would change, as jobs with their progress."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people import actor as actors
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.publication.actions import releases
from rakorsus.stages.publication.models import Release, ReleaseJob
from rakorsus.stages.register.queries.counts import newest

State, Kind = ReleaseJob.State, ReleaseJob.Kind
#: A job that has said nothing for so long was killed.
_LOST: Final = timedelta(minutes=30)


def ask(actor: Actor, kind: str, note: str = "") -> ReleaseJob:
    """Put the work in the queue; one that waits or runs already is not asked for twice.

    Raises:
        ValidationError: another work on releases is under way.
    """
    require(actor, "publication.release" if kind == Kind.RELEASE else "publication.read")
    with transaction.atomic():
        lost = timezone.now() - _LOST
        open_ = ReleaseJob.objects.select_for_update().filter(
            state__in=[State.WAITING, State.RUNNING], asked__gt=lost
        )
        for other in open_:
            if other.kind == kind == Kind.LOOK:
                return other
            if kind == Kind.RELEASE and other.kind == Kind.RELEASE:
                raise ValidationError(_("Sebuah rilis sedang dibekukan."))
        made = ReleaseJob.objects.create(kind=kind, by=actor.user, note=note.strip()[:2000])
        audit.record(
            actor, f"publication.{kind}_asked", made, summary=made.note[:200],
            topic="publication.asked",
        )  # fmt: skip
    return made


def run(pk: int) -> ReleaseJob:
    """Do the work; what went wrong is written down. A job that is done is not done again."""
    job = ReleaseJob.objects.select_related("by").get(pk=pk)
    if not ReleaseJob.objects.filter(pk=pk, state=State.WAITING).update(state=State.RUNNING):
        return job

    def tell(share: int, step: Any) -> None:
        ReleaseJob.objects.filter(pk=pk).update(share=share, step=str(step)[:200])

    actor = actors.of_user(job.by, "job") if job.by else actors.system("job")
    job.version = newest()
    before = Release.objects.first()
    job.base = before.number if before else 0
    try:
        with translation.override("id"):
            if job.kind == Kind.RELEASE:
                job.release = releases.release(actor, job.note, tell)
            else:
                job.rows = releases.preview(tell)
    except ValidationError as error:
        job.state, job.words = State.FAILED, " ".join(error.messages)
    except Exception:
        job.state, job.words = State.FAILED, ""
        _end(job)
        raise
    else:
        job.state, job.share = State.DONE, 100
    _end(job)
    return job


def _end(job: ReleaseJob) -> None:
    job.ended = timezone.now()
    job.save(update_fields=["state", "words", "rows", "base", "version", "release", "ended",
                            "share"])  # fmt: skip
