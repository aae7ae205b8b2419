"""A nation in a folder: the same bytes on every backend, levels compared, memory bounded."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from rakorsus.engine import analyse, schema
from rakorsus.engine.backends import Folder, Local, analyse_nation
from rakorsus.engine.backends.government import Partition, analyse_government
from rakorsus.engine.backends.inorder import in_order
from rakorsus.engine.backends.packing import frame_bytes, frame_of, pack, unpack
from rakorsus.engine.contract import to_line
from rakorsus.engine.places import regions_of
from rakorsus.synth.nation import government, write

TODAY = date(2025, 7, 1)
FILES = ("findings.jsonl", "expected.jsonl", "programs.parquet")


class Here:
    """One task after the other in this process."""

    def map(self, function, tasks):
        return map(function, tasks)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Folder:
    path = tmp_path_factory.mktemp("nation")
    for _ in write(path, 7_000, seed=5, words="test", governments=4):
        pass
    found = Folder.of(path)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def expected_bytes(folder, tmp_path_factory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("here")
    analyse_nation(folder, out, Here(), today=TODAY)
    return {name: (out / name).read_bytes() for name in FILES}


@pytest.mark.parametrize("workers", [1, 2])
def test_local_processes_give_the_same_bytes(folder, expected_bytes, tmp_path, workers):
    analyse_nation(folder, tmp_path, Local(workers), today=TODAY)
    assert {name: (tmp_path / name).read_bytes() for name in FILES} == expected_bytes


def test_a_dask_cluster_of_two_workers_gives_the_same_bytes(folder, expected_bytes, tmp_path):
    distributed = pytest.importorskip("distributed")
    from rakorsus.engine.backends.dask import Dask

    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True
    ) as cluster:
        analyse_nation(folder, tmp_path, Dask(cluster.scheduler_address), today=TODAY)
    assert {name: (tmp_path / name).read_bytes() for name in FILES} == expected_bytes


def test_one_government_is_analysed_as_it_is_alone(folder):
    code = folder.provinces[0]
    head, parts = unpack(analyse_government(Partition(str(folder.path), code, TODAY)))
    alone = analyse(folder.programs(code), folder.agencies(code), regions_of(code), today=TODAY)
    lines = [to_line(f, alone.agency_names) for f in alone.findings]
    assert parts["findings"].decode().splitlines() == lines
    assert head["findings"] == len(lines) == sum(head["kinds"].values())
    assert head["lines"] == folder.programs(code).height


def test_every_line_is_in_the_programs_in_the_order_of_governments(folder, expected_bytes):
    programs = pl.read_parquet(expected_bytes["programs.parquet"])
    assert programs["government"].unique(maintain_order=True).to_list() == list(folder.governments)
    assert programs.height == 7_000
    assert dict(programs.schema) == dict(schema.PROGRAMS)


def test_findings_name_only_lines_that_exist_and_a_government_of_their_own(folder, expected_bytes):
    programs = pl.read_parquet(expected_bytes["programs.parquet"])
    keys = set(programs["key"])
    for line in expected_bytes["findings.jsonl"].decode().splitlines():
        assert {f"{p['source']}:{p['id']}" for p in json.loads(line)["programs"]} <= keys


def _line(key: str, government: str, agency: str, title: str, place: str, start, end) -> dict:
    source, _, number = key.partition(":")
    return {
        "key": key, "source": source, "id": number, "level": "paket", "government": government,
        "year": 2025, "agency": agency, "package": number, "title": title, "budget": 187_350_000,
        "start": start, "end": end, "places": [place], "status": "planned",
        "method": "Pengadaan Langsung",
    }  # fmt: skip


def _nation_of(path: Path, *lines: dict) -> Folder:
    for code in {line["government"] for line in lines}:
        mine = [line for line in lines if line["government"] == code]
        agencies = [
            {"code": line["agency"], "name": "Dinas Pekerjaan Umum", "kind": "opd",
             "government": code, "active": True}
            for line in mine[:1]
        ]  # fmt: skip
        tables = {
            "programs": (mine, schema.PROGRAMS),
            "agencies": (agencies, schema.AGENCIES),
        }
        for table, (rows, columns) in tables.items():
            (path / table).mkdir(exist_ok=True)
            schema.conform(pl.DataFrame(rows), columns).write_parquet(
                path / table / f"{code}.parquet"
            )
    found = Folder.of(path)
    assert found is not None
    return found


def test_a_province_that_builds_what_its_regency_builds_is_found_once(tmp_path):
    start, end = date(2025, 5, 5), date(2025, 7, 20)
    agency = "1.03.0.00.0.00.03.0000"
    title, place = "Pembangunan Drainase Lingkungan RW 04", "RW 04 Desa Sayati Kec. Margahayu"
    nation = _nation_of(
        tmp_path,
        _line("paket_penyedia:1", "32", agency, title, place + " Kab. Bandung", start, end),
        _line("paket_penyedia:2", "32.04", agency, title, place, start, end),
        _line("paket_penyedia:3", "32.73", agency, title, "RW 04 Kel. Cipedes", start, end),
    )
    heads = {head["government"]: head for head in
             analyse_nation(nation, tmp_path / "out", Here(), today=TODAY).heads}  # fmt: skip
    told = (tmp_path / "out" / "findings.jsonl").read_text(encoding="utf-8")
    found = [json.loads(line) for line in told.splitlines()]
    across = [f for f in found if len(f["programs"]) > 1]
    assert [f["kind"] for f in across] == ["duplicate"]
    told = {(p["id"], p["agency"], p["agency_name"]) for p in across[0]["programs"]}
    assert told == {
        ("1", f"{agency}@32", "Dinas Pekerjaan Umum Provinsi Jawa Barat"),
        ("2", agency, "Dinas Pekerjaan Umum"),
    }
    assert heads["32"]["kinds"].get("duplicate", 0) == 0
    assert heads["32.04"]["kinds"]["duplicate"] == 1
    assert heads["32.04"]["lines"] == 1


def test_a_folder_laid_out_otherwise_is_no_nation(tmp_path):
    assert Folder.of(tmp_path) is None
    (tmp_path / "programs").mkdir()
    (tmp_path / "programs" / "tahun2025.parquet").write_bytes(b"")
    assert Folder.of(tmp_path) is None


def test_a_folder_knows_its_newest_day(folder):
    days = [
        day
        for code in folder.governments
        for day in government_days(folder.programs(code))
        if day is not None
    ]
    assert folder.newest() == max(days)


def government_days(programs: pl.DataFrame) -> list[date | None]:
    return [programs["announced"].max(), programs["contract_date"].max()]


class _Done:
    def __init__(self, value: bytes) -> None:
        self.value = value

    def result(self) -> bytes:
        return self.value


def test_results_in_order_and_no_more_under_way_than_the_window():
    under_way, most = set(), 0

    def submit(task: int) -> _Done:
        nonlocal most
        under_way.add(task)
        most = max(most, len(under_way))
        return _Done(str(task).encode())

    got = []
    for result in in_order(submit, range(40), 5):
        got.append(int(result))
        under_way.discard(int(result))
    assert got == list(range(40))
    assert most <= 6


def test_packed_and_unpacked():
    head, parts = {"a": 1, "n": "é"}, {"x": b"\n\x00", "y": b"", "z/1": b"zz"}
    assert unpack(pack(head, parts)) == (head, parts)
    frame = government("73.71", 1_000).programs
    assert frame_of(frame_bytes(frame)).equals(frame)
    assert frame_bytes(frame) == frame_bytes(frame.clone())
