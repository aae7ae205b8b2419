"""The class of a record: the departure where there is one, otherwise the rule."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from rakorsus.people.models import Agency
from rakorsus.stages.publication.classes import BY_NAME
from rakorsus.stages.publication.models import Agreement, Classification, InformationClass
from rakorsus.stages.register.models import Program

EXCLUDED = InformationClass.EXCLUDED
Kind = Classification.Kind


def departures(kind: str) -> dict[str, str]:
    """Record -> class, where a coordinator departed from the rule."""
    found = Classification.objects.filter(kind=kind).values_list("ident", "value")
    return dict(found)


def of_program(program: Program) -> str:
    """The class of one line; reads the departure."""
    own = Classification.objects.filter(kind=Kind.PROGRAM, ident=program.key).first()
    if own is not None:
        return own.value
    outside = program.agency.kind == Agency.Kind.OUTSIDE
    return str(BY_NAME["outside" if outside else "program"].value)


def excluded_lines() -> Q:
    """The condition on Program that a line's content is not public."""
    chosen = departures(Kind.PROGRAM)
    hidden = [key for key, value in chosen.items() if value == EXCLUDED]
    opened = [key for key, value in chosen.items() if value != EXCLUDED]
    by_rule = Q(agency__kind=Agency.Kind.OUTSIDE) & ~Q(key__in=opened)
    return by_rule | Q(key__in=hidden)


def public_lines() -> QuerySet[Program]:
    return Program.objects.filter(removed=False).exclude(excluded_lines())


def hidden_among(ids: Collection[int]) -> frozenset[int]:
    """Those of the lines (primary keys) whose content is not public."""
    found = Program.objects.filter(pk__in=ids).filter(excluded_lines())
    return frozenset(found.values_list("pk", flat=True))


def hidden_idents(kind: str) -> frozenset[str]:
    """Records of a kind that a coordinator excluded."""
    return frozenset(i for i, value in departures(kind).items() if value == EXCLUDED)


def of_agreement(agreement: Agreement) -> str:
    own = Classification.objects.filter(kind=Kind.AGREEMENT, ident=agreement.slug).first()
    if own is not None:
        return own.value
    signed = agreement.state in (Agreement.State.SIGNED, Agreement.State.ENDED)
    return str(BY_NAME["agreement" if signed else "draft_agreement"].value)


def public_agreements() -> QuerySet[Agreement]:
    """Signed agreements that nobody excluded; one that is being prepared is never public."""
    signed = Agreement.objects.filter(state__in=[Agreement.State.SIGNED, Agreement.State.ENDED])
    return signed.exclude(slug__in=hidden_idents(Kind.AGREEMENT))
