"""The condition that failed, in a sentence about the two lines."""

from __future__ import annotations

from typing import Final

from rakorsus.engine.context import Context
from rakorsus.engine.explain.apart import apart
from rakorsus.engine.explain.words import DATE_GRADES, whose_line
from rakorsus.engine.ground.works import works_of
from rakorsus.engine.pairs.lines import Line
from rakorsus.engine.records import DateGrade, Text
from rakorsus.engine.refusal import Refusal
from rakorsus.engine.sentences import listing, period
from rakorsus.engine.thesaurus import OBJECT_NAMES, OVERHEAD, STAGE_NAMES

_OVERHEAD_NAMES: Final = {c.code: c.name for c in OVERHEAD}
_FIXED: Final = {
    Refusal.SAME_WORK: Text(
        "Keduanya satu paket dalam siklusnya: rencana, pengumuman, ulangan, atau kontrak.",
        "Both are one package in its life: plan, announcement, repeat or contract."),
    Refusal.ONE_HOUSE: Text(
        "Keduanya milik satu perangkat daerah, atau perangkat daerah dan unitnya.",
        "Both belong to one agency, or to an agency and its own unit."),
    Refusal.TWO_HOUSES: Text(
        "Aturan ini memeriksa di dalam satu perangkat daerah; keduanya berbeda.",
        "This rule looks inside one agency; these are two."),
    Refusal.OTHER_GOVERNMENT: Text(
        "Keduanya milik pemerintah daerah yang berbeda wilayah.",
        "They belong to governments of different areas."),
    Refusal.OTHER_LEVEL: Text(
        "Jenjangnya berbeda (misalnya sub kegiatan dan paket).",
        "They stand on different levels (for example sub kegiatan and package)."),
    Refusal.LOTS: Text(
        "Paket bernomor dari satu pengadaan: sama selain nomornya.",
        "Numbered lots of one purchase: equal but for the number."),
    Refusal.VAGUE: Text(
        "Salah satu tidak menyebut apa yang dibangun; di antara dua perangkat daerah hal itu "
        "dinilai aturan tumpang tindih.",
        "One does not say what it builds; between two agencies the overlap rule judges that."),
    Refusal.OPEN: Text(
        "Tidak satu pun menutup jalan atau tempat.", "Neither closes a street or place."),
    Refusal.ONE_KIND: Text(
        "Ruas-ruas satu jenis pekerjaan dari satu perangkat daerah.",
        "Stretches of one kind of work of one agency."),
    Refusal.HARMLESS: Text(
        "Waktunya bertemu, tetapi jenis pekerjaannya tidak saling mengganggu.",
        "They run together, but works of these kinds do not disturb each other."),
    Refusal.SAME_STEP: Text(
        "Keduanya tahap yang sama; tidak ada yang harus lebih dahulu.",
        "Both are the same step; neither must come first."),
    Refusal.IN_ORDER: Text("Urutannya sudah benar.", "Their order is right."),
    Refusal.OTHER_SUBJECT: Text(
        "Judulnya tidak memuat hal yang sama, di luar kata-kata umum perencanaan.",
        "The titles share no subject, beside words that all plans share."),
    Refusal.OTHER_SERVICE: Text(
        "Jenis layanannya berbeda (kajian, pelatihan, kampanye, bantuan).",
        "They are different services (study, training, campaign, aid)."),
    Refusal.OTHER_ENTRY: Text(
        "Bukan entri yang sama: perangkat daerah, dokumen, kode, atau namanya berbeda.",
        "Not one entry: agency, document, code or name differ."),
    Refusal.OTHER_TWIN: Text(
        "Bukan input ganda: nama, uraian, atau nilainya berbeda, atau nilainya bulat dan berulang "
        "di mana-mana.",
        "Not entered twice: name, description or amount differ, or the amount is round."),
    Refusal.THREE: Text(
        "Aturan ini memerlukan tiga perangkat daerah atau lebih.",
        "This rule takes three agencies or more."),
    Refusal.NOT_TAUGHT: Text(
        "Belum ada tanggapan yang menyamakan kata pada kedua judul.",
        "No answer has yet taken the words of the two titles for one."),
    Refusal.SAID: Text(
        "Keduanya di satu titik; hal itu dinilai aturan duplikasi.",
        "Both are at one spot; the duplication rule judges that."),
}  # fmt: skip
_HOLDS: Final = Text("Semua syaratnya terpenuhi.", "All its conditions hold.")
_BUILT: Final = frozenset({"build", "maintain", "goods", "aid", ""})


