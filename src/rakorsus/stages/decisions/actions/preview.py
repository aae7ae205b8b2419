"""What the engine says of a draft before it is taken: nothing is written but the draft's preview.

`Decision.preview` holds `of` (the draft's version) and `register` (number of its version), which
say whether it still holds; `state` (running, done, failed); `verdict` (closes, stays, returns: it
was closed and would stand again, remains: it was closed and stays so, unknown, none), `missing`
(why it stays or returns, in both languages), `caused` (other findings that it would make) and
`closed` (open findings besides its own that it would close), each as `_some` gives them.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import polars as pl
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rakorsus.audit import outbox
from rakorsus.clock import today
from rakorsus.engine.findings import Findings
from rakorsus.engine.records import Finding as Found
from rakorsus.engine.session import Session
from rakorsus.people.actor import Actor
from rakorsus.people.rules import require
from rakorsus.stages.decisions.actions.drafting import fresh_lines
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.findings import warm
from rakorsus.stages.findings.actions.trial import small
from rakorsus.stages.findings.models import Finding, FindingProgram
from rakorsus.stages.findings.models.findings import OPEN_STATES
from rakorsus.stages.register.actions.amend import amended
from rakorsus.stages.register.queries import counts, frames
from rakorsus.stages.register.queries.frames import lines_of

_MOST: Final = 50


def look_ahead(actor: Actor, decision: Decision) -> Decision:
    """Have the engine look at a draft: at once on a small register, as a job on a large one."""
    require(actor, "decisions.draft")
    if decision.state != Decision.State.DRAFT:
        raise ValidationError(_("Keputusan ini bukan rancangan lagi; ubah dengan keputusan baru."))
    _keep(decision, {"of": decision.version, "register": counts.newest(), "state": "running"})
    if small():
        run_preview(actor, decision.pk)
    else:
        with transaction.atomic():
            outbox.emit("decisions.ahead", {"id": decision.pk})
    decision.refresh_from_db()
    return decision


def run_preview(actor: Actor, pk: int) -> None:
    """The preview of a draft that waits for one."""
    require(actor, "decisions.draft")
    decision = Decision.objects.select_related("finding").filter(pk=pk).first()
    if decision is None or decision.preview.get("state") != "running":
        return
    try:
        told = _told_of(decision)
    except Exception:
        _keep(decision, decision.preview | {"state": "failed"})
        raise
    _keep(decision, {"of": decision.version, **told, "state": "done"})


def shown(decision: Decision) -> bool:
    """Whether the preview is of this draft and of the register as it stands."""
    told = decision.preview
    return (
        told.get("state") == "done"
        and told.get("of") == decision.version
        and told.get("register") == counts.newest()
    )


def _keep(decision: Decision, preview: dict[str, Any]) -> None:
    """Only as long as the draft is the one that was looked at."""
    Decision.objects.filter(
        pk=decision.pk, version=decision.version, state=Decision.State.DRAFT
    ).update(preview=preview)
    decision.preview = preview


def _told_of(decision: Decision) -> dict[str, Any]:
    began = time.perf_counter()
    register = counts.newest()
    changes = list(decision.changes.all())
    by_key: dict[str, dict[str, Any]] = {}
    for change in changes:
        if not change.fresh:
            by_key.setdefault(change.key, {})[change.field] = change.after
    before = lines_of(list(by_key))
    fresh = fresh_lines(decision)
    after = pl.concat([amended(before, by_key), fresh])
    keys = frozenset(after["key"])
    reach = keys | _around(decision, keys)
    with warm.session(today()) as session:
        known = session.findings(reach)
        with _changed(session, after, before, fresh):
            then = session.findings(reach)
    return {"register": register, **_compared(decision, known, then),
            "seconds": round(time.perf_counter() - began, 2)}  # fmt: skip


@contextmanager
def _changed(
    session: Session, after: pl.DataFrame, before: pl.DataFrame, fresh: pl.DataFrame
) -> Iterator[None]:
    """The session with the changes in it, and as it was afterwards."""
    session.take(after)
    yield
    session.take(before, fresh["key"].to_list(), frames.places_frame(before["key"].to_list()))


def _around(decision: Decision, keys: Collection[str]) -> frozenset[str]:
    """Lines that share an open finding with the changed ones, and those of the decided finding."""
    touched = Finding.objects.filter(state__in=OPEN_STATES, lines__program__key__in=keys)
    ids = {*touched.values_list("pk", flat=True), decision.finding_id}
    others = FindingProgram.objects.filter(finding__in=[pk for pk in ids if pk])
    return frozenset(others.values_list("program__key", flat=True))


def _compared(decision: Decision, known: Findings, then: Findings) -> dict[str, Any]:
    had = {f.id: f for f in known.findings}
    has = {f.id: f for f in then.findings}
    own = decision.finding.fingerprint if decision.finding else ""
    verdict, missing = "none", None
    if decision.finding:
        verdict = _verdict(own in had, own in has, decision.finding.closed_run_id is not None)
        missing = has[own].reasons.as_dict() if own in has else None
    return {
        "verdict": verdict, "missing": missing,
        "caused": _some(f for name, f in has.items() if name not in had and name != own),
        "closed": _some(f for name, f in had.items() if name not in has and name != own),
    }  # fmt: skip


def _verdict(stood: bool, stands: bool, closed: bool) -> str:
    """What becomes of the decided finding; one that is open but not seen now cannot be judged."""
    if stood:
        return "stays" if stands else "closes"
    return "unknown" if not closed else "returns" if stands else "remains"


def _some(found: Iterable[Found]) -> list[dict[str, Any]]:
    worst = sorted(found, key=lambda f: (-f.score, f.id))[:_MOST]
    return [
        {"id": f.id, "kind": f.kind.value, "severity": f.severity.value, "money": f.money,
         "reasons": f.reasons.as_dict(), "keys": list(f.keys)}
        for f in worst
    ]  # fmt: skip
