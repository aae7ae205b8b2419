"""What the template offers to choose from in this installation."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rakorsus.people.models import Agency
from rakorsus.stages.register.models import Nomenclature, Program

_MOST = 40  # funds in the list


def lists() -> dict[str, Any]:
    """Active agencies, the sub kegiatan of this kind of government, the funds in use.

    Lists that are empty here are left out, so that the template's own ones stand. Three queries.
    """
    agencies = list(Agency.objects.filter(active=True).order_by("name").values_list("code", "name"))
    rows = Nomenclature.objects.filter(level="sub_kegiatan").order_by("code")
    kinds = list(rows.values_list("government_kind", "code", "title"))
    usual = Counter(kind for kind, _, _ in kinds if kind != "PROV").most_common(1)
    kind = usual[0][0] if usual else "PROV"
    activities = [(code, title) for k, code, title in kinds if k == kind]
    funds = (
        Program.objects.filter(removed=False)
        .exclude(fund="")
        .order_by("fund")
        .values_list("fund", flat=True)
        .distinct()[:_MOST]
    )
    made = {"agencies": agencies, "activities": activities, "funds": list(funds)}
    return {name: values for name, values in made.items() if values}
