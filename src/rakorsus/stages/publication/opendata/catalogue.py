"""The catalogue of a release in DCAT 3, as JSON-LD and as Turtle, from one list of statements.

A dataset is a table; its distributions are its files with byte size and checksum; its variables
are described by CSVW columns. `dct:conformsTo` names the reference codes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils import translation

from rakorsus.stages.publication.models import Release
from rakorsus.stages.publication.opendata.kinds import XSD, Table

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
MEDIA: Final = {
    "csv": "text/csv", "json": "application/json", "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
}  # fmt: skip
PREFIXES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/", "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "csvw": "http://www.w3.org/ns/csvw#",
    "skos": "http://www.w3.org/2004/02/skos/core#", "adms": "http://www.w3.org/ns/adms#",
}  # fmt: skip
_IANA: Final = "http://www.iana.org/assignments/media-types/"
_ANNUAL: Final = "http://publications.europa.eu/resource/authority/frequency/IRREG"


@dataclass(frozen=True)
class Literal:
    value: str
    language: str = ""
    type: str = ""  # "xsd:dateTime"


@dataclass(frozen=True)
class Node:
    """A resource by its address, or one of the release's own nodes."""

    address: str


Statement = tuple[str, str, Literal | Node]  # subject, predicate, object


@dataclass(frozen=True)
class Site:
    """Addresses of the site: `page(name, *arguments)` and who publishes."""

    page: Callable[..., str]
    publisher: str


def statements(release: Release, tables: dict[str, Table], site: Site) -> Iterator[Statement]:
    """Everything the catalogue says, as triples with prefixed predicates."""
    home, office = site.page("data"), site.page("home") + "#penerbit"
    at = Literal(_moment(release.at), type="xsd:dateTime")
    yield home, "rdf:type", Node("dcat:Catalog")
    yield from _words(home, "dct:title", "Data terbuka koordinasi program",
                      "Open data of program coordination")  # fmt: skip
    yield from _words(home, "dct:description", "Register program, keputusan, dan kerja sama "
                      "menurut rilis.", "Register of programs, decisions and agreements by "
                      "release.")  # fmt: skip
    yield home, "dct:publisher", Node(office)
    yield home, "dct:license", Node(LICENCE)
    yield home, "dct:modified", at
    yield home, "dct:language", Literal("id")
    yield home, "foaf:homepage", Node(site.page("home"))
    yield office, "rdf:type", Node("foaf:Agent")
    yield office, "foaf:name", Literal(site.publisher, "id")
    for kept in release.tables.all():
        table = tables.get(kept.name)
        if table is None:
            continue
        dataset = site.page("table", kept.name)
        yield home, "dcat:dataset", Node(dataset)
        yield dataset, "rdf:type", Node("dcat:Dataset")
        yield dataset, "dct:identifier", Literal(f"{kept.name}-{release.number}")
        yield from _both(dataset, "dct:title", table.label)
        yield from _both(dataset, "dct:description", table.description)
        yield dataset, "dct:publisher", Node(office)
        yield dataset, "dct:license", Node(LICENCE)
        yield dataset, "dct:issued", at
        yield dataset, "dct:modified", at
        yield dataset, "dct:accrualPeriodicity", Node(_ANNUAL)
        yield dataset, "dct:language", Literal("id")
        yield dataset, "adms:versionNotes", Literal(release.note or f"Rilis {release.number}", "id")
        yield dataset, "dcat:version", Literal(str(release.number))
        for word in table.keywords:
            yield dataset, "dcat:keyword", Literal(word, "id")
        for code in sorted({_text(c.classification, "id") for c in table.columns
                            if _text(c.classification, "id").startswith("Kode")}):  # fmt: skip
            standard = f"{dataset}#acuan-{abs(_hash(code))}"
            yield dataset, "dct:conformsTo", Node(standard)
            yield standard, "rdf:type", Node("dct:Standard")
            yield standard, "dct:title", Literal(code, "id")
        for number, column in enumerate(table.columns, 1):
            variable = f"{dataset}#{column.name}"
            yield dataset, "csvw:column", Node(variable)
            yield variable, "rdf:type", Node("csvw:Column")
            yield variable, "csvw:name", Literal(column.name)
            yield variable, "csvw:datatype", Literal(XSD[column.kind])
            yield variable, "dct:identifier", Literal(str(number), type="xsd:integer")
            yield from _both(variable, "skos:prefLabel", column.concept)
            yield from _both(variable, "skos:definition", column.definition)
            if column.classification:
                yield from _both(variable, "skos:scopeNote", column.classification)
        for kind, file in kept.files.items():
            address = site.page("file", release.number, kept.name, kind)
            yield dataset, "dcat:distribution", Node(address)
            yield address, "rdf:type", Node("dcat:Distribution")
            yield address, "dcat:downloadURL", Node(address)
            yield address, "dcat:accessURL", Node(dataset)
            yield address, "dcat:mediaType", Node(_IANA + MEDIA[kind])
            yield address, "dcat:byteSize", Literal(str(file["size"]),
                                                    type="xsd:nonNegativeInteger")  # fmt: skip
            yield address, "dct:license", Node(LICENCE)
            check = f"{address}#sha256"
            yield address, "spdx:checksum", Node(check)
            yield check, "rdf:type", Node("spdx:Checksum")
            yield check, "spdx:algorithm", Node("spdx:checksumAlgorithm_sha256")
            yield check, "spdx:checksumValue", Literal(file["sha256"], type="xsd:hexBinary")


