"""When works run: bars for the timeline, and a table of months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from rakorsus.engine.records import DateGrade
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries.counts import kept
from rakorsus.stages.register.queries.filters import Filters, narrow
from rakorsus.stages.register.queries.listing import rows

ITEMS = 600


def year_of(asked: Filters) -> int:
    """The year that the timeline shows: of the filter, else the newest of the register."""
    if asked.begins:
        return asked.begins.year

    def make() -> int:
        years = Program.objects.filter(removed=False).values("year").annotate(n=Count("pk"))
        rows = [r for r in years.order_by("-n") if r["year"]]
        return int(rows[0]["year"]) if rows else 0

    return int(kept("year", "", make)) or date.today().year  # noqa: DTZ011 (a heading only)


def months(year: int) -> list[tuple[date, date]]:
    """First and last day of each month of a year."""
    return [(date(year, m, 1), date(year, m, monthrange(year, m)[1])) for m in range(1, 13)]


def items(asked: Filters, year: int, limit: int = ITEMS) -> list[Program]:
    """Lines with a period firmer than the whole year: the dearest, by their beginning."""

    def make() -> list[int]:
        dearest = _dated(asked, year).order_by("-money", "-pk")
        return list(dearest.values_list("pk", flat=True)[:limit])

    keys: list[int] = kept(f"dearest{year}-{limit}", asked.stamp, make)
    return sorted(rows(keys), key=lambda p: (p.begins, p.pk))


def count(asked: Filters, year: int) -> int:
    """How many lines have a firm period in the year; kept per version."""
    found: int = kept(
        f"timeline{year}", asked.stamp, lambda: _dated(asked, year).order_by().count()
    )
    return found


def _dated(asked: Filters, year: int) -> QuerySet[Program]:
    return narrow(Program.objects.all(), asked).filter(
        date_grade__gt=DateGrade.YEAR, begins__lte=date(year, 12, 31), ends__gte=date(year, 1, 1)
    )


def table(asked: Filters, year: int) -> list[dict[str, Any]]:
    """For each agency how many works run in each month (firm periods), and how many have only a
    year. Kept per version."""

    def make() -> list[dict[str, Any]]:
        firm = Q(date_grade__gt=DateGrade.YEAR)
        columns = {
            f"m{n}": Count("pk", filter=firm & Q(begins__lte=last, ends__gte=first))
            for n, (first, last) in enumerate(months(year), 1)
        }
        rows = (
            narrow(Program.objects.order_by(), asked)
            .filter(begins__lte=date(year, 12, 31), ends__gte=date(year, 1, 1))
            .values("agency__code", "agency__name")
            .annotate(**columns, vague=Count("pk", filter=Q(date_grade=DateGrade.YEAR)))
            .order_by("agency__name")
        )
        found = [
            {"code": r["agency__code"], "name": r["agency__name"], "vague": r["vague"],
             "months": [r[f"m{n}"] for n in range(1, 13)]}
            for r in rows
        ]  # fmt: skip
        return [r for r in found if any(r["months"]) or r["vague"]]

    return kept(f"months{year}", asked.stamp, make)
