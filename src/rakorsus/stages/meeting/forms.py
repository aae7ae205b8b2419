"""Forms of the meeting pages."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency
from rakorsus.stages.meeting.models import (
    AgendaItem,
    Availability,
    Brief,
    Meeting,
    Outcome,
    Participant,
    Resolution,
    Room,
    Session,
)
from rakorsus.stages.meeting.planning import MOVABLE, Wishes

_MINUTE = "%Y-%m-%dT%H:%M"


class Moment(forms.DateTimeField):
    """Date and time as the browser's own field has it, in local time."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            input_formats=[_MINUTE, "%Y-%m-%dT%H:%M:%S"],
            widget=forms.DateTimeInput({"type": "datetime-local"}, format=_MINUTE), **more,
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        if hasattr(value, "tzinfo") and value.tzinfo:
            return timezone.localtime(value).strftime(_MINUTE)
        return super().prepare_value(value)


def _day(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more)


class MeetingForm(forms.ModelForm):
    starts = Moment(label=_("Mulai"))
    ends = Moment(label=_("Harus berakhir"), help_text=_("Batas keras bagi penyusun agenda."))
    carry = forms.BooleanField(
        label=_("Bawa perkara yang belum selesai dari rapat sebelumnya dalam seri ini"),
        required=False, initial=True,
    )  # fmt: skip
    series = forms.CharField(
        label=_("Seri"), required=False, max_length=150,
        help_text=_("Perkara yang belum selesai dibawa ke rapat berikutnya dalam seri yang sama."),
    )  # fmt: skip

    class Meta:
        model = Meeting
        fields = [
            "type",
            "title",
            "starts",
            "ends",
            "place",
            "number",
            "chair",
            "secretary",
            "note",
        ]
        widgets = {"note": forms.Textarea({"rows": 2})}

    field_order = ["type", "title", "starts", "ends", "place", "series", "carry", "number",
                   "chair", "secretary", "note"]  # fmt: skip


class SessionForm(forms.ModelForm):
    starts = Moment(label=_("Mulai"))
    ends = Moment(label=_("Berakhir"))

    class Meta:
        model = Session
        fields = ["kind", "title", "starts", "ends", "room", "lead", "moderator", "note"]
        widgets = {"note": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, meeting: Meeting, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["room"].queryset = meeting.rooms.all()

    def _post_clean(self) -> None:
        """The action validates the whole; the model is not touched here."""


class RoomForm(forms.ModelForm):
    class Meta:
        model = Room
        fields = ["name", "capacity", "tables", "equipment", "rows", "seats"]


class AvailabilityForm(forms.ModelForm):
    begins = Moment(label=_("Tidak dapat hadir sejak"), required=False)
    ends = Moment(
        label=_("Tidak dapat hadir sampai"), required=False,
        help_text=_("Tanpa jam dan tanpa batas menit berarti tidak hadir sama sekali."),
    )  # fmt: skip

    class Meta:
        model = Availability
        fields = ["agency", "begins", "ends", "most"]

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["agency"].queryset = _offices()


class EntryForm(forms.ModelForm):
    kind = forms.ChoiceField(
        label=_("Jenis"), choices=[c for c in AgendaItem.Kind.choices if c[0] not in MOVABLE]
    )
    start = Moment(label=_("Mulai"))

    class Meta:
        model = AgendaItem
        fields = ["kind", "title", "start", "minutes"]


class WishesForm(forms.Form):
    """The numbers of a what-if; the defaults are those of the newest trial."""

    name = forms.CharField(label=_("Nama percobaan"), max_length=120, required=False)
    tables = forms.IntegerField(label=_("Meja"), min_value=1, max_value=60)
    grid = forms.TypedChoiceField(
        label=_("Kisi waktu meja (menit)"), coerce=int, choices=[(n, n) for n in (5, 10, 15, 30)]
    )
    shortest = forms.IntegerField(
        label=_("Paparan paling pendek (menit)"), min_value=1, max_value=60
    )
    longest = forms.IntegerField(
        label=_("Paparan paling panjang (menit)"), min_value=1, max_value=120
    )
    change = forms.IntegerField(label=_("Jeda antarpaparan (menit)"), min_value=0, max_value=15)
    end = forms.IntegerField(
        label=_("Akhir hari"), required=False, min_value=0, max_value=3 * 24 * 60
    )
    keep = forms.BooleanField(
        label=_("Ubah sesedikit mungkin dari agenda sekarang"), required=False
    )

    def wishes(self) -> Wishes:
        """What was asked; an empty end is that of the meeting."""
        data = self.cleaned_data
        return Wishes(
            tables=data["tables"], grid=data["grid"], shortest=data["shortest"],
            longest=max(data["shortest"], data["longest"]), change=data["change"],
            end=data["end"],
        )  # fmt: skip


class ParticipantForm(forms.ModelForm):
    class Meta:
        model = Participant
        fields = ["group", "rank", "name", "post", "institution", "email", "phone"]


class WalkInForm(forms.ModelForm):
    class Meta:
        model = Participant
        fields = ["group", "name", "post", "institution"]


class ReplyForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Kehadiran"), widget=forms.RadioSelect,
        choices=[c for c in Participant.Reply.choices if c[0] != Participant.Reply.WAITING],
    )  # fmt: skip
    deputy_name = forms.CharField(label=_("Nama wakil"), max_length=150, required=False)
    deputy_post = forms.CharField(label=_("Jabatan wakil"), max_length=200, required=False)
    letter = forms.CharField(label=_("Nomor surat tugas"), max_length=120, required=False)


