"""What must hold however often whoever was killed: read from the database, after every round."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from tests.faults.clients import LINES

from rakorsus.audit import chain
from rakorsus.audit.models import Event, OutboxMessage
from rakorsus.hall.models import Act
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.intake.models import ImportBatch
from rakorsus.stages.meeting.models import Attendance, Ballot
from rakorsus.stages.publication.models import Article
from rakorsus.stages.register.models import PlanVersion, Program

#: job -> topics, of which every message makes exactly one such job
READERS = {
    "run_import": ("intake.queued",),
    "run_analysis": ("register.published", "findings.asked"),
    "run_recheck": ("register.amended",),
    "take_decision": ("decisions.taken",),
    "follow_register": ("register.published", "register.amended"),
    "take_resolution": ("meeting.decided",),
}
BUSY = (ImportBatch.State.READING, ImportBatch.State.JOINING, ImportBatch.State.WRITING)


def waiting() -> list[str]:
    """What is still to be done; nothing when the installation has come to rest."""
    found = []
    jobs = DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    )
    found += [f"job {name} {state}" for name, state in jobs.values_list("task_path", "status")]
    found += [f"message {t}" for t in OutboxMessage.objects.filter(delivered=None)
              .values_list("topic", flat=True)]  # fmt: skip
    found += [f"import {b.pk} {b.state}" for b in ImportBatch.objects.filter(state__in=BUSY)]
    return found


def interrupted() -> list[str]:
    """Batches that say themselves that they were cut off, which a person runs again."""
    ended = ImportBatch.objects.filter(
        state__in=[ImportBatch.State.INTERRUPTED, ImportBatch.State.FAILED], surface="api"
    )
    return [str(pk) for pk in ended.values_list("pk", flat=True)]


def offsets() -> dict[str, int]:
    """Jobs more than messages before the storm, when nobody but the builder has acted."""
    return {job: _jobs(job) - _messages(topics) for job, topics in READERS.items()}


def others() -> int:
    """Lines that no file of the storm speaks of."""
    return Program.objects.filter(removed=False).exclude(title__contains=" muatan ").count()


def _jobs(name: str) -> int:
    return DBTaskResult.objects.filter(task_path__endswith=f".{name}").count()


def _messages(topics: tuple[str, ...]) -> int:
    return OutboxMessage.objects.filter(topic__in=topics).count()


class Checks:
    """Counts every look at an invariant and every breach of it."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.offsets, self.others = offsets(), others()
        self.looks: Counter[str] = Counter()
        self.breaches: list[str] = []
        self._checks: dict[str, Callable[[list[dict[str, Any]]], Iterator[str]]] = {
            "no half import": self._imports,
            "every promised act is there once": self._acts,
            "no act doubled": self._doubled,
            "audit chain unbroken": self._chain,
            "outbox delivered exactly once": self._outbox,
            "no job lost": self._lost,
            "no lock left": self._locks,
        }

    @property
    def names(self) -> list[str]:
        return list(self._checks)

    def run(self, when: str) -> list[str]:
        """Look at everything; returns the new breaches."""
        promised = []
        if self.log.exists():
            promised = [json.loads(line) for line in self.log.read_text().splitlines()]
        found = []
        for name, check in self._checks.items():
            self.looks[name] += 1
            found += [f"{when}: {name}: {said}" for said in check(promised)]
        self.breaches += found
        connections.close_all()
        return found

    def _imports(self, promised: list[dict[str, Any]]) -> Iterator[str]:
        titles = list(
            Program.objects.filter(removed=False, title__contains=" muatan ")
            .values_list("title", flat=True)
        )  # fmt: skip
        numbers = Counter(title.rpartition(" ")[2] for title in titles)
        if len(numbers) > 1 or (numbers and sum(numbers.values()) != LINES):
            yield f"lines of several files: {dict(numbers)}"
        if others() != self.others:
            yield f"{others()} other lines, {self.others} before"
        for batch in ImportBatch.objects.filter(state=ImportBatch.State.DONE):
            made = PlanVersion.objects.filter(batch=batch.pk).count()
            if made != len(batch.versions):
                yield f"batch {batch.pk}: {made} versions, it says {len(batch.versions)}"
        made = set(PlanVersion.objects.exclude(batch=None).values_list("batch", flat=True))
        for batch in ImportBatch.objects.exclude(state=ImportBatch.State.DONE):
            if batch.pk in made:
                yield f"batch {batch.pk} is {batch.state} and has a version"

    def _acts(self, promised: list[dict[str, Any]]) -> Iterator[str]:
        ballots = {(b.resolution_id, b.mandate_id): b.choice for b in Ballot.objects.all()}
        keys = Counter(Act.objects.exclude(key="").values_list("key", flat=True))
        came = Counter(Attendance.objects.values_list("client", flat=True))
        taken = set(
            Decision.objects.filter(state=Decision.State.TAKEN).values_list("pk", flat=True)
        )
        live = set(Article.objects.exclude(live=None).values_list("pk", flat=True))
        batches = {str(b.pk): b.state for b in ImportBatch.objects.all()}
        asked = Event.objects.filter(action="findings.ask").count()
        for act in promised:
            kind = act["kind"]
            if kind == "vote":
                good = (ballots.get((act["resolution"], act["mandate"])) == act["choice"]
                        and keys[act["key"]] == 1)  # fmt: skip
            elif kind == "check_in":
                good = came[act["client"]] == 1
            elif kind == "decide":
                good = act["draft"] in taken
            elif kind == "publish":
                good = act["article"] in live
            elif kind == "import":
                good = batches.get(act["batch"]) == ImportBatch.State.DONE
            else:
                continue
            if not good:
                yield f"lost: {act} {batches.get(act.get('batch'), '')}"
        if asked < sum(act["kind"] == "analyse" for act in promised):
            yield f"{asked} analyses asked for in the log"

    def _doubled(self, promised: list[dict[str, Any]]) -> Iterator[str]:
        events = Event.objects.values_list("action", "kind", "object_id", "changes")
        counts: Counter[tuple[str, ...]] = Counter()
        for action, kind, ident, changes in events.iterator():
            if action in ("meeting.check_in", "decisions.take", "publication.approve"):
                counts[action, kind, ident] += 1
            elif action == "meeting.vote":
                counts[action, ident, str(changes["mandate"])] += 1
        yield from (f"{what} {n} times" for what, n in counts.items() if n > 1)
        votes = sum(key[0] == "meeting.vote" for key in counts)
        if votes != Ballot.objects.count():
            yield f"{votes} votes in the log, {Ballot.objects.count()} ballots"
        numbers = list(Act.objects.order_by("meeting", "number").values_list("meeting", "number"))
        last: dict[int, int] = {}
        for meeting, number in numbers:
            if number != last.get(meeting, 0) + 1:
                yield f"act {number} of meeting {meeting} follows {last.get(meeting, 0)}"
            last[meeting] = number

    def _chain(self, promised: list[dict[str, Any]]) -> Iterator[str]:
        proof = chain.prove()
        if proof.broken is not None or not proof.whole:
            yield str(proof)

    def _outbox(self, promised: list[dict[str, Any]]) -> Iterator[str]:
        for job, topics in READERS.items():
            expected = _messages(topics) + self.offsets[job]
            if _jobs(job) != expected:
                yield f"{job}: {_jobs(job)} jobs for {expected} messages"

    def _lost(self, promised: list[dict[str, Any]]) -> Iterator[str]:
        """Jobs are done, or shown as failed because three workers ended over them."""
        failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
        for job in failed.exclude(exception_class_path__endswith=".CutOff"):
            away = ("OperationalError", "InterfaceError", "AdminShutdown")
            if not job.exception_class_path.endswith(away):
                yield f"{job.task_path} failed: {job.traceback[-600:]}"

    def _locks(self, promised: list[dict[str, Any]]) -> Iterator[str]:
        """A write begins at once, and nobody sleeps in a transaction."""
        began = time.monotonic()
        with transaction.atomic():
            Event.objects.select_for_update().first()
        if time.monotonic() - began > 10:
            yield f"a write waited {time.monotonic() - began:.0f} s"
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                    "AND state LIKE 'idle in transaction%' "
                    "AND state_change < now() - interval '10 seconds'"
                )
                (idle,) = cursor.fetchone()
            if idle:
                yield f"{idle} connections idle in a transaction"
