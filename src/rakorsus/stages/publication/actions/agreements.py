"""Agreements: prepared, signed when everything is in order, then only followed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.publication import requirements
from rakorsus.stages.publication.models import (
    Agreement,
    Clause,
    Milestone,
    Party,
    Requirement,
)
from rakorsus.stages.register.models import Program

State = Agreement.State
_FIELDS = (
    "kind", "scheme", "title", "parent", "meeting", "purpose", "scope", "money", "funding", "place",
    "starts", "ends", "note",
)  # fmt: skip
_PARTY = (
    "position", "agency", "name", "own", "number", "signatory", "post", "authority", "letter",
    "letter_date", "address",
)  # fmt: skip


@transaction.atomic
def save_agreement(
    actor: Actor, agreement: Agreement | None, seen: int = 0, **data: Any
) -> Agreement:
    """A new agreement, with the documents and articles that its kind usually has; or a change of
    one that is not yet signed."""
    require(actor, "agreements.edit")
    kept = _open(agreement, seen) if agreement else Agreement(slug="")
    before = {name: str(getattr(kept, name) or "") for name in _FIELDS}
    for name in _FIELDS:
        if name in data:
            setattr(kept, name, data[name])
    if kept.starts and kept.ends and kept.ends < kept.starts:
        raise ValidationError(_("Berakhir harus sesudah mulai berlaku."))
    if kept.pk and kept.parent and kept.pk in (kept.parent.pk, kept.parent.parent_id):
        raise ValidationError(_("Kerja sama tidak dapat melaksanakan dirinya sendiri."))
    new = kept.pk is None
    if new:
        kept.slug = _free_slug(kept.title)
    else:
        kept.version += 1
    kept.save()
    if new:
        _usual(kept)
    after = {name: str(getattr(kept, name) or "") for name in _FIELDS}
    audit.record(
        actor, "agreements.create" if new else "agreements.amend", kept, summary=kept.title[:200],
        changes={n: [before[n], after[n]] for n in _FIELDS if before[n] != after[n]},
    )  # fmt: skip
    return kept


@transaction.atomic
def save_party(actor: Actor, agreement: Agreement, party: Party | None, **data: Any) -> Party:
    require(actor, "agreements.edit")
    _open(agreement)
    kept = party or Party(agreement=agreement)
    for name in _PARTY:
        if name in data:
            setattr(kept, name, data[name])
    if kept.agency and not kept.name:
        kept.name = kept.agency.name
    if not kept.name:
        raise ValidationError(_("Tulis nama pihak."))
    kept.save()
    # Names of signatories stay out of the log: it keeps posts.
    audit.record(actor, "agreements.party", agreement, summary=f"{kept.name}: {kept.post}"[:200])
    return kept


@transaction.atomic
def remove_party(actor: Actor, party: Party) -> None:
    require(actor, "agreements.edit")
    _open(party.agreement)
    audit.record(actor, "agreements.remove_party", party.agreement, summary=party.name[:200])
    party.delete()


@transaction.atomic
def save_clause(actor: Actor, clause: Clause, title: str, text: str) -> Clause:
    require(actor, "agreements.edit")
    _open(clause.agreement)
    if not title.strip():
        raise ValidationError(_("Tulis judul pasal."))
    clause.title, clause.text = title.strip()[:150], text.strip()[:6000]
    clause.save(update_fields=["title", "text"])
    audit.record(actor, "agreements.clause", clause.agreement, summary=str(clause)[:200])
    return clause


@transaction.atomic
def add_clause(actor: Actor, agreement: Agreement, title: str, text: str = "") -> Clause:
    """One more pasal, before the last one, which closes the document."""
    require(actor, "agreements.edit")
    _open(agreement)
    if not title.strip():
        raise ValidationError(_("Tulis judul pasal."))
    last = agreement.clauses.last()
    position = last.position if last else 1
    if last:
        last.position += 1
        last.save(update_fields=["position"])
    made = Clause.objects.create(
        agreement=agreement, position=position, title=title.strip()[:150], text=text.strip()[:6000]
    )
    audit.record(actor, "agreements.clause", agreement, summary=str(made)[:200])
    return made


@transaction.atomic
def set_requirement(
    actor: Actor, requirement: Requirement, state: str, number: str = "", note: str = ""
) -> Requirement:
    """Whether a document is in order. Not needing one takes a reason."""
    require(actor, "agreements.edit")
    if state not in Requirement.State.values:
        raise ValidationError(_("Keadaan itu tidak ada."))
    if state == Requirement.State.WAIVED and not note.strip():
        raise ValidationError(_("Tulis mengapa dokumen ini tidak diperlukan."))
    requirement.state, requirement.number = state, number.strip()[:200]
    requirement.note = note.strip()[:300]
    requirement.save(update_fields=["state", "number", "note"])
    audit.record(
        actor, "agreements.requirement", requirement.agreement,
        summary=f"{requirement.name}: {requirement.get_state_display()}"[:200],
    )  # fmt: skip
    return requirement


@transaction.atomic
def add_requirement(
    actor: Actor, agreement: Agreement, name: str, source: str = "", *, to_sign: bool = False
) -> Requirement:
    require(actor, "agreements.edit")
    if not name.strip():
        raise ValidationError(_("Tulis nama dokumen."))
    made = Requirement.objects.create(
        agreement=agreement, name=name.strip()[:250], source=source.strip()[:250],
        needed_to_sign=to_sign,
    )  # fmt: skip
    audit.record(actor, "agreements.requirement", agreement, summary=made.name[:200])
    return made


@transaction.atomic
def save_milestone(
    actor: Actor, agreement: Agreement, milestone: Milestone | None,
    programs: Iterable[str] | None = None, **data: Any,
) -> Milestone:  # fmt: skip
    """A promise with a date, and the lines of the register (keys) that carry it out."""
    require(actor, "agreements.edit")
    kept = milestone or Milestone(agreement=agreement)
    for name in ("title", "due", "party", "owner"):
        if name in data:
            setattr(kept, name, data[name])
    if not kept.title.strip():
        raise ValidationError(_("Tulis tonggaknya."))
    if kept.party and kept.party.agreement_id != agreement.pk:
        raise ValidationError(_("Pihak itu bukan pihak kerja sama ini."))
    if agreement.ends and kept.due > agreement.ends:
        raise ValidationError(_("Tenggat sesudah kerja sama berakhir."))
    if agreement.starts and kept.due < agreement.starts:
        raise ValidationError(_("Tenggat sebelum kerja sama berlaku."))
    lines = None
    if programs is not None:
        keys = {key.strip() for key in programs if key.strip()}
        lines = list(Program.objects.filter(key__in=keys))
        unknown = sorted(keys - {line.key for line in lines})
        if unknown:
            raise ValidationError(
                _("Tidak ada di register: %(keys)s") % {"keys": ", ".join(unknown)[:200]}
            )
    kept.save()
    if lines is not None:
        kept.programs.set(lines)
    audit.record(
        actor, "agreements.milestone", agreement, summary=kept.title[:200],
        changes={"due": kept.due.isoformat(), "programs": sorted(p.key for p in lines or [])},
    )  # fmt: skip
    return kept


@transaction.atomic
def report_milestone(
    actor: Actor, milestone: Milestone, state: str, done: date | None = None, evidence: str = ""
) -> Milestone:
    """How a promise stands. Reached needs its day and what shows it; given up needs a reason."""
    require(actor, "agreements.report", milestone)
    if milestone.agreement.state not in (State.SIGNED, State.ENDED):
        raise ValidationError(_("Kerja sama ini belum ditandatangani."))
    if state not in Milestone.State.values:
        raise ValidationError(_("Keadaan itu tidak ada."))
    if state == Milestone.State.DONE and (done is None or not evidence.strip()):
        raise ValidationError(_("Tulis kapan tercapai dan apa buktinya."))
    if state == Milestone.State.DROPPED and not evidence.strip():
        raise ValidationError(_("Tulis mengapa tidak dilanjutkan."))
    if done and milestone.agreement.signed and done < milestone.agreement.signed:
        raise ValidationError(_("Tanggal tercapai sebelum penandatanganan."))
    before = milestone.state
    milestone.state, milestone.evidence = state, evidence.strip()[:500]
    milestone.done = done if state == Milestone.State.DONE else None
    milestone.save(update_fields=["state", "evidence", "done"])
    audit.record(
        actor, "agreements.report", milestone.agreement, summary=milestone.title[:200],
        agency=milestone.owner.code if milestone.owner else "",
        changes={"state": [before, state]}, topic="agreements.milestone",
    )  # fmt: skip
    return milestone


@transaction.atomic
def sign_agreement(actor: Actor, agreement: Agreement, on: date, place: str = "") -> Agreement:
    """Record the signature. Everything that is not in order is said at once."""
    require(actor, "agreements.edit")
    kept = _open(agreement)
    problems = obstacles(kept)
    if kept.ends and kept.ends < on:
        problems.append(_("Kerja sama berakhir sebelum ditandatangani."))
    if problems:
        raise ValidationError(problems)
    kept.state, kept.signed = State.SIGNED, on
    kept.starts = kept.starts or on
    kept.place = place.strip()[:150] or kept.place
    kept.version += 1
    kept.save()
    audit.record(actor, "agreements.sign", kept, summary=kept.title[:200],
                 changes={"signed": on.isoformat()}, topic="agreements.signed")  # fmt: skip
    return kept


@transaction.atomic
def end_agreement(actor: Actor, agreement: Agreement, state: str, reason: str) -> Agreement:
    """End a signed agreement before its day, or drop one that is being prepared."""
    require(actor, "agreements.edit")
    kept = Agreement.objects.select_for_update().get(pk=agreement.pk)
    allowed = {State.SIGNED: State.ENDED, State.DRAFT: State.DROPPED}
    if allowed.get(State(kept.state)) != state:
        raise ValidationError(_("Keadaan itu tidak dapat dipilih sekarang."))
    if not reason.strip():
        raise ValidationError(_("Tulis alasannya."))
    kept.state = state
    kept.version += 1
    kept.save(update_fields=["state", "version"])
    audit.record(actor, "agreements.end", kept, summary=reason.strip()[:200])
    return kept


def obstacles(agreement: Agreement) -> list[str]:
    """What still stands between the agreement and its signature, in words."""
    found = []
    parties = list(agreement.parties.select_related("agency"))
    if len(parties) < 2:
        found.append(_("Sedikitnya dua pihak."))
    if not any(p.own for p in parties):
        found.append(_("Pihak pemerintah daerah belum ada."))
    for p in parties:
        if not p.number:
            found.append(_("%(party)s: nomor naskah belum ada.") % {"party": p.name})
        if not p.post:
            found.append(_("%(party)s: jabatan penanda tangan belum ada.") % {"party": p.name})
        if p.own and p.agency and p.authority != Party.Authority.POWER:
            found.append(
                _("%(party)s: kepala perangkat daerah menandatangani dengan surat kuasa.")
                % {"party": p.name}
            )
        if p.authority == Party.Authority.POWER and not (p.letter and p.letter_date):
            found.append(
                _("%(party)s: nomor dan tanggal surat kuasa belum ada.") % {"party": p.name}
            )
    if not agreement.scope.strip():
        found.append(_("Ruang lingkup masih kosong."))
    if agreement.ends is None:
        found.append(_("Tanggal berakhir belum ada."))
    if agreement.kind == Agreement.Kind.PKS and agreement.parent is None:
        found.append(_("PKS melaksanakan sebuah kesepakatan bersama; pilih yang mana."))
    if agreement.parent and agreement.parent.state != State.SIGNED:
        found.append(_("Kesepakatan yang dilaksanakan belum ditandatangani."))
    missing = agreement.requirements.filter(needed_to_sign=True, state=Requirement.State.MISSING)
    found += [_("Belum ada: %(name)s.") % {"name": r.name} for r in missing]
    return found


def _open(agreement: Agreement, seen: int = 0) -> Agreement:
    """The agreement, locked, when it may still change."""
    fresh = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if fresh.state != State.DRAFT:
        raise ValidationError(
            _("Naskah ini sudah ditandatangani atau berakhir; perubahan adalah adendum baru.")
        )
    if seen and fresh.version != seen:
        raise ValidationError(
            _("Orang lain baru saja mengubahnya. Muat ulang halaman ini dan lihat dahulu.")
        )
    return fresh


def _usual(agreement: Agreement) -> None:
    Requirement.objects.bulk_create(
        Requirement(agreement=agreement, code=row.code, name=row.name, source=row.source,
                    needed_to_sign=row.to_sign)
        for row in requirements.usual(agreement.kind, agreement.scheme)
    )  # fmt: skip
    Clause.objects.bulk_create(
        Clause(agreement=agreement, position=number, title=title)
        for number, title in enumerate(requirements.CLAUSES[agreement.kind], 1)
    )


def _free_slug(title: str) -> str:
    base = slugify(title)[:100].strip("-") or "kerja-sama"
    base = f"{base}-1" if base == "baru" else base
    taken = set(Agreement.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
