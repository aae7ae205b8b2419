"""When works run: bars for the timeline, and a table of months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from django.db.models import Count, Q

from rakorsus.engine.records import DateGrade
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries.counts import kept
from rakorsus.stages.register.queries.filters import Filters, narrow

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


def items(asked: Filters, year: int) -> tuple[list[Program], int]:
    """Lines with a period firmer than the whole year, by their beginning, and how many there are.

    At most ITEMS of them: the dearest.
    """
    lines = narrow(Program.objects.all(), asked).filter(
        date_grade__gt=DateGrade.YEAR, begins__lte=date(year, 12, 31), ends__gte=date(year, 1, 1)
    )
    count = kept(f"timeline{year}", asked.stamp, lambda: lines.order_by().count())
    chosen = lines.select_related("agency").order_by("-money", "pk").only(
        "key", "title", "money", "begins", "ends", "date_grade", "place",
        "agency__name", "agency__short",
    )[:ITEMS]  # fmt: skip
    return sorted(chosen, key=lambda p: (p.begins, p.pk)), count


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
