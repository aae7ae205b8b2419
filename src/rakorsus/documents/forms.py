"""Forms of the settings of papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rakorsus.documents import numbering
from rakorsus.documents.models import KindSettings, Letterhead, Signatory


class LetterheadForm(forms.ModelForm):
    class Meta:
        model = Letterhead
        fields = ["name", "lines", "address", "place", "paper"]
        widgets = {"lines": forms.Textarea({"rows": 3}), "address": forms.Textarea({"rows": 2})}
        help_texts = {
            "lines": _("Satu baris satu; baris terakhir dicetak paling besar."),
            "address": _("Jalan, telepon, laman, surel, kode pos."),
        }


class SignatoryForm(forms.ModelForm):
    class Meta:
        model = Signatory
        fields = ["above", "post", "name", "rank", "nip"]


class KindForm(forms.ModelForm):
    class Meta:
        model = KindSettings
        fields = ["letterhead", "signatory", "pattern", "code", "unit", "width", "nature", "bases",
                  "cc"]  # fmt: skip
        widgets = {"bases": forms.Textarea({"rows": 4}), "cc": forms.Textarea({"rows": 3})}
        help_texts = {
            "pattern": _("Isian: {klasifikasi}, {urut}, {unit}, {bulan} (angka Romawi), {tahun}."),
        }

    def clean_pattern(self) -> str:
        pattern: str = self.cleaned_data["pattern"]
        numbering.check_pattern(pattern)
        return pattern

    def clean_width(self) -> int:
        width: int = self.cleaned_data["width"]
        if not 1 <= width <= 6:
            raise forms.ValidationError(_("Lebar nomor urut 1 sampai 6 angka."))
        return width


class CounterForm(forms.Form):
    scope = forms.CharField(label=_("Penghitung"), max_length=80)
    last = forms.IntegerField(label=_("Nomor terakhir yang sudah terpakai"), min_value=0,
                              max_value=999_999)  # fmt: skip


class CopyForm(forms.Form):
    """A copy to be compared; it is read, not kept."""

    file = forms.FileField(label=_("Berkas PDF yang Anda terima"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > 20 * 1024 * 1024:
            raise forms.ValidationError(_("Berkas paling besar 20 MB."))
        return file
