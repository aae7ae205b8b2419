"""Forms of the findings pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rakorsus.stages.findings import rulebook
from rakorsus.stages.findings.models import Finding, FindingAgency, Verdict

_NO_ANSWER = FindingAgency.Answer.WAITING


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Jawaban"),
        choices=[c for c in FindingAgency.Answer.choices if c[0] != _NO_ANSWER],
        widget=forms.RadioSelect,
    )
    cause = forms.ChoiceField(
        label=_("Sebab menolak"), choices=[("", "–"), *Verdict.Cause.choices], required=False
    )
    reason = forms.CharField(
        label=_("Penjelasan"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Tanggapan"), max_length=5000, widget=forms.Textarea({"rows": 3})
    )


class ProposalForm(forms.Form):
    """A way out: an option of the engine, words, and new dates for the lines if wanted."""

    option = forms.ChoiceField(label=_("Jalan keluar"), required=False)
    text = forms.CharField(
        label=_("Apa yang disepakati"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, finding: Finding, **more: Any) -> None:
        super().__init__(*args, **more)
        self.finding = finding
        self.lines = [line.program for line in finding.lines.all()]
        options = [(o["code"], o["text"]["id"]) for o in finding.options]
        self.fields["option"].choices = [("", "–"), *options]
        for number, line in enumerate(self.lines):
            for name, label in (("start", _("Mulai baru")), ("end", _("Selesai baru"))):
                field = forms.DateField(
                    label=label, required=False, initial=getattr(line, name),
                    widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
                )  # fmt: skip
                self.fields[f"{name}{number}"] = field

    def rows(self) -> list[dict[str, Any]]:
        """Lines with their two fields, for the table of new dates."""
        return [
            {"line": line, "start": self[f"start{n}"], "end": self[f"end{n}"]}
            for n, line in enumerate(self.lines)
        ]

    def changes(self) -> list[dict[str, Any]]:
        """What the new dates change: {key, field, after}."""
        found = []
        for number, line in enumerate(self.lines):
            for name in ("start", "end"):
                value: date | None = self.cleaned_data.get(f"{name}{number}")
                if value and value != getattr(line, name):
                    found.append({"key": line.key, "field": name, "after": value.isoformat()})
        return found


class CompleteForm(forms.Form):
    """What an agency supplies where the engine could not judge."""

    key = forms.CharField(widget=forms.HiddenInput)
    places = forms.CharField(
        label=_("Lokasi"), required=False, max_length=500,
        help_text=_("Contoh: RW 03 Kel. Pampang Kec. Panakkukang"),
    )  # fmt: skip
    start = forms.DateField(
        label=_("Mulai"), required=False, widget=forms.DateInput({"type": "date"})
    )
    end = forms.DateField(
        label=_("Selesai"), required=False, widget=forms.DateInput({"type": "date"})
    )
    volume = forms.CharField(
        label=_("Volume"), required=False, max_length=120, help_text=_("Contoh: 240 m")
    )

    def changes(self) -> dict[str, Any]:
        data = {k: v for k, v in self.cleaned_data.items() if v and k != "key"}
        if "places" in data:
            data["places"] = [data["places"]]
        return data


class RulesForm(forms.Form):
    """Thresholds and switched-off rules."""

    def __init__(self, *args: Any, initial: Mapping[str, Any], **more: Any) -> None:
        tidy = {t.name: rulebook.tidy(initial[t.name]) for t in rulebook.THRESHOLDS}
        super().__init__(*args, initial={**initial, **tidy}, **more)
        for t in rulebook.THRESHOLDS:
            self.fields[t.name] = forms.FloatField(
                label=t.label, help_text=t.help, min_value=t.least, max_value=t.most,
                widget=forms.NumberInput({"step": t.step}),
            )  # fmt: skip
        self.fields["disabled"] = forms.MultipleChoiceField(
            label=_("Aturan yang dimatikan"), required=False,
            choices=[(name, name) for name in rulebook.switchable()],
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip

    def sliders(self) -> list[dict[str, Any]]:
        """The thresholds as the page shows them: bound field, limits, the engine's own value."""
        return [
            {
                "field": self[t.name],
                "threshold": t,
                "usual": rulebook.tidy(rulebook.default(t.name)),
            }
            for t in rulebook.THRESHOLDS
        ]

    def switches(self) -> list[dict[str, Any]]:
        """The rules, each with its title and whether it is switched off here."""
        off = set(self["disabled"].value() or ())
        return [
            {"name": name, "title": rulebook.words(name)["title"], "off": name in off}
            for name in rulebook.switchable()
        ]
