"""One text to its places: the deepest region that is certain, and what lies inside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rakorsus.engine.places.gazetteer import Gazetteer
from rakorsus.engine.places.mentions import Mention, mentions
from rakorsus.engine.places.normal import compact, words
from rakorsus.engine.records import Place, PlaceGrade, Text

_OFFICE: Final = re.compile(
    r"\b(kantor|komplek?s?\.? ?(perkantoran )?pemda|komp\.? pemda|setda|sekretariat|dinas"
    r"|badan (?!jalan)|inspektorat|bappeda|bkpsdm|bapenda|bkad|bpbd|satpol|disparekraf|disdik"
    r"|dinkes|diskominfo|disperdagin|disdagin|disnaker|dispusip|disperkim\w*|disbudpar|dpmptsp|dlh"
    r"|dpmd|dpupr|dputr|dpkp|dpkad|bpkad|bpkd|bkd|dkpp|dp2kbp3a|disdukcapil|disnakertrans"
    r"|disparpora|dispora|distan|dispakan|dishub|dinsos|disdamkar|bakesbangpol|kesbangpol"
    r"|bapperida|dinas[a-z]+|balaikota|balai kota|uptd?|bagian (umum|hukum|organisasi))\b",
    re.IGNORECASE,
)
_VILLAGE_OFFICE = re.compile(r"\bkantor (desa|kelurahan|kel|ds)\b", re.IGNORECASE)

_LONG_NAME: Final = 10  # letters from which a typo cannot be another place's name

_AT_OFFICE = Text(
    "Alamat kantor, bukan tempat pekerjaan.", "An office's address, not the place of work."
)
_UNKNOWN = Text("Tidak ada nama wilayah yang dikenali.", "No name of a region was recognised.")


def parse(text: str, gazetteer: Gazetteer, *, hint: str | None = None) -> tuple[Place, ...]:
    """The places that a text names.

    Args:
        hint: region code of the office that wrote it (a kecamatan's own area); decides between
            villages of one name, and stands in where the text names nothing.

    Returns:
        At least one place; its grade is NONE where nothing was recognised. RW, RT and hamlets
        stand with the village they belong to.
    """
    found = list(mentions(words(text), gazetteer))
    inner = any(m.kind in ("rw", "rt", "hamlet") for m in found)
    if not inner and _OFFICE.search(text) and not _VILLAGE_OFFICE.search(text):
        return (
            Place(text, PlaceGrade.REGENCY, gazetteer.government or None,
                  facility="kantor", why=_AT_OFFICE),
        )  # fmt: skip
    outside = _outside(found, gazetteer)
    villages = _villages(found)
    districts = [m for m in found if m.kind == "district" and m.codes]
    if outside and not villages and not districts:
        return (outside_place(text, outside, gazetteer),)
    if not villages:
        return _without_village(text, found, districts, gazetteer, hint)
    return tuple(
        _place(text, village, part, districts, gazetteer, hint)
        for village, part in _shares(villages, found)
    )


def _villages(found: Sequence[Mention]) -> list[Mention]:
    """The villages named. Beside marked ones a bare name is a hamlet's or a street's."""
    every = [m for m in found if m.kind == "village"]
    marked = [m for m in every if not m.bare]
    return marked or every


def outside_place(text: str, mention: Mention, gazetteer: Gazetteer) -> Place:
    """A place in another regency: named, and not mistaken for one of ours."""
    why = Text("Di luar pemerintah daerah ini.", "Outside this local government.")
    return Place(text, PlaceGrade.REGENCY, mention.codes[0], why=why)


def _outside(found: Sequence[Mention], gazetteer: Gazetteer) -> Mention | None:
    """A regency or province that neither contains nor is our government."""
    own = gazetteer.government
    for m in found:
        if m.kind == "regency" and not (own.startswith(m.codes[0]) or m.codes[0].startswith(own)):
            return m
    return None


def _shares(
    villages: Sequence[Mention], found: Sequence[Mention]
) -> list[tuple[Mention, list[Mention]]]:
    """Which details belong to which village: those before it when the text begins with details,
    otherwise those after it."""
    if len(villages) == 1:
        return [(villages[0], list(found))]
    details = [m for m in found if m.kind in ("rw", "rt", "hamlet", "street", "facility")]
    before = bool(details) and details[0].at < villages[0].at
    edges = [v.at for v in villages]
    shares = []
    for n, village in enumerate(villages):
        if before:
            low, high = (edges[n - 1] if n else -1), edges[n]
        else:
            low, high = edges[n], edges[n + 1] if n + 1 < len(edges) else 1 << 30
        shares.append((village, [m for m in found if low <= m.at < high and m is not village]))
    return shares


def _place(
    text: str,
    village: Mention,
    part: Sequence[Mention],
    districts: Sequence[Mention],
    gazetteer: Gazetteer,
    hint: str | None,
) -> Place:
    region, why = _resolve(village, districts, gazetteer, hint)
    if region is None:
        region = gazetteer.government or None
    return _detailed(text, region, part, why)


def _resolve(
    village: Mention, districts: Sequence[Mention], gazetteer: Gazetteer, hint: str | None
) -> tuple[str | None, Text | None]:
    """The village's code when it is certain, otherwise the district's, otherwise nothing."""
    near = _nearest(village, districts)
    if near is not None:
        inside = [c for c in village.codes for d in near.codes if c.startswith(f"{d}.")]
        if len(inside) == 1:
            return inside[0], None
        if not inside:
            for district in near.codes:
                again = gazetteer.village(village.text, district)
                if len(again) == 1:
                    return again[0], None
            return near.codes[0] if len(near.codes) == 1 else None, Text(
                f"“{village.text}” tidak ada di kecamatan yang disebut.",
                f"“{village.text}” is not in the district that is named.",
            )
    codes = village.codes
    if hint:
        inside = [c for c in codes if c.startswith(hint)]
        if len(inside) == 1:
            return inside[0], None
    if len(codes) == 1 and not districts:
        return codes[0], None
    if not codes:
        return None, Text(f"“{village.text}” tidak dikenal.", f"“{village.text}” is not known.")
    if len(codes) == 1 and village.bare:
        return None, _UNKNOWN
    names = ", ".join(sorted({gazetteer.names.get(c.rpartition(".")[0], c) for c in codes}))
    return None, Text(
        f"Ada beberapa “{village.text}” ({names}); sebutkan kecamatannya.",
        f"There are several “{village.text}” ({names}); name the district.",
    )


def _nearest(village: Mention, districts: Sequence[Mention]) -> Mention | None:
    """The district that belongs to a village: the next one named, otherwise the last before."""
    after = [d for d in districts if d.at > village.at]
    if after:
        return after[0]
    before = [d for d in districts if d.at < village.at]
    return before[-1] if before else None


def _without_village(
    text: str,
    found: Sequence[Mention],
    districts: Sequence[Mention],
    gazetteer: Gazetteer,
    hint: str | None,
) -> tuple[Place, ...]:
    if len(districts) > 1:
        return tuple(_detailed(text, d.codes[0], [], None) for d in districts)
    if districts:
        codes = districts[0].codes
        region = codes[0] if len(codes) == 1 else None
        return (_detailed(text, region or gazetteer.government, found, None),)
    facility = next((m for m in found if m.kind == "facility"), None)
    if facility is not None:
        area = _area_of(facility, gazetteer)
        if area:
            return (_detailed(text, area, found, None),)
    if hint and found:
        return (_detailed(text, hint, found, None),)
    above = [m.codes[0] for m in found if m.kind == "regency"]
    if above and len(found) == len(above) and all("." not in code for code in above):
        why = Text("Hanya menyebut provinsi.", "Names only the province.")
        return (Place(text, PlaceGrade.REGENCY, above[0], why=why),)
    if any(m.kind in ("regency", "all", "street", "facility") for m in found):
        return (_detailed(text, gazetteer.government or None, found, None),)
    if _says_all(text):
        return (Place(text, PlaceGrade.REGENCY, gazetteer.government or None),)
    return (Place(text, PlaceGrade.NONE, why=_UNKNOWN),)


def _area_of(facility: Mention, gazetteer: Gazetteer) -> str | None:
    """A health centre, school or market carries the name of its district or village.

    Short names must be spelt exactly: many carry the name of a place that is neither, and some
    such names differ in one letter from a village elsewhere ("Cikaro", "Ciaro").
    """
    kind, _, name = facility.text.partition(" ")
    if kind not in ("puskesmas", "pustu", "pasar", "sdn", "smpn", "poskesdes", "rsud"):
        return None
    key = compact(re.sub(r"\s*\d+$", "", name))
    if kind == "rsud":
        return _area_of_hospital(name.split(), gazetteer)
    for index in (gazetteer.districts, gazetteer.villages):
        codes = index.get(key, ())
        if len(codes) == 1:
            return codes[0]
    if len(key) >= _LONG_NAME:
        near = gazetteer.district(name) or gazetteer.village(name)
        return near[0] if len(near) == 1 else None
    return None


def _area_of_hospital(name: Sequence[str], gazetteer: Gazetteer) -> str | None:
    """A hospital ends in its area's name, spelt exactly: "RSUD Bedas Cimaung"."""
    for cut in range(len(name)):
        key = compact(" ".join(name[cut:]))
        for index in (gazetteer.districts, gazetteer.villages):
            codes = index.get(key, ())
            if len(codes) == 1:
                return codes[0]
    return None


def _says_all(text: str) -> bool:
    return bool(
        re.search(r"\b(semua|seluruh|tersebar|se-?(kota|kabupaten)|wilayah)\b", text, re.IGNORECASE)
    )


def _detailed(text: str, region: str | None, part: Sequence[Mention], why: Text | None) -> Place:
    """The place with its inner details, graded by the firmest of them."""
    rw = tuple(dict.fromkeys(m.text for m in part if m.kind == "rw"))
    rt = tuple(dict.fromkeys(m.text for m in part if m.kind == "rt"))
    hamlet = next((m.text for m in part if m.kind == "hamlet"), None)
    street = next((m.text for m in part if m.kind == "street"), None)
    facility = next((m.text for m in part if m.kind == "facility"), None)
    depth = region.count(".") if region else -1
    grade = {-1: PlaceGrade.NONE, 0: PlaceGrade.REGENCY, 1: PlaceGrade.REGENCY,
             2: PlaceGrade.DISTRICT, 3: PlaceGrade.VILLAGE}[depth]  # fmt: skip
    if depth == 3 and (rw or hamlet):
        grade = PlaceGrade.HAMLET
    if depth >= 2 and (street or facility):
        grade = PlaceGrade.STREET
    return Place(text, grade, region, rw, rt, hamlet, street, facility, why=why)
