"""Changes of report cards: closing a quarter, the agency's own word."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.clock import today
from rakorsus.engine.reportcard import Card, Quarter, as_known, cards, digest
from rakorsus.engine.reportcard.figures import METHOD
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import require
from rakorsus.stages.followup.models import CardComment, CardQuarter, KeptCards
from rakorsus.stages.followup.queries import card_inputs, kept_cards


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
    known = as_known(card_inputs.live(), quarter, today())
    made = CardQuarter.objects.create(
        year=quarter.year, number=quarter.number, by_name=actor.name, method=METHOD,
        inputs=card_inputs.to_json(known), digests=digest(known, quarter),
    )  # fmt: skip
    KeptCards.objects.filter(year=quarter.year, number=quarter.number).delete()
    audit.record(actor, "cards.freeze", made, summary=str(quarter))
    return made


#: Quarters that are not closed and are kept up to date.
_OPEN: Final = 6


def outdate() -> bool:
    """Say that the open quarters' cards rest on what has changed; False when that is known."""
    known, now = KeptCards.objects.all(), Quarter.of(today())
    if not known.filter(year=now.year, number=now.number).exists():
        return True
    closed = [Quarter(q.year, q.number) for q in CardQuarter.objects.only("year", "number")]
    waiting = [
        row.pk for row in known.filter(outdated=False).only("pk", "year", "number")
        if Quarter(row.year, row.number) not in closed
    ]  # fmt: skip
    return bool(known.filter(pk__in=waiting).update(outdated=True)) if waiting else False


def compute() -> int:
    """Compute and keep the cards of the open quarters, and of closed ones that are not kept yet;
    returns of how many quarters. When that fails, what is outdated is thrown away: pages compute it
    themselves, and the next change asks for this again."""
    wanted = card_inputs.quarters()
    closed = {Quarter(q.year, q.number) for q in CardQuarter.objects.only("year", "number")}
    there = {
        Quarter(k.year, k.number) for k in KeptCards.objects.filter(method=METHOD, outdated=False)
        .only("year", "number")
    }  # fmt: skip
    known = {Quarter(k.year, k.number) for k in KeptCards.objects.only("year", "number")}
    open_ = sorted({*wanted, *known} - closed, reverse=True)[:_OPEN]
    stale = list(KeptCards.objects.filter(outdated=True).values_list("pk", flat=True))
    KeptCards.objects.filter(pk__in=stale).update(outdated=False)  # what comes now is seen again
    fixed = [q for q in wanted if q in closed - there]
    try:
        tables = card_inputs.live()
        for quarter in open_:
            _keep(quarter, cards(as_known(tables, quarter, today()), quarter))
        for quarter in fixed:
            _keep(quarter, card_inputs.of_quarter(quarter))
    except Exception:
        KeptCards.objects.filter(pk__in=stale).delete()
        raise
    return len(open_) + len(fixed)


def _keep(quarter: Quarter, made: list[Card]) -> None:
    KeptCards.objects.update_or_create(
        year=quarter.year, number=quarter.number,
        defaults={"method": METHOD, "at": timezone.now(), "cards": kept_cards.plain(made)},
    )  # fmt: skip


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
