"""DOCX by python-docx, from the same content as the PDF."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any, Final

import segno
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell

Target = Any  # a document, a cell, a footer: whatever takes paragraphs
_ALIGN: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_SIZES: Final = {"a4": (21.0, 29.7), "f4": (21.5, 33.0)}
_STEP: Final = 1.1
_NARROWEST: Final = 1.2  # centimetres of a column
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def docx(data: dict[str, Any], address: str, digest: str) -> bytes:
    """The paper as DOCX."""
    book = Document()
    _page(book, data)
    _style(book)
    book.core_properties.title = data["title"]
    book.core_properties.author = data["signer"]
    _footer(book, data, address, digest)
    if data["letterhead"]:
        _letterhead(book, data)
    for block in data["blocks"]:
        _SHOW[block["type"]](book, block)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _page(book: Target, data: dict[str, Any]) -> None:
    section = book.sections[0]
    wide, high = _SIZES.get(data["paper"], _SIZES["a4"])
    if data["landscape"]:
        wide, high = high, wide
        section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(wide), Cm(high)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2)
    section.top_margin, section.bottom_margin = Cm(1.6), Cm(2.5)


def _style(book: Target) -> None:
    normal = book.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(11.5)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.space_before = Pt(0)
    for name in ("Heading 1", "Heading 2"):
        style = book.styles[name]
        style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(11.5), True
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), "")
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)


def _footer(book: Target, data: dict[str, Any], address: str, digest: str) -> None:
    foot = book.sections[0].footer
    first = foot.paragraphs[0]
    if address:
        code = io.BytesIO()
        segno.make(address, error="m").save(code, kind="png", scale=6, border=1)
        code.seek(0)
        first.add_run().add_picture(code, height=Cm(1.5))
        words = (
            f"  Nomor {data['number']}. Salinan yang dapat disunting; yang berlaku adalah PDF. "
            f"Periksa keaslian: {address}. SHA-256 isi: {digest}"
        )
    else:
        words = "Rancangan: belum bernomor dan belum diterbitkan." if data["draft"] else ""
    _run(first, words, size=7.5)
    second = foot.add_paragraph()
    second.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(second, "Halaman ", size=7.5)
    _field(second, "PAGE")
    _run(second, " dari ", size=7.5)
    _field(second, "NUMPAGES")


def _field(paragraph: Target, name: str) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(7.5)
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _letterhead(book: Target, data: dict[str, Any]) -> None:
    last = len(data["letterhead"]) - 1
    for number, line in enumerate(data["letterhead"]):
        size = 16 if number == last and last else 13
        _paragraph(book, line.upper(), "center", bold=True, size=size, after=0)
    made = _paragraph(book, data["address"], "center", size=9.5, after=10)
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "thinThickSmallGap"), ("sz", "24"), ("space", "4")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    made._p.get_or_add_pPr().append(borders)


def _run(paragraph: Target, text: str, *, bold: bool = False, size: float | None = None) -> None:
    """The text with its line breaks; `add_run` makes `w:br` of line feeds and escapes the rest."""
    run = paragraph.add_run(text)
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)


def _paragraph(
    target: Target,
    text: str,
    align: str = "justify",
    *,
    bold: bool = False,
    size: float | None = None,
    after: float | None = None,
    left: float = 0,
) -> Any:
    made = target.add_paragraph()
    made.alignment = _ALIGN[align]
    if after is not None:
        made.paragraph_format.space_after = Pt(after)
    if left:
        made.paragraph_format.left_indent = Cm(left)
    _run(made, text, bold=bold, size=size)
    return made


def _title(book: Target, b: dict[str, Any]) -> None:
    head = book.add_heading(level=1)
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(head, "\n".join(b["lines"]).upper(), bold=True, size=12.5)
    if b["number"]:
        _paragraph(book, f"NOMOR: {b['number']}", "center")
    for line in b["about"]:
        _paragraph(book, line, "center", bold=True, after=2)
    _paragraph(book, "", after=2)


def _heading(book: Target, b: dict[str, Any]) -> None:
    _run(book.add_heading(level=2), b["text"], bold=True)


def _text(book: Target, b: dict[str, Any]) -> None:
    made = _paragraph(
        book, b["text"], b["align"], bold=b["bold"], size=9.5 if b["small"] else None,
        left=b["indent"] * _STEP,
    )  # fmt: skip
    if b["first"]:
        made.paragraph_format.first_line_indent = Cm(1.25)


def _facts(book: Target, b: dict[str, Any]) -> None:
    right = b["right"]
    grid = _grid(book, (3.2, 0.4, 7.4, 5.5) if right else (4.2, 0.4, 11.9))
    for number, (label, value) in enumerate(b["rows"]):
        cells = grid.add_row().cells
        for cell, text in zip(cells, (label, ":", value), strict=False):
            _cell(cell, text)
        if right and number == 0:
            _cell(cells[3], right, "right")
    _indent(grid, b["indent"])
    _paragraph(book, "", after=0)


def _listing(book: Target, b: dict[str, Any]) -> None:
    for number, item in enumerate(b["items"]):
        _entry(book, _number(b["style"], number), item, b["indent"] * _STEP)


def _entry(target: Target, mark: str, text: str, left: float) -> None:
    made = _paragraph(target, f"{mark}\t{text}", left=left + 0.75, after=3)
    made.paragraph_format.first_line_indent = Cm(-0.75)
    made.paragraph_format.tab_stops.add_tab_stop(Cm(left + 0.75))


def _number(style: str, number: int) -> str:
    if style == "a." and number < len(_LETTERS):
        return f"{_LETTERS[number]}."
    return f"{number + 1}." if style in ("1.", "a.") else "•"


def _clauses(book: Target, b: dict[str, Any]) -> None:
    grid = _grid(book, (3.7, 0.4, 12.4))
    label, colon, inside = grid.add_row().cells
    _cell(label, b["label"])
    _cell(colon, ":")
    _drop_first(inside)
    for number, item in enumerate(b["items"]):
        if b["style"]:
            _entry(inside, _number(b["style"], number), item, 0)
        else:
            _paragraph(inside, item, after=3)
    if not b["items"]:
        inside.add_paragraph()


def _drop_first(cell: _Cell) -> None:
    """Take away the empty paragraph that a new cell has."""
    first = cell.paragraphs[0]._p
    first.getparent().remove(first)


def _table(book: Target, b: dict[str, Any]) -> None:
    if not b["rows"]:
        _paragraph(book, b["empty"], "left")
        return
    section = book.sections[0]
    whole = (section.page_width - section.left_margin - section.right_margin) / 360000
    grid = _grid(book, _widths(b["widths"], whole), style="Table Grid")
    _air(grid)
    size = 9 if b["small"] else 10
    head = grid.add_row()
    for cell, text in zip(head.cells, b["heads"], strict=True):
        _cell(cell, text, "center", bold=True, size=size)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    head._tr.get_or_add_trPr().append(repeat)
    for row in b["rows"]:
        made = grid.add_row()
        if b["tall"]:
            made.height = Cm(0.95)
        for place, (cell, text) in enumerate(zip(made.cells, row, strict=True)):
            _cell(cell, text, "center" if place in b["centered"] else "left", size=size)
    _paragraph(book, "", after=2)


def _widths(asked: Sequence[float], whole: float) -> tuple[float, ...]:
    """Centimetres of columns: the shares that are asked for, none narrower than a short heading."""
    share = whole / sum(asked)
    narrow = [share * w < _NARROWEST for w in asked]
    left = whole - _NARROWEST * sum(narrow)
    wide = sum(w for w, n in zip(asked, narrow, strict=True) if not n)
    return tuple(_NARROWEST if n else left * w / wide for w, n in zip(asked, narrow, strict=True))


def _air(grid: Any) -> None:
    """A little space above and below what stands in the cells."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), "40")
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    grid._tbl.tblPr.append(margins)


