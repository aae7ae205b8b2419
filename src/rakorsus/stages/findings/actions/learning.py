"""Learning from answers, setting it right, taking it over from others, and forgetting it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from hashlib import blake2b
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.audit import outbox
from rakorsus.engine.context import Context
from rakorsus.engine.learning.corpus import words_of
from rakorsus.engine.learning.lessons import Verdict as Said
from rakorsus.engine.learning.lessons import lesson
from rakorsus.engine.learning.model import Model, default, from_dict, from_json
from rakorsus.engine.learning.table import word_pairs
from rakorsus.engine.learning.training import Lesson, train
from rakorsus.engine.words import meaning, plain
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import require
from rakorsus.stages.findings import teaching
from rakorsus.stages.findings.models import Learnt, Taken, Unheard, Verdict, WordRule
from rakorsus.stages.findings.opening import register
from rakorsus.stages.register.queries import frames

Cause = Learnt.Cause
#: Largest file that is taken over, in bytes.
LARGEST: Final = 5_000_000
_EXAMPLES: Final = 3
#: Words of names of regions and agencies that are no names by themselves.
_ORDINARY: Final = meaning("air jalan sungai pasar kota desa kampung pendidikan kesehatan sosial")
_COMMON: Final = 2  # verdicts that must speak of a pair of words before it leaves the house


def learn(actor: Actor, run: Context | None = None, cause: str = Cause.ANSWERS) -> Learnt | None:
    """The model of all that is known now; the newest one when nothing new is known.

    `run` is an open run over the register, to spare opening another.
    """
    require(actor, "findings.coordinate")
    heard = teaching.digest()
    newest = Learnt.objects.first()
    if heard == (newest.heard if newest else ""):
        return newest
    told, used = _lesson(run, teaching.verdicts())
    lessons = [told] if told else []
    rules = teaching.word_rules()
    own = _corrected(train(lessons, default()), rules)
    base = default()
    for other in teaching.taken():
        base = base.merged(from_dict(other.model))
    model = _corrected(train(lessons, base), rules)
    with transaction.atomic():
        made = Learnt.objects.create(
            by_name=actor.name, cause=cause, model=model.as_dict(), own=own.as_dict(),
            examples=_examples(told, used) if told else {}, heard=heard,
        )  # fmt: skip
        audit.record(actor, "findings.learn", made, changes={"verdicts": model.verdicts})
    return made


def relearn(actor: Actor, cause: str) -> None:
    """Learn anew as a job, because what is learnt from was changed by hand."""
    outbox.emit("findings.learn", {"cause": cause, "by": actor.name})


@transaction.atomic
def set_word(actor: Actor, left: str, right: str, says: str) -> WordRule:
    """Say of two words that they mean the same, that they do not, that what answers taught of them
    is forgotten, or that answers count again.

    Raises:
        ValidationError: no such words, or an unknown saying.
    """
    require(actor, "findings.coordinate")
    if says not in WordRule.Says.values:
        raise ValidationError(_("Pilihan tidak dikenal."))
    newest = Learnt.objects.first()
    known = {word for row in newest.model["pairs"] for word in row[:2]} if newest else set()
    a, b = sorted(word if word in known else _stem(word) for word in (left, right))
    made = WordRule.objects.create(
        left=a, right=b, says=says, by=actor.user, by_name=actor.name
    )  # fmt: skip
    audit.record(actor, "findings.word", made, changes={"words": [a, b], "says": says})
    relearn(actor, Cause.CORRECTED)
    return made


@transaction.atomic
def take(actor: Actor, name: str, content: bytes) -> Taken:
    """Take over what another government has learnt, from its file.

    Raises:
        ValidationError: no name, no such file, or the file is in use already.
    """
    require(actor, "findings.coordinate")
    if not name.strip():
        raise ValidationError(_("Sebutkan dari pemerintah mana berkas ini."))
    if len(content) > LARGEST:
        raise ValidationError(_("Berkas terlalu besar (paling besar 5 MB)."))
    try:
        model = from_json(content)
    except ValueError as error:
        raise ValidationError(_("Berkas ini bukan hasil belajar dari rakorsus.")) from error
    digest = blake2b(model.to_json().encode(), digest_size=16).hexdigest()
    if Taken.objects.filter(digest=digest, ended=None).exists():
        raise ValidationError(_("Berkas ini sudah dipakai."))
    made = Taken.objects.create(
        name=name.strip()[:120], model=model.as_dict(), digest=digest, by=actor.user,
        by_name=actor.name,
    )  # fmt: skip
    audit.record(actor, "findings.take", made, changes={"verdicts": model.verdicts})
    relearn(actor, Cause.IMPORTED)
    return made


@transaction.atomic
def give_back(actor: Actor, taken: Taken) -> None:
    """Use what another government has learnt no more."""
    require(actor, "findings.coordinate")
    if taken.ended is None:
        taken.ended = timezone.now()
        taken.save(update_fields=["ended"])
        audit.record(actor, "findings.give_back", taken)
        relearn(actor, Cause.FORGOTTEN)


@transaction.atomic
def forget(actor: Actor) -> None:
    """Forget all that answers have taught so far.

    Answers stay and new ones are learnt from; words that a coordinator set right and what was taken
    over from others stay too.
    """
    require(actor, "findings.coordinate")
    upto = Verdict.objects.order_by("-id").values_list("pk", flat=True).first() or 0
    made = Unheard.objects.create(upto=upto, by_name=actor.name)
    audit.record(actor, "findings.forget", made, changes={"upto": upto})
    relearn(actor, Cause.FORGOTTEN)


def shared(learnt: Learnt) -> Model:
    """What may be passed on to another government: learnt here, nothing rare enough to be a name,
    and no word of a region's or an agency's name in the register."""
    own = from_dict(learnt.own)
    names = [*frames.regions_frame()["name"], *Agency.objects.values_list("short", flat=True)]
    hidden = {word for name in names if name for word in meaning(plain(name))} - _ORDINARY
    table = own.table.common(_COMMON)
    counts = {pair: seen for pair, seen in table.counts.items() if not hidden & set(pair)}
    return replace(own, table=replace(table, counts=counts))


def _lesson(run: Context | None, said: list[Said]) -> tuple[Lesson | None, list[Said]]:
    return lesson(run or register(), said) if said else (None, [])


def _corrected(model: Model, rules: Any) -> Model:
    return model.with_table(model.table.corrected(rules))


def _examples(told: Lesson, used: list[Said]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for pair, verdict, words in zip(told.pairs, used, told.words or (), strict=True):
        if not words:
            continue
        for (a, b), _share in word_pairs(words_of(pair.left.text), words_of(pair.right.text)):
            if len(found[f"{a} {b}"]) < _EXAMPLES:
                found[f"{a} {b}"].append(verdict.name)
    return dict(found)


def _stem(word: str) -> str:
    """One word as the table has it."""
    found = sorted(meaning(plain(word)))
    if len(found) != 1 or not found[0].isalpha() or not 2 <= len(found[0]) <= 40:
        raise ValidationError(
            _("%(word)s bukan satu kata yang berisi.") % {"word": word.strip()[:60] or "–"}
        )
    return found[0]
