"""Installing the demonstration city: files through the real import, people, some answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.core.files.base import File

from rakorsus.people import actor as actors
from rakorsus.people.models import Agency, Membership, Role, User
from rakorsus.synth import city as cities
from rakorsus.synth.files import write
from rakorsus.synth.makassar.agencies import ALL
from rakorsus.synth.planted import Plant

PASSWORD = "rakorsus-2022"  # noqa: S105 (the demonstration's own, shown on its pages)

#: user name, what the account shows, role, short name of the agency
_ACCOUNTS: tuple[tuple[str, str, str, str | None], ...] = (
    ("bappeda", "Koordinator Bappeda (contoh)", Role.COORDINATOR, "Bappeda"),
    ("pu", "Perencana Dinas Pekerjaan Umum (contoh)", Role.PLANNER, "Dinas PU"),
    ("disperkim", "Perencana Dinas Perumahan (contoh)", Role.PLANNER, "Disperkim"),
    ("disdik", "Perencana Dinas Pendidikan (contoh)", Role.PLANNER, "Disdik"),
    ("dinkes", "Perencana Dinas Kesehatan (contoh)", Role.PLANNER, "Dinkes"),
    ("pdam", "Perencana Perumda Air Minum (contoh)", Role.PLANNER, "PDAM"),
    ("tamalate", "Perencana Kecamatan Tamalate (contoh)", Role.PLANNER, "Kec. Tamalate"),
    ("pimpinan", "Pimpinan (contoh)", Role.LEADER, None),
    ("sekretariat", "Sekretariat Rakorsus (contoh)", Role.SECRETARIAT, None),
    ("tamu", "Tamu dari PLN (contoh)", Role.GUEST, "PLN"),
    ("mitra", "Mitra kerja sama (contoh)", Role.GUEST, "Mitra metaverse"),
    ("admin", "Administrator (contoh)", Role.ADMINISTRATOR, None),
)
ACCOUNT_LIST = tuple((name, shown) for name, shown, _, _ in _ACCOUNTS)


def exists() -> bool:
    return User.objects.filter(username=_ACCOUNTS[-1][0]).exists()


def forget() -> None:
    """Throw the demonstration's data away: database, files, static files; the key stays."""
    for name in ("rakorsus.sqlite3", "rakorsus.sqlite3-wal", "rakorsus.sqlite3-shm"):
        (settings.HOME / name).unlink(missing_ok=True)
    for folder in ("files", "peragaan"):
        shutil.rmtree(settings.HOME / folder, ignore_errors=True)


def planted_cases() -> tuple[Plant, ...]:
    return cities.build().plants


def install(say: Callable[[str], None]) -> None:
    """Everything, in the order in which a city would do it. The accounts come last, so that an
    interrupted installation is begun anew."""
    from rakorsus.stages.findings.actions import analyse_register
    from rakorsus.synth import demo_before, demo_papers, demo_slides, demo_watching
    from rakorsus.synth.demo_answers import answer
    from rakorsus.synth.demo_decisions import decide
    from rakorsus.synth.demo_meeting import hold
    from rakorsus.synth.demo_publication import publish

    operator = actors.system("cli")
    say("berkas perangkat daerah / agency files")
    folder = Path(settings.HOME) / "peragaan"
    files = write(cities.build(), folder)
    say("impor / import")
    load(files)
    _describe_agencies()
    say("analisis / analysis")
    analyse_register(operator)
    say("akun dan tanggapan / accounts and answers")
    _people()
    answer(planted_cases())
    say("peringatan dini / early warnings")
    demo_watching.warn()
    say("rapat dan keputusan / meetings and decisions")
    demo_papers.prepare()
    decide(demo_before.hold())
    rakorsus = hold()
    demo_slides.prepare(rakorsus)
    demo_papers.invite(rakorsus)
    say("berita, kerja sama, dan rilis / article, agreements and release")
    publish()


def load(files: list[Path]) -> None:
    """The import as an operator does it, without a job worker.

    Raises:
        RuntimeError: the import failed; the register is as it was.
    """
    from rakorsus.stages.intake import actions
    from rakorsus.stages.intake.models import ImportBatch
    from rakorsus.stages.register import loading

    with ExitStack() as stack:
        uploads = [File(stack.enter_context(path.open("rb")), name=path.name) for path in files]
        batch = actions.receive(actors.system("cli"), uploads, queue=False)
    loading.load(batch)
    if batch.state != ImportBatch.State.DONE:
        raise RuntimeError(f"the demonstration's import ended as {batch.state}: {batch.message_en}")


def _describe_agencies() -> None:
    """What the files do not say: short names, kinds, units, areas of kecamatan."""
    known = {agency.code: agency for agency in Agency.objects.all()}
    for office in ALL:
        agency, twin = known.get(office.code), known.get(f"D999.{office.code}")
        if agency is None:
            agency, twin = twin, None  # the procurement service knows it by a number of its own
        if agency is None:
            continue
        if twin is not None:
            twin.successor = agency
            twin.save(update_fields=["successor"])
        agency.short, agency.kind = office.short, office.kind
        agency.name = office.name
        agency.parent = known.get(office.parent) if office.parent else None
        agency.region_code = office.region or agency.region_code
        agency.save()


def _people() -> None:
    agencies = {agency.short: agency for agency in Agency.objects.exclude(short="")}
    for name, shown, role, short in _ACCOUNTS:
        user = User(
            username=name, email=f"{name}@peragaan.invalid", display_name=shown,
            post=shown.removesuffix(" (contoh)"),
        )  # fmt: skip
        user.set_password(PASSWORD)
        user.save()
        agency = agencies[short] if short else None
        Membership.objects.create(user=user, role=role, agency=agency)
        if agency and agency.kind == Agency.Kind.KECAMATAN:  # plans for its kelurahan too
            Membership.objects.bulk_create(
                Membership(user=user, role=role, agency=unit) for unit in agency.units.all()
            )
