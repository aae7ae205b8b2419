"""The door: archives, names, sizes. No database."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from rakorsus.stages.intake import archives, originals
from rakorsus.stages.intake.limits import Limits


def zipped(members: dict[str, bytes], **options) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    target.seek(0)
    return target


@given(st.text(max_size=300))
def test_a_stored_name_is_plain_whatever_was_uploaded(name: str) -> None:
    safe = originals.safe_name(name)
    assert safe
    assert len(safe) <= 80
    assert all(c.isascii() and (c.isalnum() or c in "._-") for c in safe)
    assert not safe.startswith((".", "-"))
    assert ".." not in safe.split("/")
    shown = originals.display_name(name)
    assert shown
    assert shown.isprintable()
    assert "/" not in shown


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\Renja 2025.xlsx", "Renja-2025.xlsx"),
        ("DPA – Dinas Pendidikan (perubahan).XLSX", "DPA-Dinas-Pendidikan-perubahan.XLSX"),
        (".htaccess", "htaccess"),
        ("", "berkas"),
    ],
)
def test_names_lose_their_folders(name: str, safe: str) -> None:
    assert originals.safe_name(name) == safe


def test_members_come_out_with_their_names(tmp_path) -> None:
    source = zipped({"a/satu.csv": b"1", "__MACOSX/a/._satu.csv": b"x", "a/.DS_Store": b"x"})
    assert archives.is_archive(source)
    assert [(n, p.read_bytes()) for n, p in archives.unpack(source, tmp_path, Limits())] == [
        ("a/satu.csv", b"1")
    ]


def test_a_spreadsheet_is_not_unpacked() -> None:
    assert not archives.is_archive(zipped({"[Content_Types].xml": b"<x/>", "xl/a.xml": b"<x/>"}))
    assert not archives.is_archive(zipped({"mimetype": b"application/vnd.oasis"}))
    assert not archives.is_archive(ContentFile(b"kode;nama\n1;a\n"))


def test_a_member_cannot_leave_the_folder(tmp_path) -> None:
    inner = tmp_path / "in"
    inner.mkdir()
    list(archives.unpack(zipped({"../../out.csv": b"1"}), inner, Limits()))
    assert [p.name for p in tmp_path.iterdir()] == ["in"]


def test_a_bomb_stops_at_its_declared_size(tmp_path) -> None:
    bomb = zipped({"a.csv": b"0" * 5_000_000})
    assert len(bomb.getvalue()) < 10_000
    with pytest.raises(archives.BadArchive, match="lebih dari"):
        list(archives.unpack(bomb, tmp_path, Limits(unpacked=1_000_000)))
    assert sum(p.stat().st_size for p in tmp_path.iterdir()) == 0


def test_a_bomb_that_lies_about_its_size_stops_at_its_real_one(tmp_path) -> None:
    content = bytearray(zipped({"a.csv": b"0" * 5_000_000}).getvalue())
    true = (5_000_000).to_bytes(4, "little")
    small = (10).to_bytes(4, "little")
    lying = bytes(content).replace(true, small)
    assert lying != bytes(content)
    with pytest.raises(archives.BadArchive):
        list(archives.unpack(io.BytesIO(lying), tmp_path, Limits(unpacked=1_000_000)))
    assert sum(p.stat().st_size for p in tmp_path.iterdir()) <= 2_000_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped({}).getvalue(), None),
        (b"PK\x03\x04" + b"\0" * 200, None),
        (zipped({f"{n}.csv": b"1" for n in range(5)}).getvalue(), "5 berkas"),
    ],
)
def test_bad_archives_are_told(tmp_path, content: bytes, words: str | None) -> None:
    source = io.BytesIO(content)
    if words is None:
        assert not archives.is_archive(source)
        return
    with pytest.raises(archives.BadArchive, match=words) as caught:
        list(archives.unpack(source, tmp_path, Limits(files=3)))
    assert caught.value.reason.en


def test_a_member_whose_packing_is_damaged_is_told(tmp_path) -> None:
    whole = bytearray(zipped({"a.csv": b"kode;nama\n" * 50}).getvalue())
    start = 30 + len("a.csv")
    whole[start : start + 8] = b"\xff" * 8
    with pytest.raises(archives.BadArchive, match="rusak"):
        list(archives.unpack(io.BytesIO(bytes(whole)), tmp_path, Limits()))
