"""Forms of the editors' desk and of agreements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency
from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.publication.models import (
    Agreement,
    Classification,
    InformationClass,
    Milestone,
    Party,
    Requirement,
    Revision,
)
from rakorsus.stages.register.models import Region
from rakorsus.stages.register.queries.map import governments, in_any

QUOTES = 4


def _day(**more: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more)


def _offices() -> Any:
    small = [Agency.Kind.PUSKESMAS, Agency.Kind.SCHOOL, Agency.Kind.UNIT]
    return Agency.objects.filter(active=True).exclude(kind__in=small).order_by("name")


class BeginForm(forms.Form):
    """From a meeting's record, or from nothing."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("Dari rapat"), required=False,
        empty_label=_("(bukan dari rapat)"),
    )  # fmt: skip
    headline = forms.CharField(
        label=_("Judul"), max_length=160, required=False,
        help_text=_("Hanya bila bukan dari rapat; dari rapat, judulnya dikonsepkan."),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["meeting"].queryset = Meeting.objects.exclude(
            state=Meeting.State.DRAFT
        ).order_by("-starts")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("meeting") and not (data.get("headline") or "").strip():
            raise forms.ValidationError(_("Pilih rapat, atau tulis judulnya."))
        return data


class ArticleForm(forms.Form):
    headline = forms.CharField(label=_("Judul"), max_length=160)
    lead = forms.CharField(
        label=_("Teras"), max_length=600, widget=forms.Textarea({"rows": 3}),
        help_text=_("Siapa, apa, kapan, di mana, dan hasilnya; paling panjang 600 huruf."),
    )  # fmt: skip
    body = forms.CharField(
        label=_("Isi"), max_length=20_000, required=False, widget=forms.Textarea({"rows": 14}),
        help_text=_("Paragraf dipisah baris kosong. Baris yang diawali ## menjadi subjudul."),
    )  # fmt: skip
    tags = forms.CharField(
        label=_("Tag"), required=False, max_length=300, help_text=_("Dipisah koma.")
    )
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.none(), label=_("Perangkat daerah yang terkait"), required=False,
        to_field_name="code", widget=forms.SelectMultiple({"size": 8}),
    )  # fmt: skip
    places = forms.ModelMultipleChoiceField(
        Region.objects.none(), label=_("Wilayah yang terkait"), required=False,
        to_field_name="code", widget=forms.SelectMultiple({"size": 8}),
    )  # fmt: skip
    picture = forms.FileField(
        label=_("Gambar (JPEG, PNG, atau WebP, paling besar 15 MB)"), required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("Gambar disandikan ulang; data kamera dan lokasi dibuang."),
    )  # fmt: skip
    no_picture = forms.BooleanField(label=_("Tanpa gambar"), required=False)
    alternative = forms.CharField(
        label=_("Teks pengganti gambar"), max_length=300, required=False,
        help_text=_("Apa yang terlihat, bagi yang tidak melihatnya. Wajib bila ada gambar."),
    )  # fmt: skip
    credit = forms.CharField(label=_("Sumber gambar"), max_length=150, required=False)

    def __init__(self, *args: Any, revision: Revision, **more: Any) -> None:
        start = {
            "headline": revision.headline, "lead": revision.lead, "body": revision.body,
            "tags": ", ".join(revision.tags), "agencies": revision.agencies,
            "places": revision.places, "alternative": revision.alternative,
            "credit": revision.credit,
        }  # fmt: skip
        super().__init__(*args, initial=start, **more)
        own = governments()
        self.fields["agencies"].queryset = _offices() | Agency.objects.filter(
            code__in=revision.agencies
        )
        regions = Region.objects.filter(level__gte=3)
        self.fields["places"].queryset = (
            regions.filter(in_any(own)) if own else regions.none()
        ) | Region.objects.filter(code__in=revision.places)
        if revision.picture is None:
            del self.fields["no_picture"]

    def content(self) -> dict[str, Any]:
        """The arguments of `actions.save`, but for picture and quotes."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("headline", "lead", "body", "alternative", "credit")},
            "tags": data["tags"].split(","), "agencies": [a.code for a in data["agencies"]],
            "places": [r.code for r in data["places"]],
            "no_picture": data.get("no_picture", False),
        }  # fmt: skip


class ClassForm(forms.Form):
    kind = forms.ChoiceField(label=_("Jenis catatan"), choices=Classification.Kind.choices)
    ident = forms.CharField(
        label=_("Nomor catatan"), max_length=200,
        help_text=_("Kunci baris program, alamat berita atau kerja sama, nomor keputusan."),
    )  # fmt: skip
    value = forms.ChoiceField(label=_("Kelas informasi"), choices=InformationClass.choices)
    reason = forms.CharField(
        label=_("Alasan"), max_length=2000, widget=forms.Textarea({"rows": 2}),
        help_text=_("Pengecualian memerlukan uji konsekuensi (UU 14/2008 Pasal 19)."),
    )  # fmt: skip


class AgreementForm(forms.ModelForm):
    money = forms.IntegerField(label=_("Nilai (rupiah)"), min_value=0, required=False)
    starts = _day(label=_("Berlaku mulai"), required=False)
    ends = _day(label=_("Berakhir"), required=False)

    class Meta:
        model = Agreement
        fields = [
            "kind", "scheme", "title", "parent", "meeting", "purpose", "scope", "money", "funding",
            "place", "starts", "ends", "note",
        ]  # fmt: skip
        widgets = {
            "purpose": forms.Textarea({"rows": 3}), "scope": forms.Textarea({"rows": 6}),
            "note": forms.Textarea({"rows": 2}),
        }  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        parents = Agreement.objects.exclude(kind=Agreement.Kind.PKS)
        if self.instance.pk:
            parents = parents.exclude(pk=self.instance.pk)
            del self.fields["kind"], self.fields["scheme"]
        self.fields["parent"].queryset = parents

    def _post_clean(self) -> None:
        """The action validates the whole; the model is not touched here."""


class PartyForm(forms.ModelForm):
    letter_date = _day(label=_("Tanggal surat kuasa atau akta"), required=False)

    class Meta:
        model = Party
        fields = [
            "position", "own", "agency", "name", "number", "signatory", "post", "authority",
            "letter", "letter_date", "address",
        ]  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["agency"].queryset = _offices()
        self.fields["name"].required = False

    def _post_clean(self) -> None:
        """The action validates the whole."""


class RequirementForm(forms.ModelForm):
    class Meta:
        model = Requirement
        fields = ["state", "number", "note"]

    def _post_clean(self) -> None:
        """The action validates the whole."""


class MilestoneForm(forms.ModelForm):
    due = _day(label=_("Tenggat"))
    lines = forms.CharField(
        label=_("Program yang melaksanakan"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Kunci baris register, satu baris satu; ada pada alamat halaman program."),
    )  # fmt: skip

    class Meta:
        model = Milestone
        fields = ["title", "due", "party", "owner"]

    def __init__(self, *args: Any, agreement: Agreement, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["party"].queryset = agreement.parties.all()
        self.fields["owner"].queryset = _offices()

    def _post_clean(self) -> None:
        """The action validates the whole."""


class ReportForm(forms.Form):
    state = forms.ChoiceField(label=_("Keadaan"), choices=Milestone.State.choices)
    done = _day(label=_("Tercapai pada"), required=False)
    evidence = forms.CharField(label=_("Bukti atau alasan"), max_length=500, required=False)


class SignForm(forms.Form):
    on = _day(label=_("Tanggal penandatanganan"))
    place = forms.CharField(label=_("Tempat"), max_length=150, required=False)
