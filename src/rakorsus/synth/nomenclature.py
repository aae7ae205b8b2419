"""The part of the national nomenclature that the demonstration uses: codes and titles only.

Source: Kepmendagri 900.1.15.5-1317/2023 on the nomenclature of regional planning (public decree).
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Activity(NamedTuple):
    code: str
    title: str
    unit: str
    kegiatan: str
    program: str


@cache
def nomenclature() -> dict[str, Activity]:
    """Sub kegiatan by code; support program 01 stands under X.XX."""
    text = (files("rakorsus.synth.makassar") / "nomenklatur.csv").read_text(encoding="utf-8")
    return {row["code"]: Activity(**row) for row in csv.DictReader(text.splitlines())}
