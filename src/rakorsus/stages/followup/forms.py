"""Forms of the follow-up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency, User
from rakorsus.stages.followup.models import ActionItem
from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.register.models import Program


class ItemForm(forms.ModelForm):
    """What is to be done, by whom, until when."""

    class Meta:
        model = ActionItem
        fields = ("text", "agency", "post", "person", "due")
        widgets = {
            "text": forms.Textarea({"rows": 3}),
            "due": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["agency"].queryset = Agency.objects.filter(active=True)
        self.fields["person"].queryset = User.objects.filter(
            is_active=True, memberships__isnull=False
        ).distinct().order_by("display_name")  # fmt: skip


class NoteForm(ItemForm):
    """A new item, from a meeting and about lines where it is."""

    meeting = forms.ModelChoiceField(Meeting.objects.all(), label=_("Dari rapat"), required=False)
    lines = forms.CharField(
        label=_("Baris program"), required=False, max_length=500,
        help_text=_("Kode RUP atau nomor pada berkas, dipisah spasi. Titik kendali diambil dari "
                    "rencana pemilihan, kontrak, dan selesainya."),
    )  # fmt: skip

    def clean_lines(self) -> list[Program]:
        named = self.cleaned_data["lines"].replace(",", " ").split()
        found = Program.objects.filter(removed=False, key__in=named) | Program.objects.filter(
            removed=False, ident__in=named
        )
        lines = list(found.defer("search")[:50])
        known = {line.key for line in lines} | {line.ident for line in lines}
        if missing := [name for name in named if name not in known]:
            raise ValidationError(_now("Tidak ada di register: %s.") % ", ".join(missing))
        return lines


class RulesForm(forms.Form):
    before = forms.CharField(
        label=_("Ingatkan berapa hari sebelum tenggat"), max_length=60,
        help_text=_("Dipisah koma; 0 berarti pada harinya. Contoh: 7, 3, 1, 0"),
    )  # fmt: skip
    every = forms.IntegerField(
        label=_("Sesudah lewat, ingatkan tiap berapa hari"), min_value=1, max_value=90
    )
    after = forms.IntegerField(
        label=_("Dinaikkan sesudah lewat berapa hari"), min_value=0, max_value=365,
        help_text=_("0 berarti tidak dinaikkan."),
    )  # fmt: skip
    post = forms.CharField(label=_("Dinaikkan kepada jabatan"), max_length=200)

    def clean_before(self) -> list[int]:
        parts = [part.strip() for part in self.cleaned_data["before"].split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() and len(part) < 3 for part in parts):
            raise ValidationError(_now("Tulis bilangan hari, dipisah koma."))
        return [int(part) for part in parts]
