"""The seven tables of the report cards, from the records of every stage.

`tables(quarter)` is what pages, API, command and open data use alike: the frozen rows of a closed
quarter, else the live ones cut to the quarter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone

from rakorsus.clock import today
from rakorsus.engine.reportcard import FIGURES, TABLES, Card, Quarter, as_known, cards
from rakorsus.engine.reportcard.figures import TERM
from rakorsus.engine.reportcard.published import figures_frame, publish
from rakorsus.people.models import Agency
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.findings.models import Finding, FindingAgency, SettlementSide, Verdict
from rakorsus.stages.followup.models import ActionItem, CardQuarter
from rakorsus.stages.meeting.models import Outcome
from rakorsus.stages.register.models import (
    PastQuality,
    PlanVersion,
    Program,
    ProgramChange,
    SpendingReport,
)
from rakorsus.stages.register.panels import unveiled
from rakorsus.stages.register.queries.quality import LACKING, WORK

_JUDGED = (Agency.Kind.OPD, Agency.Kind.KECAMATAN, Agency.Kind.KELURAHAN, Agency.Kind.COMPANY)


def quarters() -> list[Quarter]:
    """Quarters that have a card, newest first: those closed, and from the first version on."""
    now = Quarter.of(today())
    closed = [Quarter(q.year, q.number) for q in CardQuarter.objects.only("year", "number")]
    first = PlanVersion.objects.aggregate(first=Min("created"))["first"]
    begin = Quarter.of(_day(first) or today())
    begin = min([begin, now, *closed])
    found = [now]
    while found[-1] > begin and len(found) < 40:
        found.append(found[-1].before)
    return found


def tables(quarter: Quarter) -> dict[str, pl.DataFrame]:
    """The rows that count in a quarter."""
    closed = CardQuarter.objects.filter(year=quarter.year, number=quarter.number).first()
    return of_json(closed.inputs) if closed else as_known(live(), quarter, today())


def of_quarter(quarter: Quarter) -> list[Card]:
    """The cards of every unit."""
    return cards(tables(quarter), quarter)


def files(wanted: Iterable[Quarter] | None = None) -> dict[str, pl.DataFrame]:
    """Published name -> file, of the inputs and of the figures, for the open data.

    By default of every quarter that has a card.
    """
    inputs = {quarter: tables(quarter) for quarter in (wanted or quarters())}
    frozen = {(q.year, q.number) for q in CardQuarter.objects.only("year", "number")}
    figures = {
        quarter: figures_frame(cards(own, quarter), (quarter.year, quarter.number) in frozen)
        for quarter, own in inputs.items()
    }
    return {**publish(inputs), FIGURES.name: FIGURES.publish(figures)}


def to_json(made: Mapping[str, pl.DataFrame]) -> dict[str, list[list[Any]]]:
    return {
        name: [[_plain(v) for v in row] for row in made[name].iter_rows()] for name in TABLES
    }  # fmt: skip


def of_json(inputs: Mapping[str, list[list[Any]]]) -> dict[str, pl.DataFrame]:
    found = {}
    for name, table in TABLES.items():
        rows = [
            [
                date.fromisoformat(v) if v is not None and kind == pl.Date else v
                for v, kind in zip(row, table.schema.values(), strict=True)
            ]
            for row in inputs[name]
        ]
        found[name] = pl.DataFrame(rows, schema=table.schema, orient="row")
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def live() -> dict[str, pl.DataFrame]:
    """Every row as it stands now. A fixed number of queries."""
    made = {
        "units": _units(), "answers": _answers(), "actions": _actions(), "tenders": _tenders(),
        "spending": _spending(), "quality": _quality(), "coordination": _coordination(),
    }  # fmt: skip
    return {
        name: pl.DataFrame(rows, schema=TABLES[name].schema, orient="row")
        for name, rows in made.items()
    }


def _day(moment: datetime | None) -> date | None:
    """The local day; an installation that stands on a fixed day has no later one."""
    return min(timezone.localtime(moment).date(), today()) if moment else None


def _units() -> list[tuple[Any, ...]]:
    return list(
        Agency.objects.filter(kind__in=_JUDGED, active=True)
        .order_by("code").values_list("code", "name", "kind")
    )  # fmt: skip


def _answers() -> list[tuple[Any, ...]]:
    """Findings that ask for an answer; what is normal or only a question to oneself does not."""
    first = {
        (f, a): _day(at)
        for f, a, at in Verdict.objects.order_by()
        .values_list("finding_id", "agency_id").annotate(at=Min("at"))
    }  # fmt: skip
    sides = (
        FindingAgency.objects.exclude(finding__kind=Finding.Kind.EXPECTED).order_by("pk")
        .values_list("finding_id", "agency_id", "finding__fingerprint", "agency__code",
                     "finding__kind", "finding__first_run__today", "finding__closed_run__today")
    )  # fmt: skip
    rows = []
    for finding, agency, print_, code, kind, opened, closed in sides:
        answered = first.get((finding, agency))
        if answered and answered < opened:
            answered = opened
        rows.append((print_, code, kind, opened, answered, closed))
    return rows


def _actions() -> list[tuple[Any, ...]]:
    items = ActionItem.objects.order_by("pk").values_list(
        "pk", "agency__code", "decision_id", "due", "done_at", "state"
    )
    rows = []
    for pk, code, decision, due, done, state in items:
        dropped = due if state == ActionItem.State.DROPPED else None
        finished = _day(done) if state == ActionItem.State.DONE else None
        number = str(decision) if decision else None
        rows.append((str(pk), code, number, due, finished, dropped))
    return rows


def _public() -> QuerySet[Program]:
    """Lines that the public may not see count for nobody, so that anyone can compute the cards."""
    return unveiled(Program.objects.all(), "")


def _tenders() -> list[tuple[Any, ...]]:
    return list(
        _public().filter(removed=False, tender_start__isnull=False)
        .exclude(status=Program.Status.CANCELLED).exclude(method="Swakelola")
        .order_by("key").values_list("key", "agency__code", "tender_start", "announced")
    )  # fmt: skip


def _spending() -> list[tuple[Any, ...]]:
    """Every report of spending by its day; before it, from the day a package is known, none."""
    lines = _public().filter(removed=False, budget__isnull=False)
    packages = lines.filter(level=Program.Level.PAKET)
    counted = lines.filter(Q(level=Program.Level.SUB_KEGIATAN) | Q(level=Program.Level.PAKET))
    reports = SpendingReport.objects.filter(program__in=counted.order_by().values("pk"))
    told = {
        (key, as_of): (key, code, as_of, start, end, budget, realised)
        for key, code, as_of, start, end, budget, realised in reports.order_by().values_list(
            "program__key", "program__agency__code", "as_of", "start", "end", "budget", "realised"
        )
    }  # fmt: skip
    added = dict(
        ProgramChange.objects.filter(kind=ProgramChange.Kind.ADDED).order_by("-version")
        .values_list("program", "version__created")
    )  # fmt: skip
    rows = packages.order_by().values_list(
        "pk", "key", "agency__code", "version__created", "start", "end", "budget"
    )
    for pk, key, code, at, start, end, budget in rows:
        day = _day(added.get(pk, at))
        told.setdefault((key, day), (key, code, day, start, end, budget, None))
    return sorted(told.values(), key=lambda row: (row[0], row[2]))


def _quality() -> list[tuple[Any, ...]]:
    """Every line of work by the day of its version, and as it was on the days before."""
    work = _public().filter(WORK).order_by()
    lacking = {name: set(work.filter(q).values_list("pk", flat=True))
               for name, q in LACKING.items()}  # fmt: skip
    told = {
        (key, day): (key, code, day, *says)
        for key, code, day, *says in PastQuality.objects.filter(program__in=work.values("pk"))
        .order_by().values_list("program__key", "program__agency__code", "as_of", "placed",
                                "dated", "measured")
    }  # fmt: skip
    columns = ("pk", "key", "agency__code", "version__created", "removed")
    for pk, key, code, at, removed in work.values_list(*columns):
        says = [
            None if removed else pk not in lacking[name] for name in ("tempat", "waktu", "volume")
        ]
        told[key, _day(at)] = (key, code, _day(at), *says)
    return sorted(told.values(), key=lambda row: (row[0], row[2]))


def _coordination() -> list[tuple[Any, ...]]:
    """What was given to the other sides of a finding: proposals and agreements, leading and
    supporting, answers in time. One record for each deed and other unit; an answer counts once."""
    return [*_settled(), *_led(), *_answered()]


def _settled() -> Iterable[tuple[Any, ...]]:
    sides = SettlementSide.objects.filter(agreed=True, at__isnull=False).order_by("pk").values_list(
        "pk", "agency__code", "settlement__agency__code", "at", "settlement_id", "settlement__at"
    )  # fmt: skip
    for pk, code, proposer, at, settlement, proposed in sides:
        if code != proposer:
            yield (f"setuju-{pk}", code, proposer, "persetujuan", _day(at))
            yield (f"usul-{settlement}-{pk}", proposer, code, "usulan", _day(proposed))


def _led() -> Iterable[tuple[Any, ...]]:
    """Desks and decisions that name one to lead: it leads for each other side, they support it. A
    decision made of a desk's outcome says the same once more and is not counted again."""
    desks = Outcome.objects.filter(kind=Outcome.Kind.LEAD, owner__isnull=False).exclude(
        item__outcomes__number__gt=F("number")
    )
    taken = Decision.objects.filter(
        kind=Decision.Kind.LEAD, state=Decision.State.TAKEN, outcome=None, owner__isnull=False
    )
    named = [
        *((f"meja-{pk}", *rest) for pk, *rest in desks.order_by("pk").values_list(
            "pk", "owner__code", "item__finding", "at")),
        *((f"keputusan-{pk}", *rest) for pk, *rest in taken.order_by("pk").values_list(
            "pk", "owner__code", "finding", "decided_at")),
    ]  # fmt: skip
    sides = _sides({finding for _mark, _lead, finding, _at in named if finding})
    for mark, lead, finding, at in named:
        for other in sides.get(finding, ()):
            if other != lead:
                yield (f"pimpin-{mark}-{other}", lead, other, "memimpin", _day(at))
                yield (f"dukung-{mark}-{other}", other, lead, "dukungan", _day(at))


def _sides(findings: Collection[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = FindingAgency.objects.filter(finding__in=findings).order_by("agency__code")
    for finding, code in rows.values_list("finding", "agency__code"):
        found[finding].append(code)
    return found


def _answered() -> Iterable[tuple[Any, ...]]:
    """First answers in time to a finding with other units; `other` is the first of them."""
    first = (
        Verdict.objects.exclude(finding__kind=Finding.Kind.EXPECTED).order_by()
        .values_list("finding_id", "agency__code", "finding__fingerprint",
                     "finding__first_run__today").annotate(at=Min("at"))
    )  # fmt: skip
    told = sorted(first)
    sides = _sides({finding for finding, *_rest in told})
    for finding, code, print_, opened, at in told:
        others = [other for other in sides.get(finding, ()) if other != code]
        day = max(_day(at) or opened, opened)
        if others and day <= opened + timedelta(days=TERM):
            yield (f"jawab-{print_}-{code}", code, others[0], "jawaban", day)