class MaterialForm(forms.Form):
    title = forms.CharField(label=_("Judul materi"), max_length=200)
    file = forms.FileField(label=_("Berkas (PDF atau PPTX, paling besar 30 MB, 150 halaman)"))


class BriefForm(forms.ModelForm):
    slides_file = forms.FileField(
        label=_("Paparan (PDF atau PPTX, paling besar 30 MB, 150 halaman)"), required=False
    )

    class Meta:
        model = Brief
        fields = ["issue", "solution", "innovation", "stuck", "in_charge"]
        widgets = {
            name: forms.Textarea({"rows": 3})
            for name in ("issue", "solution", "innovation", "stuck")
        }


def _offices() -> Any:
    return Agency.objects.filter(active=True).exclude(
        kind__in=[Agency.Kind.PUSKESMAS, Agency.Kind.SCHOOL]
    )


class OutcomeForm(forms.ModelForm):
    kind = forms.ChoiceField(
        label=_("Hasil"), choices=Outcome.Kind.choices, widget=forms.RadioSelect
    )
    due = _day(label=_("Tenggat"), required=False)

    class Meta:
        model = Outcome
        fields = ["kind", "text", "owner", "owner_post", "due"]
        widgets = {"text": forms.Textarea({"rows": 3})}

    #: What each result asks for, beside its choice.
    hints = {
        Outcome.Kind.MERGE: _("Tulis paket mana yang tetap dan mana yang dilebur."),
        Outcome.Kind.SPLIT: _("Tulis wilayah atau sasaran tiap pihak."),
        Outcome.Kind.RETIME: _("Tulis tanggal baru tiap pekerjaan."),
        Outcome.Kind.LEAD: _("Penanggung jawab di bawah yang memimpin; tulis tugas pendukungnya."),
        Outcome.Kind.WAIVE: _("Tulis alasannya; penanggung jawab dan tenggat boleh kosong."),
        Outcome.Kind.ESCALATE: _("Tulis yang belum disepakati; pleno yang memutuskan."),
    }

    def __init__(self, *args: Any, sides: Collection[int] = (), **more: Any) -> None:
        """`sides`: agencies of the desk, which stand first among those who may be in charge."""
        super().__init__(*args, **more)
        owner = self.fields["owner"]
        owner.queryset = _offices()
        if sides:
            named = [(office.pk, str(office)) for office in owner.queryset]
            owner.choices = [
                ("", owner.empty_label),
                (_("Di meja ini"), [pair for pair in named if pair[0] in sides]),
                (_("Lainnya"), [pair for pair in named if pair[0] not in sides]),
            ]


class ResolutionForm(forms.ModelForm):
    due = _day(label=_("Tenggat"), required=False)

    class Meta:
        model = Resolution
        fields = ["title", "text", "owner", "owner_post", "due", "secret"]
        widgets = {"text": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].queryset = _offices()


class ChargeForm(ResolutionForm):
    """Who carries out what a vote adopted."""

    class Meta(ResolutionForm.Meta):
        fields = ["owner", "owner_post", "due"]


class DecisionForm(ResolutionForm):
    """What the leadership completes when it decides."""

    class Meta(ResolutionForm.Meta):
        fields = ["text", "owner", "owner_post", "due"]
