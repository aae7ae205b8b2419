"""The real planning files, read and analysed once for all tests that need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl
import pytest
from tests.real import DATA

from rakorsus.engine import Findings, analyse
from rakorsus.engine.analysis import opened
from rakorsus.engine.context import Context
from rakorsus.engine.intake import join, read_paths
from rakorsus.engine.rules import Rules


@dataclass(frozen=True)
class Bandung:
    programs: pl.DataFrame
    agencies: pl.DataFrame
    regions: pl.DataFrame
    targets: pl.DataFrame
    nomenclature: pl.DataFrame
    result: Findings

    def opened(self) -> Context:
        """The context of the analysis, to ask its rules one by one."""
        return opened(
            self.programs,
            self.agencies,
            self.regions,
            self.targets,
            Rules(nomenclature=self.nomenclature),
            today=date(2025, 10, 10),
            places=self.result.places,
        )

    def again(self, order: int, only: list[str] | None = None) -> Findings:
        """The same analysis with the lines in another order, or for some lines only."""
        return analyse(
            self.programs.sample(fraction=1.0, shuffle=True, seed=order),
            self.agencies,
            self.regions,
            self.targets,
            Rules(nomenclature=self.nomenclature),
            today=date(2025, 10, 10),
            only=only,
            places=self.result.places,
        )


@pytest.fixture(scope="session")
def bandung() -> Bandung:
    """Kabupaten Bandung 2025 with the national nomenclature, as `rakorsus analyse` sees them."""
    picture = join(read_paths([DATA / "rup-bandung-2025", DATA / "nomenklatur"]))
    result = analyse(
        picture.programs,
        picture.agencies,
        picture.regions,
        picture.targets,
        Rules(nomenclature=picture.nomenclature),
        today=date(2025, 10, 10),
    )
    return Bandung(
        picture.programs,
        picture.agencies,
        picture.regions,
        picture.targets,
        picture.nomenclature,
        result,
    )
