"""What is measured of a candidate pair before it is judged: signs of one work, and of two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rakorsus.engine.learning.candidates import Candidate
from rakorsus.engine.learning.corpus import Corpus, words_of
from rakorsus.engine.learning.table import Table
from rakorsus.engine.pairs.duplicates import lots_of, vague
from rakorsus.engine.pairs.lines import Line, same_time
from rakorsus.engine.records import Text
from rakorsus.engine.thesaurus import CONTAINERS, WAYS

#: Names of the measures, in the order of the columns of `features`.
NAMES: Final = (
    "likeness", "shared_words", "telling_words", "same_title",
    "same_object", "container", "vague", "other_object", "same_theme", "other_stage",
    "spot", "village", "apart", "nowhere", "same_time", "other_time",
    "one_house", "same_code", "same_amount", "numbered", "common",
    "likeness_at_spot", "likeness_in_village", "object_at_spot", "likeness_in_house",
    "learnt_shared", "learnt_pairs",
)  # fmt: skip

#: What each measure is called on a page.
LABELS: Final = {
    "likeness": Text("kemiripan tulisan", "likeness of the texts"),
    "shared_words": Text("bagian kata yang sama", "share of words in common"),
    "telling_words": Text("kata khas yang sama", "telling words in common"),
    "same_title": Text("nama sama persis", "identical names"),
    "same_object": Text("objek yang sama", "the same object"),
    "container": Text("hanya wadah yang sama (sekolah, pasar)", "only one container (school)"),
    "vague": Text("salah satu nama terlalu umum", "one name too general"),
    "other_object": Text("objek yang berbeda", "different objects"),
    "same_theme": Text("urusan yang sama", "the same subject"),
    "other_stage": Text("tahap lain dari satu pekerjaan", "another stage of one work"),
    "spot": Text("satu RW, kampung, jalan, atau gedung", "one RW, hamlet, street or building"),
    "village": Text("satu desa atau kelurahan", "one village"),
    "apart": Text("satu desa, titik berbeda", "one village, different spots"),
    "nowhere": Text("tidak ada tempat yang sama", "no place in common"),
    "same_time": Text("waktu bersamaan", "the same time"),
    "other_time": Text("waktu tidak bertemu", "times that do not meet"),
    "one_house": Text("satu perangkat daerah", "one agency"),
    "same_code": Text("satu sub kegiatan", "one sub kegiatan"),
    "same_amount": Text("nilai tidak bulat yang sama", "one unround amount"),
    "numbered": Text("beda nomor saja", "different numbers only"),
    "common": Text("nama yang umum di banyak perangkat daerah", "a name that many agencies use"),
    "likeness_at_spot": Text("mirip dan di satu titik", "alike and at one spot"),
    "likeness_in_village": Text("mirip dan di satu desa", "alike and in one village"),
    "object_at_spot": Text("objek sama di satu titik", "one object at one spot"),
    "likeness_in_house": Text("mirip dan satu perangkat daerah", "alike and of one agency"),
    "learnt_shared": Text("kata bersama yang dipelajari", "shared words learnt"),
    "learnt_pairs": Text("padanan kata yang dipelajari", "pairs of words learnt"),
}

#: The measures that come from the word-pair table.
LEARNT: Final = (NAMES.index("learnt_shared"), NAMES.index("learnt_pairs"))
_SPOT: Final = 0.9
_NEAR: Final = 0.3
_ROUND: Final = 1_000_000
_DIGITS = re.compile(r"\d+|\b[ivx]+\b")
_STUDIED = frozenset({"study", "design", "supervise"})


def features(pairs: Sequence[Candidate], corpus: Corpus, table: Table) -> NDArray[np.float64]:
    """One row for each pair, columns as NAMES, every value between -3 and 3."""
    rows = [_row(pair, corpus, table) for pair in pairs]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(NAMES))


def _row(pair: Candidate, corpus: Corpus, table: Table) -> tuple[float, ...]:
    a, b = pair.left, pair.right
    ours, theirs = words_of(a.text), words_of(b.text)
    both, every = ours & theirs, ours | theirs
    mass = sum(corpus.weight(w) for w in sorted(every))
    telling = sum(corpus.weight(w) for w in sorted(both)) / mass if mass else 0.0
    objects = a.objects & b.objects - {"generic"}
    same_object = bool(objects - CONTAINERS) or a.objects | b.objects == WAYS
    hidden = not same_object and vague(a, b)
    strength = pair.meeting.strength if pair.meeting else 0.0
    spot, village = strength >= _SPOT, _NEAR < strength < _SPOT
    house = a.family == b.family
    time = same_time(a, b)
    learnt = table.score(ours, theirs)
    return (
        pair.similarity,
        len(both) / len(every) if every else 0.0,
        telling,
        float(a.plain == b.plain),
        float(same_object),
        float(bool(objects & CONTAINERS) and not same_object),
        float(hidden),
        float(bool(a.objects and b.objects) and not objects and not hidden and not same_object),
        float(bool(a.themes & b.themes)),
        float(_other_stage(a, b)),
        float(spot),
        strength if village else 0.0,
        float(strength == _NEAR),
        float(pair.meeting is None),
        float(time is True),
        float(time is False),
        float(house),
        float(a.code is not None and a.code == b.code),
        float(a.money == b.money and a.money % _ROUND != 0),
        float(_numbered(a, b)),
        min(log(max(corpus.owners(a.text), corpus.owners(b.text), 1)), 3.0),
        pair.similarity * spot,
        pair.similarity * village,
        float((same_object or hidden) and spot),
        pair.similarity * house,
        *learnt,
    )


def _numbered(a: Line, b: Line) -> bool:
    """Lots, phases or rounds of one activity: the same words, other numbers."""
    if a.plain != b.plain and _DIGITS.sub("", a.plain) == _DIGITS.sub("", b.plain):
        return True
    return a.text == b.text and lots_of(a.plain) != lots_of(b.plain)


def _other_stage(a: Line, b: Line) -> bool:
    """Steps of one thing: the study or supervision of a work beside the work itself."""
    return (a.stage in _STUDIED or b.stage in _STUDIED) and a.stage != b.stage
