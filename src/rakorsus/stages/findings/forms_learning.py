"""Forms of the page of what was learnt."""

from __future__ import annotations

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from rakorsus.stages.findings.models import WordRule

_SAYS = [
    (WordRule.Says.SAME, _("berarti sama")),
    (WordRule.Says.OTHER, _("berarti lain")),
]


class WordForm(forms.Form):
    """Two words and what they are to each other."""

    left = forms.CharField(label=_("Kata pertama"), max_length=40)
    right = forms.CharField(label=_("Kata kedua"), max_length=40)
    says = forms.ChoiceField(label=_("Keduanya"), choices=_SAYS)


class TakeForm(forms.Form):
    """Another government's file."""

    name = forms.CharField(label=_("Dari pemerintah"), max_length=120)
    file = forms.FileField(
        label=_("Berkas pelajaran (.json)"), validators=[FileExtensionValidator(["json"])]
    )
