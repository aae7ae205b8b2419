"""Changes of early warnings: looking for them, answering one."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.clock import today
from rakorsus.engine.warnings.places import difference, gazetteer_of
from rakorsus.engine.warnings.state import learnt, of_lines
from rakorsus.engine.warnings.watch import Notice, watch
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import require
from rakorsus.stages.followup.models import EarlyWarning
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries import frames

State = EarlyWarning.State


def look(actor: Actor, day: date | None = None) -> tuple[int, int, int]:
    """Find the warnings of the day and keep them; returns how many are new, kept, closed."""
    require(actor, "warnings.watch")
    asked = day or today()
    lines = frames.frame()
    state = of_lines(lines, notes=_notes(lines))
    return _keep(actor, watch(state, asked, learnt(state)), asked)


def _notes(lines: object) -> dict[str, str]:
    """Lines announced for another place than their documents name, by key.

    A plan's place and the announcement's stand side by side on a line, the plan's first, so that
    two places are looked at one by one: works of one street have no second one. Where the title
    names the plan's place, the announcement's is the one beside it.
    """
    found = {}
    for row in lines.iter_rows(named=True):  # type: ignore[attr-defined]
        if row["announced"] is None or row["contract_date"] or not row["places"]:
            continue
        gazetteer = gazetteer_of(row["government"] or "")
        places = row["places"]
        asked = [[p] for p in places] if len(places) == 2 else [places]
        notes = [difference(row["title"], p, gazetteer) for p in asked]
        if note := notes[0]:
            found[row["key"]] = note
        elif note := notes[-1]:
            found[row["key"]] = " | ".join(reversed(note.split(" | ")))
    return found


@transaction.atomic
def _keep(actor: Actor, notices: list[Notice], day: date) -> tuple[int, int, int]:
    agencies = {a.code: a for a in Agency.objects.all()}
    keys = {n.key for n in notices}
    programs = dict(Program.objects.filter(key__in=keys).values_list("key", "pk"))
    known = {
        (w.rule, w.key): w
        for w in EarlyWarning.objects.select_for_update().exclude(state=State.CLOSED)
    }
    new = kept = 0
    seen = set()
    for n in notices:
        agency = agencies.get(n.agency)
        if agency is None:
            continue
        seen.add((n.rule, n.key))
        told = {
            "seen": day, "last": n.last, "past": n.past, "money": n.money, "words_id": n.words.id,
            "words_en": n.words.en, "basis": dict(n.basis), "keys": list(n.keys),
        }  # fmt: skip
        old = known.get((n.rule, n.key))
        if old is None:
            EarlyWarning.objects.create(
                rule=n.rule, key=n.key, agency=agency, program_id=programs.get(n.key), first=day,
                by=n.by, **told,
            )  # fmt: skip
            new += 1
            continue
        for name, value in told.items():
            setattr(old, name, value)
        if n.rule not in _MOVING:  # a deadline counted from the day of warning does not move on
            old.by = max(n.by if not n.past else old.by, old.first)
        old.save()
        kept += 1
    gone = [w for name, w in known.items() if name not in seen]
    for w in gone:
        w.state, w.closed = State.CLOSED, day
        w.save(update_fields=["state", "closed"])
    audit.record(
        actor, "warnings.look", ("followup.earlywarning", day.isoformat()),
        changes={"new": new, "kept": kept, "closed": len(gone)},
    )  # fmt: skip
    return new, kept, len(gone)


#: Rules whose deadline is so many days after the warning.
_MOVING = frozenset(
    {"warning.stuck", "warning.schedule", "warning.place", "warning.owner", "warning.overdue"}
)


@transaction.atomic
def answer(
    actor: Actor, warning: EarlyWarning, action: str, promised: date | None = None
) -> EarlyWarning:
    """Say what is done about a warning, and until when.

    Raises:
        ValidationError: it does not hold any more, no action is named, or the day is past.
    """
    require(actor, "warnings.answer", warning.agency_id)
    held = EarlyWarning.objects.select_for_update().get(pk=warning.pk)
    if held.state == State.CLOSED:
        raise ValidationError(_("Peringatan ini tidak berlaku lagi."))
    if not action.strip():
        raise ValidationError(_("Sebutkan tindakan yang diambil."))
    if promised and promised < today():
        raise ValidationError(_("Hari selesainya sudah lewat."))
    before = held.action
    held.action, held.promised = action.strip()[:2000], promised
    held.answered_by, held.answered_at = actor.name, timezone.now()
    held.state = State.ANSWERED
    held.save()
    audit.record(
        actor, "warnings.answer", held, agency=held.agency.code, summary=held.action[:200],
        changes={"action": [before[:200], held.action[:200]],
                 "promised": promised.isoformat() if promised else None},
    )  # fmt: skip
    return held
