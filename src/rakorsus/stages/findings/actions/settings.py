"""Settings of the engine's rules, and expected repetition that is a finding after all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.findings import rulebook
from rakorsus.stages.findings.actions.answers import refresh_state
from rakorsus.stages.findings.models import Finding, RuleSettings


@transaction.atomic
def save_rules(actor: Actor, values: Mapping[str, Any]) -> RuleSettings:
    """Set thresholds and switch rules off; in force from the next run on.

    Raises:
        ValidationError: a threshold outside its limits.
    """
    require(actor, "findings.coordinate")
    check(values)
    before = rulebook.values()
    saved = RuleSettings.objects.create(by=actor.user, values=dict(values))
    after = rulebook.values()
    changes = {n: [before[n], after[n]] for n in after if before[n] != after[n]}
    audit.record(actor, "findings.rules", saved, changes=changes)
    return saved


def check(values: Mapping[str, Any]) -> None:
    """Raises ValidationError for a threshold outside its limits."""
    for threshold in rulebook.THRESHOLDS:
        value = values.get(threshold.name)
        if value is not None and not threshold.least <= value <= threshold.most:
            raise ValidationError(
                _("%(name)s harus antara %(least)s dan %(most)s.")
                % {"name": threshold.label, "least": threshold.least, "most": threshold.most}
            )


@transaction.atomic
def want(actor: Actor, finding: Finding, wanted: bool) -> None:
    """Treat expected repetition as a finding after all, or set it aside again."""
    require(actor, "findings.coordinate")
    if finding.kind != Finding.Kind.EXPECTED:
        raise ValidationError(_("Hanya pengulangan wajar yang dapat diubah di sini."))
    finding.wanted = wanted
    finding.save(update_fields=["wanted"])
    refresh_state(finding)
    audit.record(actor, "findings.want", finding, changes={"wanted": [not wanted, wanted]})
