"""Forms of the settings pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rakorsus.people.models import Agency, Delegation, Membership, Role, User


class PersonForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["display_name", "post", "email"]


class ProfileForm(PersonForm):
    """One's own account. Whoever changes the address could have the password sent there, so the
    address asks for the password, as changing the password does."""

    password = forms.CharField(
        label=_("Kata sandi sekarang"),
        required=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        help_text=_("Hanya perlu bila surel diubah."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        password = data.pop("password", "")
        known = User.objects.get(pk=self.instance.pk)
        if data.get("email", known.email) != known.email and not known.check_password(password):
            self.add_error("password", _("Kata sandi salah; surel tidak diubah."))
        return data


class NewPersonForm(forms.ModelForm):
    role = forms.ChoiceField(label=_("Peran"), choices=Role.choices, initial=Role.PLANNER)
    agency = forms.ModelChoiceField(
        label=_("Perangkat daerah"),
        queryset=Agency.objects.order_by("code"),
        required=False,
        help_text=_("Wajib bagi perencana; kosongkan untuk peran seluruh pemerintah daerah."),
    )

    class Meta:
        model = User
        fields = ["display_name", "post", "username", "email"]
        labels = {"username": _("Nama pengguna")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("role") == Role.PLANNER and not data.get("agency"):
            self.add_error("agency", _("Perencana harus punya perangkat daerah."))
        return data


class GrantForm(forms.Form):
    role = forms.ChoiceField(label=_("Peran"), choices=Role.choices)
    agency = forms.ModelChoiceField(
        label=_("Perangkat daerah"), queryset=Agency.objects.order_by("code"), required=False
    )


class AgencyForm(forms.ModelForm):
    class Meta:
        model = Agency
        fields = ["name", "short", "kind", "parent", "successor", "region_code", "active"]
        labels = {"parent": _("Unit dari"), "successor": _("Digantikan oleh")}


class DelegationForm(forms.ModelForm):
    class Meta:
        model = Delegation
        fields = ["membership", "deputy", "begins", "ends", "letter"]
        labels = {"membership": _("Peran yang dikuasakan"), "deputy": _("Kepada")}
        widgets = {
            "begins": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "ends": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }

    def __init__(self, *args: Any, own: QuerySet[Membership], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["membership"].queryset = own
        self.fields["deputy"].queryset = User.objects.filter(is_active=True).order_by(
            "display_name"
        )
