"""The form of a draft: words and owner for every kind, and the fields of its kind per line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency
from rakorsus.stages.decisions import composing
from rakorsus.stages.decisions.composing import Step
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.decisions.proposing import Proposal
from rakorsus.stages.register.forms import MoneyField
from rakorsus.stages.register.models import Program

Kind = Decision.Kind
_DAY = {"type": "date"}


def _day(label: Any, initial: Any = None, *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, initial=initial,
        widget=forms.DateInput(_DAY, format="%Y-%m-%d"),
    )  # fmt: skip


class DraftForm(forms.Form):
    """`steps()` and `fresh()` say what the form would change."""

    title = forms.CharField(label=_("Perihal"), max_length=250)
    text = forms.CharField(
        label=_("Bunyi keputusan"), max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    owner = forms.ModelChoiceField(
        Agency.objects.filter(active=True), label=_("Perangkat daerah penanggung jawab"),
        required=False,
    )  # fmt: skip
    owner_post = forms.CharField(
        label=_("Jabatan penanggung jawab"), max_length=200, required=False
    )
    due = _day(_("Tenggat pelaksanaan"))

    def __init__(
        self, *args: Any, kind: str, lines: Sequence[Program], proposal: Proposal, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.kind, self.lines, self.proposal = kind, list(lines), proposal
        self._choices = [(line.key, f"{line.title[:110]} ({line.agency})") for line in lines]
        getattr(self, f"_add_{kind}")()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        owned = [data.get(name) for name in ("owner", "owner_post", "due")]
        if any(owned) and not all(owned):
            raise ValidationError(
                _now("Tulis penanggung jawab (perangkat daerah dan jabatan) dan tenggatnya.")
            )
        return data

    # Fields of each kind

    def _add_merge(self) -> None:
        self._add_keep(_("Baris yang tetap; pagu baris lain pindah ke sini"))
        self._add_others(_("Baris yang digabungkan ke sana"))

    def _add_cancel(self) -> None:
        self._add_others(_("Baris yang dibatalkan"))

    def _add_lead(self) -> None:
        self._add_keep(_("Baris utama; perangkat daerahnya mengoordinasi"))
        self._add_others(_("Baris pendukung"))
        self.fields["post"] = forms.CharField(
            label=_("Jabatan koordinator"), max_length=200, required=False
        )

    def _add_retime(self) -> None:
        for number, line in enumerate(self.lines):
            new = self.proposal.dates.get(line.key, (line.start, line.end))
            self.fields[f"start{number}"] = _day(_("Mulai"), new[0])
            self.fields[f"end{number}"] = _day(_("Selesai"), new[1])

    def _add_move_money(self) -> None:
        empty = [("", "–"), *self._choices]
        self.fields["source"] = forms.ChoiceField(label=_("Dari baris"), choices=empty)
        self.fields["target"] = forms.ChoiceField(label=_("Ke baris"), choices=empty)
        self.fields["amount"] = MoneyField(label=_("Jumlah yang digeser"))

    def _add_split(self) -> None:
        for number, line in enumerate(self.lines):
            self.fields[f"title{number}"] = forms.CharField(
                label=_("Nama"), max_length=500, initial=line.title,
                widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip
            self.fields[f"places{number}"] = forms.CharField(
                label=_("Lokasi, satu per baris"), required=False, max_length=2000,
                initial="\n".join(line.places or []), widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip
            self.fields[f"volume{number}"] = forms.CharField(
                label=_("Volume"), required=False, max_length=200, initial=line.volume
            )
            self.fields[f"budget{number}"] = MoneyField(label=_("Pagu"), initial=line.budget)

    def _add_new(self) -> None:
        self.fields["agency"] = forms.ModelChoiceField(
            Agency.objects.filter(active=True), label=_("Perangkat daerah pelaksana")
        )
        self.fields["name"] = forms.CharField(label=_("Nama program"), max_length=500)
        self.fields["budget"] = MoneyField(label=_("Pagu"))
        self.fields["start"] = _day(_("Mulai"), required=True)
        self.fields["end"] = _day(_("Selesai"), required=True)
        self.fields["places"] = forms.CharField(
            label=_("Lokasi, satu per baris"), required=False, max_length=2000,
            widget=forms.Textarea({"rows": 2}),
        )  # fmt: skip
        self.fields["output"] = forms.CharField(label=_("Keluaran"), required=False, max_length=500)

    def _add_keep(self, label: Any) -> None:
        self.fields["keep"] = forms.ChoiceField(
            label=label, choices=self._choices, widget=forms.RadioSelect,
            initial=self.proposal.keep,
        )  # fmt: skip

    def _add_others(self, label: Any) -> None:
        self.fields["others"] = forms.MultipleChoiceField(
            label=label, choices=self._choices, widget=forms.CheckboxSelectMultiple,
            initial=list(self.proposal.others),
        )  # fmt: skip

    # What the form shows and says

    def words(self) -> list[Any]:
        return [self[name] for name in ("title", "text", "owner", "owner_post", "due")]

    def own(self) -> list[Any]:
        """The fields of the kind that are not repeated for every line."""
        names = set(DraftForm.base_fields)
        return [self[n] for n in self.fields if n not in names and not n[-1].isdigit()]

    def rows(self) -> list[tuple[Program, list[Any]]]:
        """Lines with their own fields."""
        return [
            (line, [self[n] for n in self.fields if n.rstrip("0123456789") != n
                    and n[len(n.rstrip("0123456789")):] == str(number)])
            for number, line in enumerate(self.lines)
        ]  # fmt: skip

    def steps(self) -> list[Step]:
        """What changes on standing lines.

        Raises:
            ValidationError: what the kind cannot do.
        """
        data, by_key = self.cleaned_data, {line.key: line for line in self.lines}
        if self.kind == Kind.NEW_PROGRAM:
            return []
        if self.kind == Kind.RETIME:
            return composing.retime({
                line.key: (start, end)
                for number, line in enumerate(self.lines)
                if (start := data.get(f"start{number}")) and (end := data.get(f"end{number}"))
            })  # fmt: skip
        if self.kind == Kind.MOVE_MONEY:
            source, target = by_key[data["source"]], by_key[data["target"]]
            return composing.move_money(source, target, data["amount"])
        if self.kind == Kind.SPLIT:
            return [step for number in range(len(self.lines)) for step in self._split(number)]
        others = [by_key[key] for key in data["others"] if key != data.get("keep")]
        if self.kind == Kind.CANCEL:
            return composing.cancel(others)
        keep = by_key[data["keep"]]
        if self.kind == Kind.MERGE:
            return composing.merge(keep, others)
        return composing.lead(keep, others, data["post"], str(keep.agency))

    def _split(self, number: int) -> list[Step]:
        data, key = self.cleaned_data, self.lines[number].key
        places = [p.strip() for p in data[f"places{number}"].splitlines() if p.strip()]
        return [
            Step(key, "title", data[f"title{number}"].strip()),
            Step(key, "places", places),
            Step(key, "volume", data[f"volume{number}"].strip()),
            Step(key, "budget", data[f"budget{number}"]),
        ]

    def fresh(self) -> list[dict[str, Any]]:
        """New lines."""
        if self.kind != Kind.NEW_PROGRAM:
            return []
        data = self.cleaned_data
        places = [p.strip() for p in data["places"].splitlines() if p.strip()]
        return [{
            "agency": data["agency"].code, "title": data["name"].strip(),
            "budget": data["budget"], "start": data["start"], "end": data["end"],
            "places": places, "output": data["output"].strip(),
            "government": data["agency"].government,
        }]  # fmt: skip
