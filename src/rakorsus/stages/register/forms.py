"""What readers type: filters of the list, a name for a view, an amendment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rakorsus.people.actor import Actor
from rakorsus.stages.register import panels
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries.filters import PARAMETERS, Filters

_WORDS = {"rb": 10**3, "ribu": 10**3, "jt": 10**6, "juta": 10**6, "m": 10**9, "miliar": 10**9,
          "milyar": 10**9, "t": 10**12, "triliun": 10**12}  # fmt: skip
_MONEY = re.compile(r"(?:rp)?\.?\s*([\d.,]+)\s*([a-z]*)\s*", re.IGNORECASE)


class MoneyField(forms.Field):
    """Whole rupiah: `1.500.000`, `200 juta`, `1,5 M`."""

    default_error_messages = {
        "invalid": _("Tulis jumlah rupiah, misalnya 200000000 atau 200 juta."),
    }

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        match = _MONEY.fullmatch(str(value).strip())
        if not match or (match[2] and match[2].lower() not in _WORDS):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        figure, factor = match[1], _WORDS.get(match[2].lower(), 1)
        if factor == 1 or re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", figure):
            figure = figure.replace(".", "")
        try:
            amount = round(float(figure.replace(",", ".")) * factor)
        except ValueError as wrong:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from wrong
        if amount >= 10**18:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return amount


class FilterForm(forms.Form):
    """The filters of the list, under their Indonesian names in the address.

    A value that makes no sense is reported beside its field and not applied; the rest is.
    """

    q = forms.CharField(label=_("Cari"), required=False, max_length=200)
    perangkat = forms.CharField(label=_("Perangkat daerah"), required=False, max_length=60)
    tingkat = forms.ChoiceField(
        label=_("Tingkat"), required=False, choices=[("", _("Semua")), *Program.Level.choices]
    )
    kode = forms.CharField(label=_("Urusan atau kode"), required=False, max_length=60)
    wilayah = forms.CharField(label=_("Wilayah"), required=False, max_length=20)
    dari = forms.DateField(label=_("Berjalan sejak"), required=False)
    sampai = forms.DateField(label=_("Berjalan sampai"), required=False)
    tema = forms.CharField(label=_("Tema"), required=False, max_length=120)
    min = MoneyField(label=_("Nilai paling sedikit"), required=False)
    maks = MoneyField(label=_("Nilai paling banyak"), required=False)
    dana = forms.CharField(label=_("Sumber dana"), required=False, max_length=250)
    sumber = forms.ChoiceField(
        label=_("Jenis berkas"), required=False, choices=[("", _("Semua")), *Program.Source.choices]
    )
    dokumen = forms.CharField(label=_("Dokumen"), required=False, max_length=200)
    keadaan = forms.ChoiceField(
        label=_("Keadaan"), required=False, choices=[("", _("Semua")), *Program.Status.choices]
    )
    jadwal = forms.BooleanField(label=_("Hanya yang bertanggal pasti"), required=False)
    inti = forms.BooleanField(label=_("Tanpa program penunjang (X.XX.01)"), required=False)
    strategis = forms.BooleanField(label=_("Hanya program strategis"), required=False)
    dihapus = forms.BooleanField(label=_("Yang sudah tidak ada di dokumen"), required=False)

    def filters(self, actor: Actor) -> Filters:
        """The filters that could be understood; with those of later stages for this actor."""
        self.is_valid()
        values = self.cleaned_data
        own = {
            name: values[parameter]
            for name, parameter in PARAMETERS.items()
            if values.get(parameter) not in (None, "", False)
        }
        more = panels.chosen(actor, self.data)
        return Filters(**own, more=more, veil=panels.veil_of(actor))


def asked(parameters: Mapping[str, Any], actor: Actor) -> tuple[FilterForm, Filters]:
    """The form and the filters of an address."""
    form = FilterForm(parameters)
    return form, form.filters(actor)


def more_filters(actor: Actor, chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """Later stages' filters as the template shows them."""
    return [
        {"parameter": f.parameter, "label": f.label, "choices": f.choices(actor),
         "chosen": chosen.get(f.parameter, "")}
        for f in panels.filters().values()
    ]  # fmt: skip


class SaveViewForm(forms.Form):
    nama = forms.CharField(label=_("Nama tampilan"), max_length=120)
    query = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    shared = forms.BooleanField(label=_("Boleh dibuka orang lain"), required=False)


class AmendForm(forms.Form):
    """The few things that an agency puts right without a new file."""

    title = forms.CharField(label=_("Nama"), widget=forms.Textarea(attrs={"rows": 2}))
    description = forms.CharField(
        label=_("Uraian"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    volume = forms.CharField(label=_("Volume"), required=False)
    beneficiaries = forms.CharField(label=_("Sasaran penerima"), required=False)
    budget = MoneyField(label=_("Pagu"), required=False, help_text=_("Dalam rupiah."))
    start = forms.DateField(
        label=_("Mulai"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    end = forms.DateField(
        label=_("Selesai"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    places = forms.CharField(
        label=_("Lokasi"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu lokasi tiap baris: jalan atau RW, kelurahan, kecamatan."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Alasan perubahan"), widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Tampil di riwayat program dan jejak audit."),
    )  # fmt: skip
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("start") and values.get("end") and values["end"] < values["start"]:
            self.add_error("end", _("Tanggal selesai lebih awal daripada tanggal mulai."))
        return values

    def changes(self, program: Program) -> dict[str, Any]:
        """Columns whose value differs from the line's."""
        values = self.cleaned_data
        wanted = {n: values[n] or None for n in ("title", "description", "volume", "beneficiaries")}
        wanted |= {n: values[n] for n in ("budget", "start", "end")}
        wanted["places"] = [p.strip() for p in values["places"].splitlines() if p.strip()] or None
        return {n: v for n, v in wanted.items() if (getattr(program, n) or None) != (v or None)}

    @staticmethod
    def of(program: Program) -> dict[str, Any]:
        """The line's present values as the form's initial ones."""
        names = ("title", "description", "volume", "beneficiaries", "budget", "start", "end")
        values = {n: getattr(program, n) for n in names}
        for name in ("start", "end"):
            values[name] = values[name].isoformat() if values[name] else ""
        return values | {"places": "\n".join(program.places or []), "seen": program.version_id}
