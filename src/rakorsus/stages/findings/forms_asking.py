"""One form for each thing that may be missing: a place, dates, a volume."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from rakorsus.engine.records import RegionLevel
from rakorsus.stages.register.models import Program, Region

_YEAR: Final = 330  # days from which a period says nothing, see engine.facts
_ROAD: Final = re.compile(r"^(jl|jln|jalan|gang|gg|lorong)\b", re.IGNORECASE)


class PlaceForm(forms.Form):
    """Kelurahan with RW and street, or places in the writer's own words."""

    village = forms.ChoiceField(label=_("Kelurahan atau desa"), required=False)
    rw = forms.CharField(
        label=_("RW"), required=False, max_length=20, help_text=_("Contoh: 03, atau 03 dan 04")
    )
    street = forms.CharField(
        label=_("Jalan, kampung, atau nama bangunan"), required=False, max_length=120
    )
    others = forms.CharField(
        label=_("Lebih dari satu tempat? Tulis satu tiap baris"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Contoh: RW 03 Kel. Pampang Kec. Panakkukang"),
    )  # fmt: skip

    def __init__(self, *args: Any, line: Program, **more: Any) -> None:
        super().__init__(*args, **more)
        self._names, choices = _villages(line)
        self.fields["village"].choices = [("", _("Pilih")), *choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("village") and not data.get("others", "").strip():
            raise forms.ValidationError(_("Pilih kelurahan atau tulis tempatnya."))
        return data

    def changes(self) -> dict[str, Any]:
        data, found = self.cleaned_data, []
        if data["village"]:
            street = " ".join(data["street"].split())
            if street and not _ROAD.match(street) and not street.lower().startswith("kampung"):
                street = f"Jl. {street}"
            rw = f"RW {data['rw'].strip()}" if data["rw"].strip() else ""
            found.append(" ".join(p for p in (street, rw, self._names[data["village"]]) if p))
        found += [row.strip() for row in data["others"].splitlines() if row.strip()]
        return {"places": found}


class DatesForm(forms.Form):
    start = forms.DateField(label=_("Mulai"), widget=forms.DateInput({"type": "date"}))
    end = forms.DateField(label=_("Selesai"), widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, line: Program, **more: Any) -> None:
        super().__init__(*args, **more)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("start"), data.get("end")
        if start and end and end < start:
            self.add_error("end", _("Tanggal selesai lebih awal daripada tanggal mulai."))
        elif start and end and (end - start).days >= _YEAR:
            self.add_error("end", _("Sepanjang tahun belum menjawab: tulis masa kerjanya."))
        return data

    def changes(self) -> dict[str, Any]:
        return {"start": self.cleaned_data["start"], "end": self.cleaned_data["end"]}


class VolumeForm(forms.Form):
    amount = forms.DecimalField(
        label=_("Volume"), min_value=0.01, max_digits=12, decimal_places=2,
        widget=forms.NumberInput({"step": "any"}),
    )  # fmt: skip
    unit = forms.CharField(
        label=_("Satuan"), max_length=40, help_text=_("Contoh: m, unit, titik, orang")
    )

    def __init__(self, *args: Any, line: Program, **more: Any) -> None:
        super().__init__(*args, **more)

    def changes(self) -> dict[str, Any]:
        amount = f"{self.cleaned_data['amount'].normalize():f}".replace(".", ",")
        return {"volume": f"{amount} {self.cleaned_data['unit'].strip()}"}


#: Form by Reply.Missing.
FORMS: Final[dict[str, Any]] = {"place": PlaceForm, "dates": DatesForm, "volume": VolumeForm}


def _villages(line: Program) -> tuple[dict[str, str], list[tuple[str, list[tuple[str, str]]]]]:
    """What each village is called in a place's text, and the choices by kecamatan."""
    inside = f"{line.government or line.agency.government}."
    rows = Region.objects.filter(code__startswith=inside, level__gte=RegionLevel.DISTRICT)
    regions = list(rows.order_by("code").values("code", "name", "kind", "level"))
    above = {r["code"]: r["name"] for r in regions if r["level"] == RegionLevel.DISTRICT}
    villages = [r for r in regions if r["level"] == RegionLevel.VILLAGE]
    names = {
        r["code"]: f"{'Desa' if r['kind'] == 'desa' else 'Kel.'} {r['name']} "
        f"Kec. {above.get(r['code'].rpartition('.')[0], '')}".strip()
        for r in villages
    }
    groups = groupby(villages, key=lambda r: r["code"].rpartition(".")[0])
    return names, [
        (above.get(code, code), [(r["code"], r["name"]) for r in inside]) for code, inside in groups
    ]
