import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from rakorsus.engine.intake.cutting import cut, delimiter_of

_CELL = st.text(alphabet=st.sampled_from('ab ,;"\n1é'), max_size=6)
_TABLE = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(_CELL, min_size=width, max_size=width), min_size=1, max_size=12)
)


@given(_TABLE)
def test_sound_csv_is_cut_as_the_standard_reader_cuts_it(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    result = cut(text.getvalue(), ",")
    assert [cells for _, cells in result.rows] == rows
    assert (result.broken, result.repaired) == ([], [])


@given(st.lists(st.tuples(st.integers(0, 99), st.text('ab",', max_size=8)), min_size=1, max_size=9))
def test_backslash_before_quotes_is_mended(rows):
    lines = ["a,b,c", *(f'{n},"{t.replace(chr(34), chr(92) + chr(34))}",z' for n, t in rows)]
    result = cut("\n".join(lines), ",")
    assert [cells for _, cells in result.rows][1:] == [[str(n), t, "z"] for n, t in rows]
    assert result.repaired == [i for i, (_, t) in enumerate(rows, 2) if '"' in t]


def test_a_cell_that_ends_in_a_backslash_is_read_plainly():
    result = cut('a,b\n"C:\\dir\\",2\n"say \\"hi\\"",3\n', ",")
    assert [c for _, c in result.rows] == [["a", "b"], ["C:\\dir\\", "2"], ['say "hi"', "3"]]


def test_an_open_quote_breaks_its_own_row_only():
    lines = ["a,b,c", "1,2,3", '4,"open,6', *(f"{i},x,y" for i in range(1000))]
    result = cut("\n".join(lines), ",")
    assert [n for n, _ in result.broken] == [3]
    assert len(result.rows) == 1002
    assert result.rows[-1] == (1003, ["999", "x", "y"])


def test_short_and_long_rows_are_broken_and_the_rest_read():
    result = cut("a;b;c\n1;2;3\n1;2\n1;2;3;4\n1;2;3;;\n5;6;7\n", ";")
    assert [n for n, _ in result.broken] == [3, 4]
    assert [c for _, c in result.rows][1:] == [["1", "2", "3"], ["1", "2", "3"], ["5", "6", "7"]]


def test_delimiters():
    assert delimiter_of(["a;b;c\n", "1,5;2;3\n"]) == ";"
    assert delimiter_of(["a\tb\n", "1\t2\n"]) == "\t"
    assert delimiter_of(["sep=|\n", "a|b\n"]) == "|"
    assert delimiter_of(['"x, y",b\n', '"1, 2",3\n']) == ","
