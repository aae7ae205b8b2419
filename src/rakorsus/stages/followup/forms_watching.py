"""Forms of warnings and report cards."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    action = forms.CharField(
        label=_("Tindakan yang diambil"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Sebutkan tindakan yang diambil.")},
    )  # fmt: skip
    promised = forms.DateField(
        label=_("Akan selesai pada"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Tulis tanggal seperti 2022-08-31.")},
    )  # fmt: skip


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Tanggapan perangkat daerah"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Tanggapan masih kosong.")},
    )  # fmt: skip
