"""What a text mentions, in order: villages, districts, RW, hamlets, streets, facilities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from rakorsus.engine.places.gazetteer import BEGINNING, Gazetteer
from rakorsus.engine.places.normal import FACILITIES, LABELS, compact
from rakorsus.engine.places.ordinary import ORDINARY
from rakorsus.engine.places.table import province_code, regency_code

_SEPARATORS: Final = frozenset(",;/&|()-\n")
_JOINS: Final = _SEPARATORS | {"dan", "serta", "sd", "s"}
#: Words that end a name and never are one.
_STOPS: Final = frozenset(
    [
        "di",
        "ke",
        "dari",
        "untuk",
        "pada",
        "yang",
        "dan",
        "serta",
        "atau",
        "dengan",
        "dalam",
        "no",
        "nomor",
        "km",
        "sepanjang",
        "samping",
        "depan",
        "belakang",
        "menuju",
        "sampai",
        "s",
        "d",
        "sd",
        "wilayah",
        "tahun",
        "ta",
        "dak",
        "dau",
        "apbd",
        "p",
    ]
)
_GENERIC_STREET: Final = frozenset(
    [
        "lingkungan",
        "setapak",
        "desa",
        "kabupaten",
        "kota",
        "poros",
        "usaha",
        "tani",
        "masuk",
        "utama",
        "umum",
        "nasional",
        "provinsi",
        "tol",
        "beton",
        "rabat",
        "cor",
        "hotmix",
        "aspal",
        "paving",
        "gang",
        "dan",
    ]
)
_GENERIC_FACILITY: Final = frozenset(
    [
        "kumuh",
        "rakyat",
        "permukiman",
        "pemukiman",
        "wilayah",
        "negeri",
        "induk",
        "pembantu",
        "umum",
        "kota",
        "desa",
        "kecamatan",
        "se",
        "seluruh",
        "semua",
        "pemda",
        "perkantoran",
        "pemerintah",
        "kab",
        "kabupaten",
        "dan",
        "kecil",
        "dasar",
        "air",
        "olah",
        "bermain",
        "hijau",
        "kanak",
        "serbaguna",
        "kantor",
        "sekolah",
    ]
)
_ALSO_HAMLETS: Final = frozenset(["pasar", "situ", "taman"])
_KINDS_OF_FACILITY: Final = frozenset(["dtp", "tanpa", "poned", "blud"])
_BABAKAN: Final = "babakan"  # "new settlement": a mark of a hamlet that stays part of its name
_LONGEST = 4
_ROMAN: Final = {
    tens + ones: 10 * ten + one
    for ten, tens in enumerate(("", "x", "xx"))
    for one, ones in enumerate(("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"))
    if tens + ones
}


class Mention(NamedTuple):
    """`kind`: village, district, regency, rw, rt, hamlet, street, facility, all. `codes` are the
    candidates of a region (none: named but not known); `bare` was found without a mark."""

    kind: str
    at: int
    text: str
    codes: tuple[str, ...] = ()
    bare: bool = False


def mentions(tokens: Sequence[str], gazetteer: Gazetteer) -> Iterator[Mention]:
    """The mentions of a text's tokens (`normal.words`), in order."""
    i = 0
    while i < len(tokens):
        token = tokens[i]
        label = LABELS.get(token)
        found: list[Mention] = []
        end = i + 1
        if label in ("rw", "rt"):
            found, end = _numbers(tokens, i, label)
        elif label in ("village", "district"):
            found, end = _regions(tokens, i, label, gazetteer)
        elif label in ("regency", "city", "province"):
            found, end = _above(tokens, i, label)
        elif label == "hamlet":
            found, end = _hamlet(tokens, i, gazetteer)
        elif label == "street":
            found, end = _street(tokens, i, gazetteer)
        elif token in FACILITIES:
            found, end = _facility(tokens, i)
        if not found and (label is None or token == _BABAKAN) and token[0].isalpha():
            found, end = _bare(tokens, i, gazetteer)
        yield from found
        i = max(end, i + 1)


