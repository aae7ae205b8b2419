"""How a figure is shown, and where each of its records can be opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from rakorsus.engine.reportcard import MEASURES, Figure
from rakorsus.people.actor import Actor
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.findings.queries import visible
from rakorsus.stages.followup.queries import listed
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program

_MOST = 200


@dataclass(frozen=True)
class Cell:
    """`state`: good, mid, bad, few (counts only), none (no data), plain."""

    text: str
    state: str
    percent: int | None = None
    n: int = 0
    part: int | None = None
    whole: int | None = None
    money: bool = False


def shown(figure: Figure) -> Cell:
    """A figure for a cell: no percentage of few, no zero for no data."""
    value, kind = figure.value, MEASURES[figure.measure].kind
    if value is None:
        return Cell(_("tidak ada data"), "none")
    if kind == "count":
        return Cell(str(figure.part), "plain", n=figure.n)
    if kind == "days":
        days = f"{float(value):g}".replace(".", ",")
        return Cell(_("%s hari") % days, "plain", n=figure.n)
    money = kind == "money"
    if not figure.firm:
        text = "" if money else _("%(part)d dari %(whole)d") % {
            "part": figure.part, "whole": figure.whole,
        }  # fmt: skip
        return Cell(text, "few", None, figure.n, figure.part, figure.whole, money)
    percent = round(100 * value)
    state = "good" if percent >= 80 else "mid" if percent >= 50 else "bad"
    text = f"{percent} %"
    return Cell(text, state, percent, figure.n, figure.part, figure.whole, money)


@dataclass(frozen=True)
class Record:
    key: str
    title: str
    url: str
    hit: bool


def records(actor: Actor, figure: Figure, keys: Sequence[str]) -> list[Record]:
    """The records of a figure with their addresses, those that fulfil it last. One query.

    A line that the reader may not see is counted and not named.
    """
    wanted, hits = list(keys[:_MOST]), set(figure.hits)
    titles: dict[str, tuple[str, str]] = {}
    if figure.measure in ("answered", "answer_days"):
        for f in visible(actor, Finding.objects.filter(fingerprint__in=wanted)):
            titles[f.fingerprint] = (f.reasons[:160], f.get_absolute_url())
    elif figure.measure == "kept":
        numbers = [int(k) for k in wanted if k.isdigit()]
        for item in listed(actor).filter(pk__in=numbers):
            titles[str(item.pk)] = (item.text[:160], "")
    elif figure.measure in ("tenders", "spending", "quality"):
        lines = panels.unveiled(Program.objects.filter(key__in=wanted), panels.veil_of(actor))
        for key, title in lines.values_list("key", "title"):
            titles[key] = (title[:160], reverse("register:program", args=[key]))
        kept = str(_("Pekerjaan yang rinciannya dikecualikan"))
        veiled = panels.veiled(Program.objects.filter(key__in=wanted), panels.veil_of(actor))
        hidden = set(veiled.values_list("key", flat=True))
        return _ordered(
            Record("", kept, "", k in hits) if k in hidden
            else Record(k, *titles.get(k, (k, "")), k in hits)
            for k in wanted
        )  # fmt: skip
    return _ordered(Record(k, *titles.get(k, (k, "")), k in hits) for k in wanted)


def _ordered(made: Iterable[Record]) -> list[Record]:
    return sorted(made, key=lambda r: (r.hit, r.title))
