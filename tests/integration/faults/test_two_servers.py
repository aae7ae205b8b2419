"""Two machines on one PostgreSQL: people act through both at the same moment. Each machine is
`rakorsus serve` with its own home; of two who act at once one wins, both machines show it, the log
stays whole, screens hear of what the other machine wrote, and every job runs once."""

from __future__ import annotations

import re
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests import postgresql
from tests.faults import clients
from tests.faults.sites import Site
from tests.faults.visitors import Answer, Stream, program

pytestmark = pytest.mark.xdist_group("two_servers")


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> Iterator[tuple[Site, Site]]:
    with postgresql.server() as url:
        if url is None:
            pytest.skip("no PostgreSQL server programs")
        base = tmp_path_factory.mktemp("machines")
        one = Site(base / "a", url)
        one.fill()
        two = Site(base / "b", url, beside=one)
        two.city = one.city
        one.start()
        two.start()
        try:
            one.wait()
            two.wait()
            yield one, two
        finally:
            one.stop()
            two.stop()


def together(*works: Callable[[], Answer]) -> list[Answer]:
    """All at one moment."""
    gate, found = threading.Barrier(len(works)), [Answer(0, b"")] * len(works)

    def run(place: int, work: Callable[[], Answer]) -> None:
        gate.wait(60)
        found[place] = work()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return found


def statuses(found: list[Answer]) -> list[int]:
    return sorted(answer.status for answer in found)


def test_of_two_who_settle_one_desk_through_both_one_wins_and_both_see_it(sites) -> None:
    one, two = sites
    chair, leader = one.visitor("bappeda"), two.visitor("pimpinan")
    for desk, version in one.city["desks"]:
        path = f"/rapat/acara/{desk}/"
        told: dict[str, Any] = {"kind": "merge", "owner": one.city["roads"], "version": version,
                                "owner_post": "Kepala Bidang", "due": "2022-04-15"}  # fmt: skip
        found = together(
            lambda p=path, t=told: chair.form(f"{p}hasil/", text="Kata Bappeda", **t),
            lambda p=path, t=told: leader.form(f"{p}hasil/", text="Kata Pimpinan", **t),
        )
        assert statuses(found) == [302, 409]
        assert "baru saja diputuskan oleh" in next(a.text for a in found if a.status == 409)
        won, lost = "Kata Bappeda", "Kata Pimpinan"
        if found[0].status == 409:
            won, lost = lost, won
        for reader in (one.visitor("bappeda"), two.visitor("bappeda")):
            shown = reader.get(path).text
            assert won in shown
            assert lost not in shown
    desks = len(one.city["desks"])
    assert one.know("Outcome.objects.count()") == desks
    assert two.know("Event.objects.filter(action='meeting.settle').count()") == desks


