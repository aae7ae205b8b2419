"""What others do to find pairs of alike lines, as the functions that benches ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl
from scipy import sparse

from rakorsus.engine.pairs.blocks import similar

Pairs = dict[tuple[int, int], float]  # rows, the smaller first, with how alike they are


def characters(texts: Sequence[str]) -> sparse.csr_array:
    """TF-IDF of character 2- to 4-grams inside words, rows of length one (scikit-learn)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    maker = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32
    )
    return sparse.csr_array(maker.fit_transform(texts))


def in_blocks(titles: Sequence[str], blocks: Iterable[Sequence[int]], least: float) -> Pairs:
    """Character TF-IDF compared inside blocks only."""
    rows = characters(titles)
    return {(p.left, p.right): p.similarity for p in similar(rows, blocks, least)}


def everywhere(texts: Sequence[str], top: int = 20, least: float = 0.5) -> Pairs:
    """string_grouper's way: character 3-grams of all lines against all, the nearest few kept, by
    sparse-dot-topn."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    rows = TfidfVectorizer(analyzer="char", ngram_range=(3, 3), dtype=np.float32)
    matrix = rows.fit_transform(texts).tocsr()
    near = sparse.coo_array(
        sp_matmul_topn(matrix, matrix.T.tocsr(), top_n=top, threshold=least, sort=True, n_threads=1)
    )
    found = zip(near.coords[0].tolist(), near.coords[1].tolist(), near.data.tolist(), strict=True)
    return {(min(a, b), max(a, b)): value for a, b, value in found if a != b}


def token_sets(titles: Sequence[str], blocks: Iterable[Sequence[int]], least: float) -> Pairs:
    """rapidfuzz: token set ratio inside blocks."""
    from rapidfuzz.fuzz import token_set_ratio
    from rapidfuzz.process import cdist

    found: Pairs = {}
    for block in blocks:
        members = sorted(set(block))
        if len(members) < 2:
            continue
        part = [titles[i] for i in members]
        values = cdist(part, part, scorer=token_set_ratio, score_cutoff=100 * least, workers=1)
        for x, y in np.argwhere(np.triu(values, k=1) > 0).tolist():
            found[members[x], members[y]] = float(values[x, y]) / 100
    return found


def splink_pairs(table: pl.DataFrame, least: float = 0.01) -> Pairs:
    """Splink on DuckDB: `table` has `unique_id`, `title`, `words` (list), `village`, `district`,
    `rw`, `month`, `agency`; unknown parameters are learnt from the lines themselves.

    Tuned by hand: words as overlap of arrays, titles by Jaro-Winkler, the place by RW inside the
    village, the period by its month; blocked by village and by kecamatan with a first word.
    """
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("title", [0.95, 0.85, 0.7]),
            cl.ArrayIntersectAtSizes("words", [4, 3, 2, 1]),
            cl.ExactMatch("rw"),
            cl.ExactMatch("month"),
            cl.ExactMatch("agency"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("village"),
            block_on("district", "list_extract(words, 1)"),
        ],
    )
    database = DuckDBAPI()
    linker = Linker(database.register(table.to_arrow()), settings)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("village", "rw", "list_extract(words, 1)")], recall=0.5
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("village", "rw"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("title"))
    made = linker.inference.predict(threshold_match_probability=least).as_duckdbpyrelation()
    rows = made.select("unique_id_l, unique_id_r, match_weight").fetchall()
    return {(min(a, b), max(a, b)): float(weight) for a, b, weight in rows}
