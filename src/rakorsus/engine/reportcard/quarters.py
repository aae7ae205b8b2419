"""Quarters of a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """`Quarter(2022, 3)`: July to September 2022, written `2022-3`."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """`2022-3`, `2022Q3`, `2022-TW3`.

        Raises:
            ValueError: the text says no quarter.
        """
        match = re.fullmatch(r"(\d{4})\s*[-/ ]?\s*(?:q|tw|t)?\s*([1-4])", text.strip().lower())
        if match is None:
            raise ValueError(f"{text!r}: 2022-3")
        return cls(int(match[1]), int(match[2]))

    @property
    def begins(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def ends(self) -> date:
        """Its last day."""
        return self.next.begins - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        return (
            Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)
        )

    @property
    def before(self) -> Quarter:
        return (
            Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)
        )

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"