def test_a_mandate_votes_once_however_many_machines_it_asks(sites) -> None:
    one, two = sites
    mandate = one.city["mandates"]["pimpinan"]
    left, right = one.visitor("pimpinan"), two.visitor("pimpinan")
    hall = f"/balai/{one.city['meeting']}/tindakan/"
    *pages, by_key = one.city["resolutions"]
    for resolution in pages:
        key = str(uuid.uuid4())
        data = {"resolution": resolution, "mandate": mandate, "choice": "no"}
        together(
            lambda r=resolution: left.form(
                f"/rapat/keputusan/{r}/suara/", mandate=mandate, choice="yes"
            ),
            lambda k=key, d=data: right.post(hall, {"key": k, "name": "vote", "data": d}),
            lambda r=resolution: right.form(
                f"/rapat/keputusan/{r}/suara/", mandate=mandate, choice="abstain"
            ),
        )
    assert one.know(f"Ballot.objects.filter(resolution__in={pages}).count()") == len(pages)
    act = {"key": str(uuid.uuid4()), "name": "vote",
           "data": {"resolution": by_key, "mandate": mandate, "choice": "yes"}}  # fmt: skip
    found = together(*[lambda who=who: who.post(hall, act) for who in (left, right, left, right)])
    assert statuses(found) == [200] * 4, [a.text for a in found]
    assert len({answer.json["n"] for answer in found}) == 1
    refused = "action='meeting.refused', kind='meeting.resolution'"
    assert one.know(f"Event.objects.filter({refused}, object_id='{by_key}').count()") == 0
    counts = one.know(
        "[Ballot.objects.count(), Act.objects.filter(name='vote').count(),"
        " Event.objects.filter(action='meeting.vote').count()]"
    )
    assert counts == [len(pages) + 1] * 3
    numbers = one.know("list(Act.objects.order_by('number').values_list('number', flat=True))")
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_guest_enters_once_by_two_doors(sites) -> None:
    one, two = sites
    left, right = one.visitor("sekretariat"), two.visitor("sekretariat")
    path = f"/rapat/{one.city['meeting']}/masuk/"
    guests = one.city["guests"][:12]
    for guest in guests[:4]:  # two devices
        found = together(
            lambda g=guest: left.script(path, participant=g, client=f"kiri-{g}"),
            lambda g=guest: right.script(path, participant=g, client=f"kanan-{g}"),
        )
        assert statuses(found) == [200, 409]
        assert "sudah dipakai masuk" in next(a.text for a in found if a.status == 409)
    for guest in guests[4:8]:  # one device, whose first answer was lost
        found = together(
            lambda g=guest: left.script(path, participant=g, client=f"satu-{g}"),
            lambda g=guest: right.script(path, participant=g, client=f"satu-{g}"),
        )
        assert statuses(found) == [200, 200]
    for guest in guests[8:]:  # one by one, and with the whole delegation
        found = together(
            lambda g=guest: left.script(path, participant=g, client=f"kiri-{g}"),
            lambda: right.form(f"{path}serentak/", participant=guests),
        )
        assert found[1].status == 302, found[1].text[:400]
        assert found[0].status in (200, 409)
    row = {"group": "press", "post": "Wartawan (contoh)", "institution": "Koran", "client": "w-1"}
    for _ in range(3):
        row["client"] += "1"
        found = together(*[
            lambda who=who, r=dict(row): who.script(f"{path}tanpa-undangan/", **r)
            for who in (left, right, left, right)
        ])  # fmt: skip
        assert statuses(found) == [200] * 4, [a.text for a in found]
    assert one.know("Participant.objects.filter(walk_in=True).count()") == 3
    came = two.know("list(Attendance.objects.values_list('participant', flat=True))")
    assert len(came) == len(set(came)) == len(guests) + 3
    for reader in (left, right):
        assert f'name="participant" value="{guests[0]}"' not in reader.get(path).text


def test_of_two_who_amend_one_line_one_is_told_that_it_has_changed(sites) -> None:
    one, two = sites
    left, right = one.visitor("pu"), two.visitor("bappeda")
    for key in one.city["lines"]:
        path = f"{program(key)}ubah/"
        forms = [filled(who.get(path).text) for who in (left, right)]
        assert forms[0] == forms[1]
        found = together(
            lambda p=path, f=forms[0]: left.form(p, **f | {"volume": "7 m", "reason": "Ukur"}),
            lambda p=path, f=forms[1]: right.form(
                p, **f | {"beneficiaries": "Warga RW", "reason": "Data"}
            ),
        )
        assert statuses(found) == [200, 302]
        assert "baru saja mengubahnya" in next(a.text for a in found if a.status == 200)
        said = [re.search("7 m|Warga RW", who.get(program(key)).text) for who in (left, right)]
        assert [s and s[0] for s in said] == ["7 m" if found[0].status == 302 else "Warga RW"] * 2
    lines = len(one.city["lines"])
    assert one.know("Event.objects.filter(action='register.amend').count()") == lines


