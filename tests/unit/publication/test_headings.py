"""Headings of articles from what desks are called: short, whole words, no sums."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakorsus.stages.publication.drafts import HEADING, heading


@pytest.mark.parametrize(
    ("title", "short"),
    [
        (
            "Dinas Pekerjaan Umum dan Dinas Perumahan merencanakan 2 paket drainase di RW 1, "
            "Kelurahan Pampang, seluruhnya Rp368 juta. Periksa apakah objeknya satu.",
            "Dinas Pekerjaan Umum dan Dinas Perumahan merencanakan 2 paket drainase di RW 1, "
            "Kelurahan Pampang",
        ),
        ("Bentrok di Jl. Batua Raya Kel. Batua", "Bentrok di Jl. Batua Raya Kel. Batua"),
    ],
)
def test_the_first_sentence_without_the_sum(title: str, short: str) -> None:
    assert heading(title) == short


@given(st.text(max_size=400))
def test_never_longer_and_only_words_of_the_title(title: str) -> None:
    made = heading(title)
    assert len(made) <= HEADING
    assert heading(made) in made