def _numbers(tokens: Sequence[str], i: int, kind: str) -> tuple[list[Mention], int]:
    """The numbers behind RW or RT, also a Roman one: "RW 03, 04", "RW. XI"."""
    found, j = [], i + 1
    if j < len(tokens) and (roman := _ROMAN.get(tokens[j])):
        return [Mention(kind, i, f"{roman:02d}")], j + 1
    while j < len(tokens) and (tokens[j][0].isdigit() or tokens[j] in _JOINS):
        if tokens[j][0].isdigit() and len(tokens[j]) <= 4:
            digits = tokens[j].rstrip("abcdefghijklmnopqrstuvwxyz")
            suffix = tokens[j][len(digits) :].upper()
            found.append(Mention(kind, i, f"{int(digits):02d}{suffix}"))
        j += 1
    return found, j if found else i + 1


def _regions(
    tokens: Sequence[str], i: int, level: str, gazetteer: Gazetteer
) -> tuple[list[Mention], int]:
    """The name behind a mark, and the names that go on in a list: "Kec. A, B dan C"."""
    found: list[Mention] = []
    j = i + 1
    while True:
        match, end = _match(tokens, j, level, gazetteer, exact=bool(found))
        if match is None:
            break
        found.append(match)
        j = end
        k = j
        while k < len(tokens) and tokens[k] in _JOINS:
            k += 1
        if k == j or k >= len(tokens) or tokens[k] in LABELS or tokens[k] in FACILITIES:
            break
        j = k
    if found:
        return found, j
    span, end = _span(tokens, i + 1, 2)
    if span and span[0] in ("semua", "se", "seluruh"):
        return [Mention("all", i, " ".join(span))], end
    return ([Mention(level, i, " ".join(span))], end) if span else ([], i + 1)


def _match(
    tokens: Sequence[str], i: int, level: str, gazetteer: Gazetteer, *, exact: bool
) -> tuple[Mention | None, int]:
    span, _ = _span(tokens, i, _LONGEST)
    lookup = gazetteer.villages if level == "village" else gazetteer.districts
    for size in range(len(span), 0, -1):
        name = " ".join(span[:size])
        if codes := lookup.get(compact(name)):
            return Mention(level, i, name, codes), i + size
    if exact:
        return None, i
    for size in range(len(span), 0, -1):
        name = " ".join(span[:size])
        codes = gazetteer.village(name) if level == "village" else gazetteer.district(name)
        if codes:
            return Mention(level, i, name, codes), i + size
    return None, i


def _span(tokens: Sequence[str], i: int, most: int) -> tuple[list[str], int]:
    """Words from `i` until a separator, a mark, a number or a stop word."""
    j = i
    while j < len(tokens) and j - i < most:
        token = tokens[j]
        if token in _SEPARATORS or token[0].isdigit() or token in _STOPS:
            break
        if token in LABELS and j > i:
            break
        j += 1
    return list(tokens[i:j]), j


def _above(tokens: Sequence[str], i: int, label: str) -> tuple[list[Mention], int]:
    i += i + 1 < len(tokens) and tokens[i + 1] == ","  # "Kab, Bandung"
    span, _ = _span(tokens, i + 1, 3)
    for size in range(len(span), 0, -1):
        name = " ".join(span[:size])
        if label == "province":
            code = province_code(name)
        else:
            code = regency_code(f"{'kota' if label == 'city' else 'kabupaten'} {name}")
        if code:
            return [Mention("regency", i, name, (code,))], i + 1 + size
    if not span and label != "province" and i:  # "Bandung Kab"
        kind = "kota" if label == "city" else "kabupaten"
        if code := regency_code(f"{kind} {tokens[i - 1]}"):
            return [Mention("regency", i - 1, tokens[i - 1], (code,))], i + 1
    return [], i + 1


