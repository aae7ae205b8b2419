"""The city of the proof: two agencies with a duplicate between them, a third that has no part in
it, everybody's roles, and one record of every kind, each the first agency's where it has an owner.

`build` makes all of it in the transaction that runs; its functions are those that pages call.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.integration.decisions.conftest import DRAIN, LANE, merging
from tests.integration.decisions.helper import taken
from tests.integration.findings.conftest import HEALTH, HOUSING, ROADS, duplicates, line
from tests.integration.intake.test_pages import made as batch_of
from tests.integration.meeting.conftest import at
from tests.integration.meeting.test_before import deck
from tests.integration.publication.conftest import agreement_of, photo

from rakorsus.documents.models import Letterhead, Signatory
from rakorsus.engine import schema
from rakorsus.hall.models import Draft, Hall, SyncRequest
from rakorsus.people import actions as people
from rakorsus.people import actor as actors
from rakorsus.people import apikeys
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.stages.decisions import actions as decisions
from rakorsus.stages.findings import actions as findings
from rakorsus.stages.findings.models import Finding, Taken
from rakorsus.stages.findings.models import Trial as RuleTrial
from rakorsus.stages.followup import actions as followup
from rakorsus.stages.followup.actions import feeds, letters, watching
from rakorsus.stages.followup.models import EarlyWarning
from rakorsus.stages.intake.models import ColumnMapping
from rakorsus.stages.meeting import actions as meetings
from rakorsus.stages.meeting.links import token_of
from rakorsus.stages.meeting.models import (
    AgendaItem,
    Brief,
    Material,
    Meeting,
    Participant,
    Question,
    Resolution,
    Session,
    SpeakerRequest,
)
from rakorsus.stages.meeting.planning import Wishes
from rakorsus.stages.publication import actions as publication
from rakorsus.stages.register.actions import Frames, publish
from rakorsus.stages.register.actions.readers import save_view
from rakorsus.stages.register.models import Nomenclature, Program, Region

#: Words that stand in one record each -> who must never read them, in whatever they open.
EXCLUDED = "Pengadaan Sandi Ruang Kendali"
UNPUBLISHED = "Konsep yang belum disetujui"
SETTLED = "Satu paket oleh Dinas PU"
SIGNING = "Layanan kota di ruang virtual"
ASIDE = "sejuta0"
KEPT: dict[str, tuple[str, ...]] = {
    EXCLUDED: ("anonymous", "guest"),  # the government's own people see it
    UNPUBLISHED: ("anonymous", "guest", "own", "other", "administrator"),
    SETTLED: ("anonymous",),
    SIGNING: ("anonymous", "guest", "own", "other"),
    ASIDE: ("anonymous", "guest", "other", "leader", "secretariat"),
}
PASSWORD = "jembatan-kembar-17"
BASE = "http://testserver/"
JOB = actors.system("job")

#: Who looks: user name -> role, agency. `own` and `other` say whose records the city's are.
READERS: dict[str, tuple[str, str | None]] = {
    "guest": (Role.GUEST, HEALTH),
    "own": (Role.PLANNER, ROADS),
    "other": (Role.PLANNER, HEALTH),
    "leader": (Role.LEADER, None),
    "secretariat": (Role.SECRETARIAT, None),
    "coordinator": (Role.COORDINATOR, None),
    "administrator": (Role.ADMINISTRATOR, None),
}


@dataclass
class City:
    users: dict[str, User]
    agencies: dict[str, Agency]
    #: what stands in an address up to and with an argument -> what is filled in
    fill: dict[str, Any]


def page(user: User) -> actors.Actor:
    return actors.of_user(user, "page")


def build() -> City:
    _register()
    findings.analyse_register(actors.system("cli"))
    agencies = {a.code: a for a in Agency.objects.all()}
    users = {n: _person(n, role, agencies.get(c or "")) for n, (role, c) in READERS.items()}
    users["partner"] = _person("partner", Role.PLANNER, agencies[HOUSING])
    city = City(users, agencies, {})
    watching.look(JOB)
    found = Finding.objects.get(kind="duplicate")
    _findings(city, found)
    meeting, desk = _meeting(city)
    _day(city, meeting, desk)
    _decisions(city, desk, found)
    _followup(city, desk)
    _published(city, meeting)
    _intake(city)
    _hall(city, meeting, desk)
    _people(city)
    return city


def _register() -> None:
    late = line(77, ROADS, "Pembangunan Jalan Lingkungan", "Kel. Pampang", method="Tender",
                tender_start=date(2022, 1, 10), budget=900_000_000)  # fmt: skip
    clinic = line(88, HEALTH, "Rehabilitasi Puskesmas Batua", "Kel. Batua")
    hidden = line(99, ROADS, EXCLUDED, "Kel. Pampang", budget=77_000_000)
    offices = [(ROADS, "Dinas Pekerjaan Umum"), (HOUSING, "Dinas Perumahan"),
               (HEALTH, "Dinas Kesehatan")]  # fmt: skip
    rows = [{"code": c, "name": n, "kind": "opd", "active": True} for c, n in offices]
    frames = Frames(
        programs=pl.DataFrame([*duplicates(1), late, clinic, hidden], dict(schema.PROGRAMS)),
        agencies=schema.conform(pl.DataFrame(rows), schema.AGENCIES),
    )
    publish(actors.system("cli"), frames, document="RUP 2022")
    Nomenclature.objects.create(code="1.03", title="Pekerjaan umum", level="affair")


def _person(name: str, role: str, agency: Agency | None) -> User:
    user = User.objects.create_user(name, f"{name}@contoh.invalid", PASSWORD, display_name=name)
    Membership.objects.create(user=user, role=role, agency=agency)
    return user


def _findings(city: City, found: Finding) -> None:
    own = page(city.users["own"])
    said = findings.comment(own, found, "Mohon gambar rencana.")
    proposal = findings.propose(own, found, city.agencies[ROADS], "Satu paket.")
    trial = RuleTrial.objects.create(by=city.users["coordinator"], values={},
                                     state=RuleTrial.State.DONE)  # fmt: skip
    taken_over = Taken.objects.create(name="Kota contoh", model={}, digest="0" * 64,
                                      by_name="x")  # fmt: skip
    view = save_view(own, "Drainase", "q=drainase")
    city.fill |= {
        "temuan/<int:pk>": found.pk,
        "temuan/unduh/<slug:kind>": "csv",
        "temuan/tanggapan/<int:pk>": said.pk,
        "temuan/usulan/<int:pk>": proposal.pk,
        "temuan/usulan/<int:pk>/<slug:what>": "tarik",
        "temuan/aturan/<str:name>": found.rule,
        "temuan/aturan/coba/<int:pk>": trial.pk,
        "temuan/aturan/coba/<int:pk>/<slug:what>": "buang",
        "temuan/pelajaran/ambil/<int:pk>": taken_over.pk,
        "program/unduh/<slug:kind>": "csv",
        "program/tampilan/<slug:slug>": view.slug,
        "program/versi/<int:number>": 1,
        "program/perangkat-daerah/<path:code>": ROADS,
        "program/wilayah/<str:code>": Region.objects.first().code,
        "program/nomenklatur/<str:code>": "1.03",
        "program/<key>": DRAIN,
        "api/v1/findings/<int:pk>": found.pk,
        "api/v1/programs/<path:key>": DRAIN,
        "api/v1/versions/<int:number>": 1,
    }


def _meeting(city: City) -> tuple[Meeting, AgendaItem]:
    by = page(city.users["coordinator"])
    made = meetings.create_meeting(
        by, "Rakorsus", usual=False, type="rakorsus", title="Rakorsus 2022", starts=at(8),
        ends=at(22), place="Makassar",
    )  # fmt: skip
    room = meetings.save_room(by, made, name="Ruang utama", capacity=80, tables=2, rows=4, seats=8)
    desks = meetings.save_session(by, made, None, kind=Session.Kind.DESKS, title="Meja",
                                  starts=at(13), ends=at(15), room=room)  # fmt: skip
    stage = meetings.save_session(by, made, None, kind=Session.Kind.PRESENTATIONS,
                                  title="Paparan", starts=at(19), ends=at(20))  # fmt: skip
    case = Finding.objects.filter(kind="duplicate").prefetch_related("sides__agency")
    meetings.add_cases(by, desks, case, 30)
    meetings.add_presenters(by, stage, Agency.objects.filter(code=ROADS), 7)
    trial = meetings.try_agenda(by, made, "Pertama", Wishes(tables=2, limit=10.0))
    meetings.adopt(by, trial)
    meetings.publish(by, made)
    desk = AgendaItem.objects.get(session=desks)
    talk = AgendaItem.objects.get(session=stage)
    secretary = page(city.users["secretariat"])
    rows = [{"group": "agencies", "rank": 500, "post": "Kepala Dinas", "institution": "Dinas PU",
             "agency": city.agencies[ROADS]}]  # fmt: skip
    meetings.add_participants(secretary, made, rows)
    guest = Participant.objects.get(meeting=made)
    slides = default_storage.save("paparan/1.pdf", ContentFile(deck(1)))
    Brief.objects.create(item=talk, issue="i", solution="s", in_charge="Kabid", slides=slides,
                         slides_name="paparan.pdf", slides_kind="pdf", pages=1, outline=["x"],
                         by_name="own")  # fmt: skip
    asked = Question.objects.create(item=talk, by=city.users["leader"], by_name="x", text="Kapan?")
    material = Material.objects.create(session=stage, title="Materi", file=slides, kind="pdf",
                                       pages=1, outline=["x"], by_name="x")  # fmt: skip
    paper = meetings.issue(secretary, made, "undangan", BASE, on=date(2022, 3, 8))
    head = Letterhead.objects.create(name="Kop contoh", lines="Pemerintah Kota")
    Signatory.objects.create(post="Sekretaris Daerah")
    token = token_of(guest)
    city.fill |= {
        "rapat/<int:pk>": made.pk,
        "rapat/<int:pk>/versi/<int:number>": 1,
        "rapat/<int:pk>/susun/pakai/<int:trial>": trial.pk,
        "rapat/sesi/<int:pk>": stage.pk,
        "rapat/ruang/<int:pk>": room.pk,
        "rapat/ruang/<int:pk>/denah.<slug:ending>": "pdf",
        "rapat/acara/<int:pk>": talk.pk,
        "rapat/acara/<int:pk>/catatan/<slug:field>": "discussion",
        "rapat/acara/<int:pk>/paparan/<int:page>": 1,
        "rapat/acara/<int:pk>/berita-acara.<slug:ending>": "docx",
        "rapat/acara/<int:pk>/catatan/": desk.pk,
        "rapat/acara/<int:pk>/hasil/": desk.pk,
        "rapat/acara/<int:pk>/berita-acara": desk.pk,
        "rapat/acara/<int:pk>/berita-acara/terbitkan/": desk.pk,
        "rapat/peserta/<int:pk>": guest.pk,
        "rapat/peserta/<int:pk>/undangan.<slug:ending>": "docx",
        "rapat/masuk/<str:token>": token,
        "rapat/u/<str:token>": token,
        "rapat/u/<str:token>/nilai/<int:session>": stage.pk,
        "rapat/u/<str:token>/materi/<int:pk>": material.pk,
        "rapat/u/<str:token>/undangan.<slug:ending>": "docx",
        "rapat/tanya/<int:pk>": asked.pk,
        "rapat/materi/<int:pk>": material.pk,
        "rapat/seri/<int:pk>": made.series_id,
        "rapat/<int:pk>/naskah/lembar-hadir.<slug:ending>": "docx",
        "rapat/<int:pk>/naskah/<slug:kind>": "notula",
        "rapat/<int:pk>/naskah/<slug:kind>.<slug:ending>": "docx",
        "rapat/<int:pk>/naskah/terbit/<str:key>": paper.key,
        "rapat/<int:pk>/naskah/terbit/<str:key>.<slug:ending>": "docx",
        "rapat/<int:pk>/notula.<slug:kind>": "json",
        "rapat/<int:pk>/hadir.<slug:kind>": "json",
        "periksa/<str:key>": paper.key,
        "pengaturan/naskah/jenis/<slug:key>": "undangan",
        "pengaturan/naskah/<slug:what>": "kop",
        "pengaturan/naskah/<slug:what>/<int:pk>": head.pk,
    }
    return made, desk


def _day(city: City, meeting: Meeting, desk: AgendaItem) -> None:
    by = page(city.users["coordinator"])
    speaker = SpeakerRequest.objects.create(
        meeting=meeting, by=city.users["own"], agency=city.agencies[ROADS], label="Dinas PU"
    )
    matter = Resolution.objects.create(
        meeting=meeting, title="Perkara contoh", text="Setuju atau tidak.", by_name="Ketua",
        state=Resolution.State.VOTING,
    )  # fmt: skip
    desk.refresh_from_db()
    meetings.settle(by, desk, desk.version, {
        "kind": "merge", "text": f"{SETTLED}.", "owner": city.agencies[ROADS],
        "owner_post": "Kepala Dinas PU", "due": date(2022, 3, 31),
    })  # fmt: skip
    city.fill |= {
        "rapat/bicara/<int:pk>": speaker.pk,
        "rapat/keputusan/<int:pk>": matter.pk,
        "rapat/keputusan/<int:pk>/<slug:what>": "suara",
    }


def _decisions(city: City, desk: AgendaItem, found: Finding) -> None:
    by = page(city.users["coordinator"])
    lines = {p.key: p for p in Program.objects.filter(key__in=[DRAIN, LANE])}
    outcome = desk.outcomes.get()
    draft = decisions.draft(by, merging(lines, outcome=outcome, finding=found))
    city.fill |= {"keputusan/<int:pk>": draft.pk, "api/v1/decisions/<int:pk>": draft.pk}


def _followup(city: City, desk: AgendaItem) -> None:
    item = followup.from_desk(JOB, desk)
    assert item is not None
    own = page(city.users["own"])
    sent = SimpleUploadedFile("berita acara.pdf", b"%PDF-1.7 berita acara", "application/pdf")
    kept = followup.add_evidence(own, item, sent)
    letter = letters.weekly_letter(JOB, date(2022, 3, 14))
    warning = EarlyWarning.objects.filter(agency__code=ROADS).first()
    assert warning is not None
    secret = feeds.make_link(own)
    city.fill |= {
        "tindak-lanjut/<int:pk>": item.pk,
        "tindak-lanjut/<int:pk>/bukti/<int:file>": kept.pk,
        "tindak-lanjut/kalender/<str:secret>": secret,
        "tindak-lanjut/surat/<int:pk>": letter.pk,
        "tindak-lanjut/surat/<int:pk>.<slug:ending>": "docx",
        "tindak-lanjut/peringatan/<int:pk>": warning.pk,
        "tindak-lanjut/rapor/<str:code>": ROADS,
        "api/v1/action-items/<int:pk>": item.pk,
        "api/v1/warnings/<pk>": warning.pk,
        "api/v1/cards/<quarter>": "2022-1",
    }


def _published(city: City, meeting: Meeting) -> None:
    editor, approver = page(city.users["secretariat"]), page(city.users["leader"])
    city.users["secretariat"].post = "Sekretaris Rakorsus"
    city.users["secretariat"].save()
    classed = publication.classify(page(city.users["coordinator"]), "program", "paket_penyedia:99",
                                   "dikecualikan", "Uji konsekuensi")  # fmt: skip
    release = publication.release(page(city.users["coordinator"]), "Pertama")
    outside = Agency.objects.create(code="L.09", name="Perusahaan contoh", kind="outside")
    agreement = agreement_of(city.users["secretariat"], outside)
    party = agreement.parties.get(position=2)
    milestone = publication.save_milestone(
        editor, agreement, None, [DRAIN], title="Purwarupa", due=date(2022, 6, 30), party=party,
    )  # fmt: skip
    picture = publication.store_picture(editor, photo())
    live = publication.begin(editor, "Drainase Pampang digabung", "Dua paket menjadi satu.")
    publication.save(editor, live, 1, body="Isi.", tags=["drainase"], picture=picture,
                     alternative="Sebuah bidang biru.", credit="Contoh")  # fmt: skip
    publication.submit(editor, live, 2)
    publication.approve(approver, live, 2)
    draft = publication.begin(editor, "Belum terbit", f"{UNPUBLISHED}.")
    city.fill |= {
        "kerja-sama/<slug:slug>": agreement.slug,
        "kerja-sama/<slug:slug>/naskah.<slug:ending>": "docx",
        "kerja-sama/<slug:slug>/pihak/<int:pk>": party.pk,
        "kerja-sama/<slug:slug>/tonggak/<int:pk>": milestone.pk,
        "publik/redaksi/berita/<int:pk>": draft.pk,
        "publik/redaksi/gambar/<slug:sha256>": picture.sha256,
        "publik/redaksi/kelas/<int:pk>": classed.pk,
        "api/v1/publication/articles/<slug>": live.slug,
        "api/v1/publication/releases/<int:number>": release.number,
    }
    for site in ("publik", "public"):
        city.fill |= {
            f"{site}/berita/<slug:slug>": live.slug,
            f"{site}/topik/<slug:kind>": "tag",
            f"{site}/topik/<slug:kind>/<str:value>": "drainase",
            f"{site}/gambar/<slug:sha256>": picture.sha256,
            f"{site}/gambar/<slug:sha256>/<slug:size>": "kecil",
            f"{site}/kerja-sama/<slug:slug>": agreement.slug,
            f"{site}/data/terbaru/<slug:name>": "program",
            f"{site}/data/terbaru/<slug:name>.<slug:kind>": "csv",
            f"{site}/data/<int:number>": release.number,
            f"{site}/data/<int:number>/<slug:name>": "program",
            f"{site}/data/<int:number>/<slug:name>.<slug:kind>": "csv",
            f"{site}/data/tabel/<slug:name>": "program",
            f"{site}/rilis/<int:number>": release.number,
        }


def _intake(city: City) -> None:
    batch = batch_of(city.users["own"])
    mapping = ColumnMapping.objects.create(signature="0" * 64, name="Contoh", by_name="x")
    city.fill |= {
        "impor/<uuid:uuid>": batch.pk,
        "impor/berkas/<int:pk>": batch.files.get().pk,
        "impor/pemetaan/<int:pk>": mapping.pk,
        "api/v1/imports/<uuid>": batch.pk,
    }


def _hall(city: City, meeting: Meeting, desk: AgendaItem) -> None:
    Hall.objects.get_or_create(meeting=meeting)
    drain, lane = Program.objects.get(key=DRAIN), Program.objects.get(key=LANE)
    draft = Draft.objects.create(program=drain, by=city.users["own"], by_name="own",
                                 start=date(2022, 6, 1), end=date(2022, 8, 1),
                                 state=Draft.State.values[-1])  # fmt: skip
    asked = SyncRequest.objects.create(meeting=meeting, program=lane, text="Kami juga di situ.",
                                       agency=city.agencies[ROADS], by_name="own")  # fmt: skip
    city.fill |= {
        "balai/<int:pk>": meeting.pk,
        "balai/<int:pk>/meja/<int:item>": desk.pk,
        "balai/gerai/<int:agency>": city.agencies[ROADS].pk,
        "balai/permintaan/<int:pk>": asked.pk,
        "balai/meja-kota/program/<int:program>": drain.pk,
        "balai/meja-kota/percobaan/<int:pk>": draft.pk,
    }


def _people(city: City) -> None:
    admin, own = page(city.users["administrator"]), city.users["own"]
    lent = people.delegate(
        page(own), own.memberships.get(), city.users["partner"], timezone.now(),
        timezone.now() + timedelta(days=2),
    )  # fmt: skip
    key = apikeys.give(admin, owner=own, client="Portal", scopes=["findings:read"],
                       expires=timezone.localdate() + timedelta(days=9))  # fmt: skip
    job = DBTaskResult.objects.create(
        task_path="rakorsus.stages.meeting.tasks.x", args_kwargs={"args": [], "kwargs": {}},
        status="FAILED", exception_class_path="", traceback="",
    )  # fmt: skip
    city.fill |= {
        "pengaturan/orang/<int:pk>": own.pk,
        "pengaturan/peran/<int:pk>": own.memberships.get().pk,
        "pengaturan/perangkat-daerah/<int:pk>": city.agencies[ROADS].pk,
        "pengaturan/kuasa/<int:pk>": lent.pk,
        "pengaturan/kunci-api/<int:pk>": key.key.pk,
        "pengaturan/keadaan/pekerjaan/<uuid:pk>": job.pk,
        "audit/<str:kind>": "meeting.agendaitem",
        "audit/<str:kind>/<str:object_id>": city.fill["rapat/acara/<int:pk>"],
        "akun/2fa/webauthn/keys/<int:pk>": 1,
        "akun/confirm-email/<key>": "x",
        "akun/password/reset/key/<uidb36>": "1",
        "akun/password/reset/key/<uidb36>-<key>": "set-password",
    }


__all__ = ["HEALTH", "HOUSING", "READERS", "ROADS", "City", "build", "page", "taken"]
