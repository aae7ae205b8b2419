"""The kinds of paper that stages have declared, with what they say before anybody sets them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

PATTERN = "{klasifikasi}/{urut}/{unit}/{bulan}/{tahun}"


@dataclass(frozen=True)
class Kind:
    """A kind of paper.

    Attributes:
        key: its name in addresses and in the database.
        code: class code of the matter (klasifikasi arsip), a default for the settings.
        series: papers of one series share a counter; letters have theirs, decrees theirs.
        nature: the default of "Sifat", empty where the form has none.
        bases: legal bases, one a line ("Dasar", "Mengingat").
        cc: copies to, one a line ("Tembusan").
    """

    key: str
    name: str | Promise
    code: str = "000"
    pattern: str = PATTERN
    series: str = "surat"
    nature: str = ""
    bases: str = ""
    cc: str = ""


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Declare a kind; declaring the same again changes nothing.

    Raises:
        ValueError: another kind has that key.
    """
    if _KINDS.setdefault(kind.key, kind) != kind:
        raise ValueError(f"two kinds of paper are called {kind.key}")


def kind_of(key: str) -> Kind:
    """Raises KeyError when no stage declared it."""
    return _KINDS[key]


def kinds() -> list[Kind]:
    """In the order in which stages declared them."""
    return list(_KINDS.values())
