"""Forms of the hall's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rakorsus.hall.models import Hall
from rakorsus.stages.register.models import Program


class HallForm(forms.ModelForm):
    class Meta:
        model = Hall
        fields = ["cap", "public"]


class DraftForm(forms.Form):
    """Another time or place for one line."""

    start = forms.DateField(
        label=_("Mulai"), required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    end = forms.DateField(
        label=_("Selesai"), required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    place = forms.CharField(
        label=_("Lokasi"), required=False, max_length=250,
        help_text=_("Seperti menulisnya di berkas, misalnya: Jl. Rappocini Raya, Kec. Rappocini."),
    )  # fmt: skip

    @classmethod
    def of(cls, program: Program, data: Any = None) -> DraftForm:
        return cls(data, initial={"start": program.begins, "end": program.ends,
                                  "place": program.place})  # fmt: skip


class CityForm(forms.Form):
    """Which month and which agency the city table shows."""

    bulan = forms.IntegerField(required=False, min_value=1, max_value=12)
    wilayah = forms.CharField(required=False, max_length=20)