def as_turtle(found: Iterator[Statement]) -> str:
    """Turtle, subjects together in the order in which they are first named."""
    lines = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    by_subject: dict[str, list[str]] = {}
    for subject, predicate, value in found:
        verb = "a" if predicate == "rdf:type" else predicate
        by_subject.setdefault(subject, []).append(f"    {verb} {_term(value)}")
    for subject, said in by_subject.items():
        lines.append(f"\n<{subject}>\n" + " ;\n".join(said) + " .")
    return "\n".join(lines) + "\n"


def as_jsonld(found: Iterator[Statement]) -> str:
    """JSON-LD with the same statements."""
    nodes: dict[str, dict[str, Any]] = {}
    for subject, predicate, value in found:
        node = nodes.setdefault(subject, {"@id": subject})
        if predicate == "rdf:type":
            node["@type"] = value.address if isinstance(value, Node) else value.value
            continue
        node.setdefault(predicate, []).append(_json(value))
    graph = list(nodes.values())
    return json.dumps({"@context": PREFIXES, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _json(value: Literal | Node) -> dict[str, str]:
    if isinstance(value, Node):
        return {"@id": value.address}
    found = {"@value": value.value}
    if value.language:
        found["@language"] = value.language
    if value.type:
        found["@type"] = value.type
    return found


def _term(value: Literal | Node) -> str:
    if isinstance(value, Node):
        return value.address if _prefixed(value.address) else f"<{value.address}>"
    text = json.dumps(value.value, ensure_ascii=False)
    if value.language:
        return f"{text}@{value.language}"
    return f"{text}^^{value.type}" if value.type else text


def _prefixed(address: str) -> bool:
    name, _, rest = address.partition(":")
    return name in PREFIXES and not rest.startswith("//")


def _both(subject: str, predicate: str, words: Any) -> Iterator[Statement]:
    indonesian, english = _text(words, "id"), _text(words, "en")
    yield subject, predicate, Literal(indonesian, "id")
    if english != indonesian:
        yield subject, predicate, Literal(english, "en")


def _words(subject: str, predicate: str, indonesian: str, english: str) -> Iterator[Statement]:
    yield subject, predicate, Literal(indonesian, "id")
    yield subject, predicate, Literal(english, "en")


def _text(words: Any, language: str) -> str:
    with translation.override(language):
        return str(words)


def _hash(text: str) -> int:
    """The same number for the same text in every process."""
    import zlib

    return zlib.crc32(text.encode())


def _moment(value: datetime) -> str:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ")