def filled(page: str) -> dict[str, str]:
    """What stands in the page's form, with what is hidden in it."""
    form: str = re.search(r'<form method="post" class="stack">(.*?)</form>', page, re.S)[1]
    found = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="(\w+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] != "csrfmiddlewaretoken":
            found[name[1]] = value[1] if value else ""
    areas = re.findall(r'<textarea name="(\w+)"[^>]*>\n?(.*?)</textarea>', form, re.S)
    return found | dict(areas)


def test_screens_of_one_machine_hear_what_the_other_one_wrote(sites) -> None:
    one, _two = sites
    meeting, guest = one.city["meeting"], one.city["guests"][-1]
    readers = [site.visitor("sekretariat") for site in sites]
    streams = [Stream(who.stream(f"door:{meeting}", f"order:{meeting}")) for who in readers]
    try:
        for stream in streams:
            stream.wait(lambda events: len(events) >= 2)
        before = [len(stream.events) for stream in streams]
        answer = readers[0].script(f"/rapat/{meeting}/masuk/", participant=guest, client="aliran-1")
        assert answer.status == 200
        for stream, seen in zip(streams, before, strict=True):
            news = stream.wait(lambda events, n=seen: len(events) > n, 15)[seen:]
            assert [e["topic"] for e in news] == [f"door:{meeting}"]
            assert f"Undangan {len(one.city['guests']) - 1} (contoh)" in news[0]["body"]
    finally:
        for stream in streams:
            stream.close()


def test_every_job_runs_once_and_both_machines_work(sites) -> None:
    one, two = sites
    chairs = [one.visitor("bappeda"), two.visitor("bappeda")]
    edge = uuid.uuid4().hex
    batches = []
    for number in range(1, 9):
        body = (
            f'--{edge}\r\nContent-Disposition: form-data; name="files"; '
            f'filename="muatan-{number}.csv"\r\nContent-Type: text/csv\r\n\r\n'
            f"{clients.lines(number)}\r\n--{edge}--\r\n"
        ).encode()
        found = together(*[
            lambda who=who, b=body: who.ask("POST", "/api/v1/imports", b,
                                    Content_Type=f"multipart/form-data; boundary={edge}")
            for who in chairs
        ])  # fmt: skip
        assert {a.status for a in found} <= {200, 201, 202, 409}, [a.text for a in found]
        batches += [a.json["uuid"] for a in found if a.status != 409]
    together(*[lambda who=who: who.form("/temuan/analisis/jalankan/") for who in chairs])
    state = "dict(Counter(DBTaskResult.objects.values_list('status', flat=True)))"
    for _ in range(60):
        states = one.know(state)
        if not {"READY", "RUNNING"} & set(states):
            break
    failed = one.know("list(DBTaskResult.objects.filter(status='FAILED')"
                      ".values_list('task_path', 'traceback'))")  # fmt: skip
    assert set(states) == {"SUCCESSFUL"}, failed
    jobs = one.know("list(DBTaskResult.objects.values_list('task_path', 'worker_ids'))")
    assert [job for job in jobs if len(job[1]) != 1] == []
    assert len({workers[0] for _, workers in jobs}) == 2, Counter(w[0] for _, w in jobs)
    done = one.know("dict(Counter(ImportBatch.objects.values_list('state', flat=True)))")
    assert done == {"done": len(batches)}
    looked = one.run("-c", _EXACTLY_ONCE)
    assert looked.split() == ["[]"], looked
    daily = one.know("list(DailyRun.objects.values_list('task', 'attempts', 'state'))")
    assert daily
    assert len({task for task, _, _ in daily}) == len(daily)
    assert {(attempts, state) for _, attempts, state in daily} == {(1, "done")}


#: Of every message exactly one job
_EXACTLY_ONCE = """
import django; django.setup()
from tests.faults import checking
print([job for job, by in checking.offsets().items() if by])
"""


def test_the_log_is_whole_after_all_of_it(sites) -> None:
    for site in sites:
        assert "rantai utuh" in site.audit()