def _hamlet(tokens: Sequence[str], i: int, gazetteer: Gazetteer) -> tuple[list[Mention], int]:
    """A hamlet's name; the district that follows it unmarked is left for its own."""
    start = i + (tokens[i] != _BABAKAN)
    start += start < len(tokens) and tokens[start] == ","  # "Kp, Talun"
    span, end = _span(tokens, start, 3)
    if tokens[i] == _BABAKAN and (len(span) == 1 or compact(" ".join(span)) in gazetteer.villages):
        return [], i + 1
    named = span and (span[0] not in FACILITIES or span[0] in _ALSO_HAMLETS)
    if not named or (span[0] in LABELS and span[0] != _BABAKAN) or len(span[0]) < 2:
        return [], i + 1
    for cut in range(1, len(span)):
        if compact(" ".join(span[cut:])) in gazetteer.districts:
            span, end = span[:cut], start + cut
            break
    return [Mention("hamlet", i, " ".join(span))], end


def _street(tokens: Sequence[str], i: int, gazetteer: Gazetteer) -> tuple[list[Mention], int]:
    """A street's name; the district or village that follows it unmarked is left for its own."""
    start = i + 1 if i + 1 < len(tokens) and LABELS.get(tokens[i + 1]) == "street" else i
    way = "gang" if tokens[start] in ("gang", "gg", "lorong") else "jalan"
    span, end = _span(tokens, start + 1, 4)
    if not span or span[0] in _GENERIC_STREET or span[0] in LABELS:
        return [], start + 1
    for cut in range(1, len(span)):
        tail = compact(" ".join(span[cut:]))
        if span[:cut] != ["raya"] and (tail in gazetteer.districts or tail in gazetteer.villages):
            span, end = span[:cut], start + 1 + cut
            break
    return [Mention("street", i, f"{way} {' '.join(span)}")], end


def _facility(tokens: Sequence[str], i: int) -> tuple[list[Mention], int]:
    kind = FACILITIES[tokens[i]]
    span, end = _span(tokens, i + 1, 3)
    while span and span[-1] in _KINDS_OF_FACILITY:
        span.pop()
    if not span or span[0] in _GENERIC_FACILITY or span[0] in LABELS:
        return [], i + 1
    if kind in ("sdn", "smpn", "tk") and end < len(tokens) and tokens[end].isdigit():
        span.append(str(int(tokens[end])))
        end += 1
    return [Mention("facility", i, f"{kind} {' '.join(span)}")], end


def _before_district(tokens: Sequence[str], i: int) -> bool:
    """Whether a district's mark stands here, or behind one comma."""
    i += i < len(tokens) and tokens[i] == ","
    return i < len(tokens) and LABELS.get(tokens[i]) == "district"


def _bare(tokens: Sequence[str], i: int, gazetteer: Gazetteer) -> tuple[list[Mention], int]:
    """A known name without a mark: a district goes before a village of the same name."""
    begins = compact(tokens[i])[:BEGINNING] in gazetteer.beginnings
    if not begins and len(tokens) > 4:
        return [], i + 1
    span, _ = _span(tokens, i, _LONGEST)
    for size in range(len(span), 0, -1) if begins else ():
        name = " ".join(span[:size])
        key = compact(name)
        if len(key) < 4 or (name in ORDINARY and not _before_district(tokens, i + size)):
            continue
        if codes := gazetteer.districts.get(key):
            return [Mention("district", i, name, codes, bare=True)], i + size
        if codes := gazetteer.villages.get(key):
            return [Mention("village", i, name, codes, bare=True)], i + size
    if len(tokens) <= 4:
        for size in range(len(span), 0, -1):
            name = " ".join(span[:size])
            code = province_code(name) or regency_code(name) or province_code(f"di {name}")
            if code and len(name) > 3:
                return [Mention("regency", i, name, (code,), bare=True)], i + size
    return [], i + 1
