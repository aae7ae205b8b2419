"""Column names as written, made comparable."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """A column's name for comparison: lower case ASCII words joined by `_`.

    `"Kode Sub\\nKegiatan "` and `kode_sub_kegiatan` are one; `SUBKEGIATAN` and `sub_kegiatan` are
    joined too, as files spell both.
    """
    flat = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    flat = re.sub(r"[^a-z0-9]+", "_", flat).strip("_")
    return flat.replace("sub_kegiatan", "subkegiatan").replace("sub_giat", "subgiat")