def said(context: Context, refusal: Refusal | None, a: Line, b: Line) -> Text:
    """The sentence for a failed condition, or for none."""
    if refusal is None:
        return _HOLDS
    if refusal in _FIXED:
        return _FIXED[refusal]
    return {
        Refusal.APART: lambda: apart(context, a, b),
        Refusal.NOT_BUILT: lambda: _not_built(a, b),
        Refusal.NO_SURFACE: lambda: _no_class(a, b),
        Refusal.NO_STEP: lambda: _no_step(a, b),
        Refusal.OTHER_TIME: lambda: _times(a, b),
        Refusal.FAR_IN_TIME: lambda: _times(a, b),
        Refusal.WEAK_DATES: lambda: _weak(a, b),
        Refusal.OTHER_OBJECT: lambda: _objects(a, b),
        Refusal.NOT_ASKED: lambda: _not_asked(a, b),
    }[refusal]()


def _not_built(a: Line, b: Line) -> Text:
    line = b if a.physical else a
    name = whose_line(line)
    if line.level != "paket":
        return Text(f"{name} bukan paket pekerjaan.", f"{name} is no package.")
    if line.support:
        return Text(f"{name} program penunjang.", f"{name} is a support program.")
    if line.overhead:
        what = _OVERHEAD_NAMES[line.overhead]
        return Text(f"{name} belanja {what.id}.", f"{name} buys {what.en}.")
    if line.stage not in _BUILT:
        what = STAGE_NAMES[line.stage]
        return Text(f"{name} adalah {what.id}, bukan pekerjaan fisik.",
                    f"{name} is {what.en}, not works on the ground.")  # fmt: skip
    return Text(f"Judul {name} tidak menyebut objek yang dibangun.",
                f"The title {name} names no object that is built.")  # fmt: skip


def _no_class(a: Line, b: Line) -> Text:
    ours = a.level == "paket" and not a.support and works_of(a) is not None
    name = whose_line(b if ours else a)
    return Text(
        f"{name} bukan pekerjaan yang menutup jalan, menggali, atau membuat permukaan.",
        f"{name} is no work that closes a street, digs or lays a surface.",
    )


def _no_step(a: Line, b: Line) -> Text:
    return Text(
        "Keduanya bukan tahap dari satu objek (lahan, perencanaan, bangunan, perlengkapan).",
        "They are not both steps of an object's life (land, design, building, equipment).",
    )


def _times(a: Line, b: Line) -> Text:
    first, later = sorted((a, b), key=lambda x: (x.begin is None, x.begin, x.key))
    ours, theirs = period(first.begin, first.finish), period(later.begin, later.finish)
    gap = (later.begin - first.finish).days if later.begin and first.finish else 0
    return Text(
        f"Waktunya tidak bertemu: {ours.id}; {theirs.id} (selang {gap} hari).",
        f"The periods do not meet: {ours.en}; {theirs.en} ({gap} days apart).",
    )


def _weak(a: Line, b: Line) -> Text:
    line = min((a, b), key=lambda x: (x.date_grade, x.key))
    grade = DATE_GRADES[DateGrade(line.date_grade)]
    name = whose_line(line)
    return Text(
        f"Jadwal {name} terlalu umum ({grade.id}): tanyakan perangkat daerahnya.",
        f"The dates of {name} are too general ({grade.en}): ask the agency.",
    )


def _objects(a: Line, b: Line) -> Text:
    ours, theirs = (_named(x) for x in (a, b))
    if not ours.id or not theirs.id:
        return Text("Judulnya tidak menyebut objek yang sama.",
                    "The titles name no object in common.")  # fmt: skip
    return Text(f"Objeknya berbeda: {ours.id}; {theirs.id}.",
                f"Different objects: {ours.en}; {theirs.en}.")  # fmt: skip


def _named(line: Line) -> Text:
    names = [OBJECT_NAMES[o] for o in sorted(line.objects)]
    return Text(listing([n.id for n in names]).id, listing([n.en for n in names]).en)


def _not_asked(a: Line, b: Line) -> Text:
    for line in (a, b):
        name = whose_line(line)
        if line.support:
            return Text(f"{name} program penunjang.", f"{name} is a support program.")
        if line.series:
            return Text(f"{name} tugas kewilayahan baku.", f"{name} is a series office's task.")
        if line.overhead:
            what = _OVERHEAD_NAMES[line.overhead]
            return Text(f"{name} belanja {what.id}.", f"{name} buys {what.en}.")
    return Text(
        "Salah satu terlalu kecil, tugas umum banyak perangkat daerah, atau bukan layanan (kajian, "
        "pelatihan, kampanye, bantuan).",
        "One is too small, a task of many agencies, or no service (study, training, aid).",
    )
