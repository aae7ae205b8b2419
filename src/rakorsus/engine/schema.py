"""The columns of the tables that travel through the engine, and nothing else.

`conform` holds any frame to one of them: missing columns become nulls, types are cast, order is
fixed, and what cannot be cast is refused. A column that is not listed does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl
from polars.datatypes import DataType, DataTypeClass

Schema = Mapping[str, DataType | DataTypeClass]

PROGRAMS: Final[Schema] = {
    "key": pl.String,  # "source:id", unique, never null
    "source": pl.String,  # records.Source
    "id": pl.String,  # the file's own key
    "level": pl.String,  # records.Level
    "government": pl.String,  # region code of the government: "73.71", "32.04"
    "year": pl.Int32,
    "agency": pl.String,  # agency code, key of AGENCIES, never null
    "parent": pl.String,  # key of the line above (package -> sub kegiatan -> kegiatan -> program)
    "package": pl.String,  # kd_rup: what announcement, contract and plan share
    "code": pl.String,  # nomenclature code with dots, "1.03.02.2.01.0001"
    "account": pl.String,  # rekening, "5.2.03.01.01.0001"
    "fund": pl.String,
    "method": pl.String,  # how it is procured
    "title": pl.String,  # never null
    "description": pl.String,
    "output": pl.String,  # indicator of the output
    "target": pl.Float64,
    "unit": pl.String,
    "volume": pl.String,  # as written: "1 Paket", "120 m"
    "beneficiaries": pl.String,  # sasaran, as written
    "budget": pl.Int64,  # whole rupiah
    "contract_value": pl.Int64,
    "realised": pl.Int64,
    "start": pl.Date,  # planned execution
    "end": pl.Date,
    "tender_start": pl.Date,  # planned selection of the provider
    "tender_end": pl.Date,
    "announced": pl.Date,  # what happened
    "contract_date": pl.Date,
    "contract_start": pl.Date,
    "contract_end": pl.Date,
    "status": pl.String,  # records.Status
    "status_text": pl.String,  # as written
    "places": pl.List(pl.String),  # as written
    "geometry": pl.String,  # WKT in degrees, when the file has it
    "tags": pl.List(pl.String),
    "strategic": pl.Boolean,
    "owner": pl.String,  # the post in charge, never a personal number
    "document": pl.String,  # what the file is: "RUP 2025", "Renja 2024", "RKPD 2022 murni"
    "file": pl.String,
    "sheet": pl.String,
    "row": pl.Int32,
}

AGENCIES: Final[Schema] = {
    "code": pl.String,
    "name": pl.String,
    "short": pl.String,
    "kind": pl.String,  # records.AgencyKind
    "parent": pl.String,
    "successor": pl.String,  # the agency that took over after a reorganisation
    "region": pl.String,  # the area of a kecamatan or kelurahan office
    "government": pl.String,
    "active": pl.Boolean,
    "budget": pl.Int64,  # total of the agency's own budget structure, when a file gives it
}

REGIONS: Final[Schema] = {
    "code": pl.String,  # "73.71.01.1001"
    "name": pl.String,
    "level": pl.Int8,  # records.RegionLevel
    "parent": pl.String,
    "kind": pl.String,  # kota | kabupaten | kecamatan | kelurahan | desa | provinsi
    "lon": pl.Float64,  # centre point, when known
    "lat": pl.Float64,
    "geometry": pl.String,  # WKT boundary, when a file gives it
}

TARGETS: Final[Schema] = {
    "id": pl.String,
    "title": pl.String,  # sasaran
    "indicator": pl.String,
    "unit": pl.String,
    "baseline": pl.Float64,
    "target": pl.Float64,
    "year": pl.Int32,
    "budget": pl.Int64,
    "code": pl.String,  # program or sub kegiatan code that serves it, when the document says so
    "agency": pl.String,
    "document": pl.String,
}

DECIDED: Final[Schema] = {  # what decisions changed and newer files do not say
    "key": pl.String,
    "source": pl.String,
    "id": pl.String,
    "agency": pl.String,
    "title": pl.String,
    "money": pl.Int64,
    "start": pl.Date,
    "end": pl.Date,
    "label": pl.String,  # how the decision is cited: "Keputusan 3/2022"
    "document": pl.String,  # the file or document that does not say it
    "field": pl.String,  # column of PROGRAMS, or "*" for a whole new line
    "decided": pl.String,  # JSON
    "said": pl.String,  # JSON
    "gone": pl.Boolean,  # the document does not have the line at all
}

NOMENCLATURE: Final[Schema] = {
    "government_kind": pl.String,  # PROV | KABKOT: the code is unique only together with it
    "code": pl.String,
    "level": pl.String,  # affair | program | kegiatan | sub_kegiatan
    "title": pl.String,
    "output": pl.String,  # kinerja
    "indicator": pl.String,
    "unit": pl.String,
    "tags": pl.List(pl.String),
    "definition": pl.String,
    "executor": pl.String,
    "spm": pl.Boolean,
    "kind": pl.String,
    "predecessor": pl.String,
}

PLACES: Final[Schema] = {  # programs exploded by place, made by places.locate
    "key": pl.String,
    "text": pl.String,
    "grade": pl.Int8,  # records.PlaceGrade
    "region": pl.String,
    "rw": pl.List(pl.String),
    "rt": pl.List(pl.String),
    "hamlet": pl.String,
    "street": pl.String,
    "facility": pl.String,
    "lon": pl.Float64,
    "lat": pl.Float64,
}


def empty(schema: Schema) -> pl.DataFrame:
    """A frame with the schema's columns and no rows."""
    return pl.DataFrame(schema=dict(schema))


def conform(frame: pl.DataFrame, schema: Schema) -> pl.DataFrame:
    """The frame with exactly the schema's columns, in its order and types; absent ones are null.

    Raises:
        polars.exceptions.InvalidOperationError: a value cannot be cast to its column's type.
    """
    return frame.select(
        (pl.col(name).cast(dtype) if name in frame.columns else pl.lit(None, dtype).alias(name))
        for name, dtype in schema.items()
    )
