"""The weekly letter of what is late: frozen once a week, numbered and ready to send."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from rakorsus.audit import actions as audit
from rakorsus.clock import today
from rakorsus.documents import actions as documents
from rakorsus.documents.models import Issued
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.followup import letter as words
from rakorsus.stages.followup.models import Letter
from rakorsus.stages.followup.queries.late import late_content


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


@transaction.atomic
def weekly_letter(actor: Actor, day: date) -> Letter:
    """The letter of the day's week; made once, and again only as long as it has no number."""
    require(actor, "followup.settings")
    week = week_of(day)
    kept = Letter.objects.select_for_update().filter(week=week).first()
    if kept is not None and kept.number:
        return kept
    made, _new = Letter.objects.update_or_create(
        week=week, defaults={"content": late_content(day), "by_name": actor.name[:200]}
    )
    audit.record(actor, "followup.letter", made, summary=f"pekan {week.isoformat()}",
                 changes={"late": made.content["count"]})  # fmt: skip
    return made


@transaction.atomic
def issue_letter(actor: Actor, letter: Letter, base: str, on: date | None = None) -> Issued:
    """Give the letter its number; what it says stays as it was made."""
    require(actor, "followup.settings")
    issued = documents.issue(
        actor, words.KIND.key, documents.subject_of(letter), words.title(letter),
        words.compose(letter), base, on=on or today(),
    )  # fmt: skip
    letter.number = issued.number[:120]
    letter.save(update_fields=["number"])
    return issued