def _signatures(book: Target, b: dict[str, Any]) -> None:
    signers = b["signers"]
    one = len(signers) == 1
    if b["lead"]:
        _paragraph(book, b["lead"], "center")
    if b["date"] and not one:
        _paragraph(book, b["date"], "right")
    columns = 2 if one else min(b["columns"], len(signers))
    grid = _grid(book, (16.5 / columns,) * columns)
    rows = -(-len(signers) // columns)
    cells = [cell for _n in range(rows) for cell in grid.add_row().cells]
    for cell, signer in zip(cells[1:] if one else cells, signers, strict=False):
        above = [b["date"]] if one and b["date"] else []
        above += [signer["above"]] if signer["above"] else []
        _cell(cell, "\n".join([*above, signer["post"] + ","]), "center")
        _paragraph(cell, "\n\n", after=0)
        name = signer["name"] or "................................"
        _paragraph(cell, name, "center", bold=bool(signer["name"]), after=0)
        rest = [signer["rank"]] if signer["rank"] else []
        rest += [f"NIP {signer['nip']}"] if signer["nip"] else []
        if rest:
            _paragraph(cell, "\n".join(rest), "center")


def _attachment(book: Target, b: dict[str, Any]) -> None:
    text = f"{b['title']}\nNomor : {b['number']}\nTanggal : {b['date']}"
    made = _paragraph(book, text, "left", left=8)
    made.paragraph_format.page_break_before = True


def _seats(book: Target, b: dict[str, Any]) -> None:
    _paragraph(book, b["front"], "center", bold=True)
    for name, row in zip(b["names"], b["rows"], strict=True):
        grid = _grid(book, (1.5, *(24 / max(len(row), 1),) * len(row)), style="Table Grid")
        cells = grid.add_row().cells
        _cell(cells[0], name, size=8)
        for cell, seat in zip(cells[1:], row, strict=True):
            _cell(cell, seat, "center", size=7)
        _paragraph(book, "", after=0, size=4)


def _code(book: Target, b: dict[str, Any]) -> None:
    code = io.BytesIO()
    segno.make(b["text"], error="m").save(code, kind="png", scale=6, border=1)
    code.seek(0)
    made = book.add_paragraph()
    made.add_run().add_picture(code, height=Cm(2.6))
    _paragraph(book, b["caption"], "left", bold=True, size=9.5, after=0)
    _paragraph(book, f"{b['note']}\n{b['text']}", "left", size=9.5)


def _space(book: Target, b: dict[str, Any]) -> None:
    for _line in range(b["lines"]):
        _paragraph(book, "", after=0)


def _grid(book: Target, widths: tuple[float, ...], style: str | None = None) -> Any:
    grid = book.add_table(rows=0, cols=len(widths))
    if style:
        grid.style = style
    grid.autofit = False
    grid.alignment = WD_TABLE_ALIGNMENT.LEFT
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Cm(width)
    grid._widths = widths
    add = grid.add_row

    def add_row() -> Any:
        row = add()
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
        return row

    grid.add_row = add_row
    return grid


def _indent(grid: Any, steps: int) -> None:
    if not steps:
        return
    place = OxmlElement("w:tblInd")
    place.set(qn("w:w"), str(int(steps * _STEP * 567)))
    place.set(qn("w:type"), "dxa")
    grid._tbl.tblPr.append(place)


def _cell(
    cell: _Cell, text: str, align: str = "left", *, bold: bool = False, size: float | None = None
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = _ALIGN[align]
    paragraph.paragraph_format.space_after = Pt(2)
    _run(paragraph, text, bold=bold, size=size)


_SHOW: Final[dict[str, Callable[[Any, dict[str, Any]], None]]] = {
    "title": _title,
    "heading": _heading,
    "paragraph": _text,
    "facts": _facts,
    "listing": _listing,
    "clauses": _clauses,
    "table": _table,
    "signatures": _signatures,
    "attachment": _attachment,
    "seats": _seats,
    "code": _code,
    "space": _space,
}
