"""JSON in its usual forms (a list, {"data": [...]}, one object a line) and GeoJSON, as columns."""

from __future__ import annotations

import json
from typing import Any

from rakorsus.engine.intake.limits import Limits
from rakorsus.engine.intake.table import Broken, Table, cell_text, text_frame, unique_names
from rakorsus.engine.intake.trouble import Unreadable, broken, too_large
from rakorsus.engine.records import Text

_WRAPPERS = ("data", "rows", "records", "result", "results", "items", "list", "payload")


def read_json(text: str, limits: Limits) -> Table:
    """The records of a JSON text as one table; rows count from 1.

    Raises:
        Unreadable: no JSON, or no list of records in it.
    """
    wrecks: list[Broken] = []
    try:
        content = json.loads(text)
    except RecursionError as error:
        raise too_large("Kedalaman JSON", "The nesting of the JSON", "1000") from error
    except ValueError as error:
        records = _lines(text, wrecks)
        if records is None:
            raise broken("JSON") from error
        return _table(records, wrecks, limits)
    if isinstance(content, dict) and content.get("type") == "FeatureCollection":
        return _features(content, limits)
    listed = _listed(content)
    if listed is None:
        raise Unreadable(
            Text(
                "JSON ini tidak memuat daftar data. Muat berkas yang berisi daftar (array) objek.",
                "This JSON holds no list of records. Load a file with an array of objects.",
            )
        )
    return _table(list(enumerate(listed, 1)), wrecks, limits)


def _listed(content: Any, depth: int = 0) -> list[Any] | None:
    if isinstance(content, list):
        return content
    if not isinstance(content, dict) or depth > 2:
        return None
    for name in _WRAPPERS:
        if name in content and (found := _listed(content[name], depth + 1)) is not None:
            return found
    lists = [v for v in content.values() if isinstance(v, list) and v and isinstance(v[0], dict)]
    return max(lists, key=len) if lists else None


def _lines(text: str, wrecks: list[Broken]) -> list[tuple[int, Any]] | None:
    """One object a line; None when the text is not of that form."""
    records: list[tuple[int, Any]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            records.append((number, json.loads(line)))
        except (ValueError, RecursionError):
            wrecks.append(Broken(number, {}, _BROKEN_LINE))
        if number >= 3 and len(wrecks) > len(records):
            return None
    return records if len(records) > len(wrecks) else None


def _table(records: list[tuple[int, Any]], wrecks: list[Broken], limits: Limits) -> Table:
    if len(records) > limits.rows:
        raise too_large("Jumlah baris", "The number of rows", limits.rows)
    wrecks += [Broken(n, {}, _NO_OBJECT) for n, r in records if not isinstance(r, dict)]
    good = [(n, r) for n, r in records if isinstance(r, dict)]
    keys: dict[str, None] = {}
    for _, record in good:
        keys.update(dict.fromkeys(record))
    if len(keys) > limits.columns:
        raise too_large("Jumlah kolom", "The number of columns", limits.columns)
    columns = [[cell_text(record.get(key)) for _, record in good] for key in keys]
    frame = text_frame(unique_names(str(k) for k in keys), columns, [n for n, _ in good])
    return Table("", frame, broken=tuple(sorted(wrecks, key=lambda w: w.row)))


def _features(content: dict[str, Any], limits: Limits) -> Table:
    features = content.get("features")
    records = []
    for feature in features if isinstance(features, list) else []:
        inside = feature.get("properties") if isinstance(feature, dict) else None
        row = dict(inside) if isinstance(inside, dict) else {}
        row["geometry"] = feature.get("geometry") if isinstance(feature, dict) else None
        records.append(row)
    table = _table(list(enumerate(records, 1)), [], limits)
    return table.having(hint="batas_wilayah")


_BROKEN_LINE = Text(
    "Baris JSON ini rusak. Unduh ulang dari sumbernya.",
    "This line of JSON is broken. Download it again from its source.",
)
_NO_OBJECT = Text(
    "Isi daftar ini bukan objek data. Perbaiki berkas JSON-nya.",
    "This entry of the list is no record. Mend the JSON file.",
)
