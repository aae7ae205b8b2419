"""The government's settings of the engine's rules: defaults, limits, and what is in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rakorsus.engine.explain import RULEBOOK
from rakorsus.engine.learning.model import Model, from_dict
from rakorsus.engine.rules import Rules
from rakorsus.stages.findings.models import Learnt, RuleSettings
from rakorsus.stages.register.queries import frames


class Threshold(NamedTuple):
    """A setting that a coordinator may move: its field in engine.rules.Rules and its limits."""

    name: str
    label: str | Promise
    help: str | Promise
    least: float
    most: float
    step: float


THRESHOLDS = (
    Threshold("clash_distance_m", _("Jarak bentrok (meter)"),
              _("Pekerjaan yang lebih dekat dari ini dapat saling mengganggu."), 5, 500, 5),
    Threshold("opportunity_distance_m", _("Jarak peluang gabung (meter)"),
              _("Pekerjaan yang lebih dekat dari ini dapat memakai satu penutupan jalan."),
              20, 2000, 10),
    Threshold("opportunity_days", _("Selisih waktu peluang gabung (hari)"),
              _("Sejauh ini jadwal masih dapat digeser untuk digabung."), 7, 365, 1),
    Threshold("direct_procurement_ceiling", _("Batas pengadaan langsung (rupiah)"),
              _("Nilai tepat di bawahnya berulang di mana-mana dan bukan bukti."), 50_000_000,
              1_000_000_000, 1_000_000),
    Threshold("moratorium_asphalt", _("Moratorium aspal (tahun)"),
              _("Selama ini permukaan aspal baru tidak boleh digali."), 0, 10, 1),
    Threshold("moratorium_concrete", _("Moratorium beton (tahun)"),
              _("Selama ini permukaan beton baru tidak boleh digali."), 0, 10, 1),
    Threshold("moratorium_paving", _("Moratorium paving (tahun)"),
              _("Selama ini paving baru tidak boleh digali."), 0, 10, 1),
    Threshold("moratorium_pavement", _("Moratorium trotoar (tahun)"),
              _("Selama ini trotoar baru tidak boleh digali."), 0, 10, 1),
    Threshold("least_weight", _("Bobot terendah yang ditampilkan"),
              _("Temuan berbobot lebih rendah (penting x yakin x uang, 0 sampai 1) disembunyikan."),
              0, 0.8, 0.01),
)  # fmt: skip
_MORATORIUM = "moratorium_"


def default(name: str) -> float:
    """What the engine uses when nobody has set it."""
    known = Rules()
    if name.startswith(_MORATORIUM):
        return known.moratorium_years[name.removeprefix(_MORATORIUM)]
    value: float = getattr(known, name)
    return value


def values() -> dict[str, Any]:
    """The settings in force, defaults filled in."""
    newest = RuleSettings.objects.first()
    stored = newest.values if newest else {}
    found: dict[str, Any] = {t.name: stored.get(t.name, default(t.name)) for t in THRESHOLDS}
    found["disabled"] = sorted(stored.get("disabled", ()))
    return found


def stamp() -> dict[str, Any]:
    """What `rules` gives other rules for when it changes, the register's nomenclature apart."""
    return {**values(), "learnt": Learnt.objects.values_list("pk", flat=True).first()}


def learnt() -> Model | None:
    """What answers have taught; None while nothing has been learnt."""
    newest = Learnt.objects.first()
    return from_dict(newest.model) if newest else None


def rules(settings: Mapping[str, Any] | None = None) -> Rules:
    """The engine's rules with the settings in force and the register's nomenclature."""
    known = dict(settings if settings is not None else values())
    disabled = frozenset(known.pop("disabled", ()))
    numbers = {name: type(default(name))(value) for name, value in known.items()}
    years = {
        surface: int(numbers.pop(f"{_MORATORIUM}{surface}", usual))
        for surface, usual in Rules().moratorium_years.items()
    }
    return Rules(
        nomenclature=frames.nomenclature_frame(),
        disabled=disabled,
        moratorium_years=years,
        learnt=learnt(),
        **numbers,
    )


def switchable() -> list[str]:
    """Rules that may be switched off, by name: all but those of expected repetition."""
    return [name for name in RULEBOOK if not name.startswith("expected.")]


def tidy(value: float) -> float:
    """A number as a page shows it: whole ones without a fraction."""
    return int(value) if value == int(value) else value


def title(name: str) -> dict[str, str]:
    """A rule's title in both languages, or its name."""
    known = words(name)
    found: dict[str, str] = known["title"] if known else {"id": name, "en": name}
    return found


def words(name: str) -> dict[str, Any]:
    """Title, text and source of a rule in both languages; empty for a rule that is no more."""
    known = RULEBOOK.get(name)
    if known is None:
        return {}
    return {
        "title": known.title.as_dict(),
        "text": known.text.as_dict(),
        "source": known.source.as_dict(),
    }
