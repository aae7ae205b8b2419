"""Changes of report cards: closing a quarter, the agency's own word."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.engine.reportcard import Quarter, as_known, digest
from rakorsus.engine.reportcard.figures import METHOD
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import require
from rakorsus.stages.findings.actions.run import today
from rakorsus.stages.followup.models import CardComment, CardQuarter
from rakorsus.stages.followup.queries import card_inputs


@transaction.atomic
def freeze(actor: Actor, quarter: Quarter) -> CardQuarter:
    """Close a quarter that is over: its inputs are kept as they stand, with their digests.

    Raises:
        ValidationError: the quarter is not over, or already closed.
    """
    require(actor, "cards.freeze")
    if quarter.ends >= today():
        raise ValidationError(_("Triwulan ini belum berakhir."))
    if CardQuarter.objects.filter(year=quarter.year, number=quarter.number).exists():
        raise ValidationError(_("Triwulan ini sudah ditutup."))
    known = as_known(card_inputs.live(), quarter)
    made = CardQuarter.objects.create(
        year=quarter.year, number=quarter.number, by_name=actor.name, method=METHOD,
        inputs=card_inputs.to_json(known), digests=digest(known, quarter),
    )  # fmt: skip
    audit.record(actor, "cards.freeze", made, summary=str(quarter))
    return made


@transaction.atomic
def comment(actor: Actor, agency: Agency, quarter: Quarter, text: str) -> CardComment:
    """The agency's own word beside its card."""
    require(actor, "cards.comment", agency.pk)
    if not text.strip():
        raise ValidationError(_("Tanggapan masih kosong."))
    made = CardComment.objects.create(
        agency=agency, year=quarter.year, number=quarter.number, text=text.strip()[:2000],
        by_name=actor.name,
    )  # fmt: skip
    audit.record(actor, "cards.comment", made, agency=agency.code, summary=made.text[:200])
    return made
