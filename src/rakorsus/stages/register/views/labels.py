"""Filters in words: the chips above a list, each with the address that takes it away."""

from __future__ import annotations

from typing import Any

from django.utils import formats
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rakorsus.engine.sentences import proper
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.stages.register import panels
from rakorsus.stages.register.forms import FilterForm
from rakorsus.stages.register.locating import area_name
from rakorsus.stages.register.models import Nomenclature, Program, Region
from rakorsus.stages.register.queries.filters import PARAMETERS, Filters


def chips(actor: Actor, filters: Filters) -> list[dict[str, str]]:
    """Each filter that narrows: name, label, value, the query without it. Level has its tabs."""
    found = []
    query = filters.query
    for name, value in filters.asked.items():
        if name == "level":
            continue
        parameter = PARAMETERS[name]
        rest = {k: v for k, v in query.items() if k != parameter}
        label = FilterForm.base_fields[parameter].label
        found.append(
            {
                "name": name,
                "label": str(label),
                "value": _shown(name, value),
                "without": urlencode(rest),
            }
        )
    for parameter, value in filters.more.items():
        offered = panels.filters()[parameter]
        names = dict(offered.choices(actor))
        rest = {k: v for k, v in query.items() if k != parameter}
        found.append(
            {"name": parameter, "label": str(offered.label),
             "value": str(names.get(value, value)), "without": urlencode(rest)}
        )  # fmt: skip
    return found


def _shown(name: str, value: Any) -> str:
    if value is True:
        return _("ya")
    if name == "agency":
        agency = Agency.objects.filter(code=value).first()
        return proper(agency.name) if agency else value
    if name == "place":
        region = Region.objects.filter(code=value).only("name", "kind").first()
        return area_name(region.name, region.kind) if region else value
    if name == "code":
        row = Nomenclature.objects.filter(code=value).only("code", "title").first()
        return f"{value} {row.title}" if row else value
    if name in {"least", "most"}:
        return "Rp" + formats.number_format(value, force_grouping=True)
    if name in {"begins", "ends"}:
        return formats.date_format(value, "j M Y")
    if name == "source":
        return str(Program.Source(value).label)
    if name == "status":
        return str(Program.Status(value).label)
    return str(value)
