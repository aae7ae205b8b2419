"""How fast the pages of register and findings answer with many lines; no peer.

    rakorsus bench register --lines 100000       # SQLite in a temporary folder
    python -m rakorsus.bench.register            # every figure of every page, as JSON
    DATABASE_URL=postgresql://... python -m ...  # the same in an empty PostgreSQL database

Each page is asked through the whole stack (middleware, templates) in one process, once with
nothing kept in memory ("first") and then in several rounds; times are milliseconds.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from functools import partial
from typing import Any, Final

from rakorsus.bench.measure import Contender, Report, Target, compete

_ROUNDS: Final = 21

PAGES = {
    "list": "/program/",
    "packages": "/program/?tingkat=paket",
    "last page": "/program/?page=1900",
    "middle by title": "/program/?urut=nama&page=1000",
    "by agency": "/program/?urut=perangkat&page=40",
    "by begin": "/program/?urut=mulai",
    "search": "/program/?q=drainase+perintis",
    "search, many": "/program/?q=posyandu",
    "agency": "/program/?perangkat=1.03.0.00.0.00.03.0000",
    "place": "/program/?tingkat=paket&wilayah=73.71.04",
    "theme": "/program/?tema=Stunting",
    "time": "/program/?dari=2025-03-01&sampai=2025-03-31",
    "money and fund": "/program/?min=100jt&maks=1M&dana=DBH+CHT",
    "affair": "/program/?kode=1.03",
    "map": "/program/peta/?tingkat=paket",
    "map data": "/program/peta.geojson?tingkat=paket",
    "timeline": "/program/waktu/",
    "timeline data": "/program/waktu.json",
    "agencies": "/program/perangkat-daerah/",
    "one agency": "/program/perangkat-daerah/1.03.0.00.0.00.03.0000/",
    "areas": "/program/wilayah/",
    "one kecamatan": "/program/wilayah/73.71.04/",
    "the whole city": "/program/wilayah/73.71/",
    "nomenclature": "/program/nomenklatur/",
    "versions": "/program/versi/",
    "one version": "/program/versi/1/",
    "one program": "/program/paket_penyedia:{number}/",
    "api list": "/api/v1/programs?level=paket&size=50",
    "home": "/",
    "findings": "/temuan/",
    "findings, last page": "/temuan/?page=600",
    "findings by money": "/temuan/?urut=nilai&keadaan=semua",
    "findings of an agency": "/temuan/?perangkat=1.03.0.00.0.00.03.0000",
    "findings of a kind": "/temuan/?jenis=clash&bobot=high",
    "findings in a place": "/temuan/?wilayah=73.71.04",
    "findings, search": "/temuan/?q=drainase",
    "matrix": "/temuan/matriks/",
    "one finding": "/temuan/{finding}/",
    "expected": "/temuan/wajar/",
}


def run(repeats: int = 1, lines: int | None = None) -> Report:
    """A register of `lines` lines (100,000) and a fifth as many findings."""
    count = lines or 100_000
    with tempfile.TemporaryDirectory() as folder:
        given = partial(_filled, folder, count)
        contender = Contender("pages", partial(_timed, rounds=_ROUNDS), given, _judge)
        timings = compete([contender], min(repeats, 1))
    slowest = timings[0].result["slowest_median"]
    return Report(
        "register",
        {"lines": count, "findings": count // 5, "pages": len(PAGES)},
        timings,
        notes=(
            "figures are median milliseconds of each page by Django's test client; the seconds are "
            f"those of {_ROUNDS + 1} rounds of all pages",
        ),
        targets=(Target("every page below 100 ms", f"slowest {slowest} ms", slowest < 100),),
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--lines", type=int, default=100_000)
    options.add_argument("--findings", type=int, default=20_000)
    options.add_argument("--rounds", type=int, default=_ROUNDS)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        facts = _filled(folder, asked.lines, asked.findings, given_database=True)
        pages = _timed(facts, asked.rounds)
    slowest = max(page["median"] for page in pages.values())
    json.dump(facts | {"pages": pages, "slowest_median": slowest}, sys.stdout, indent=2)
    print()
    return 0


def _filled(
    folder: str, lines: int, findings: int | None = None, *, given_database: bool = False
) -> dict[str, Any]:
    """Fill an empty register; gives what is in it and how long publishing took.

    Raises:
        RuntimeError: the database that was given holds programs already.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rakorsus.web.settings")
    os.environ["RAKORSUS_HOME"] = folder
    if not given_database:
        os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from rakorsus.stages.findings.models import Finding
    from rakorsus.stages.register.models import Program
    from rakorsus.synth import bulk

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]
    call_command("migrate", verbosity=0)
    if Program.objects.exists():
        raise RuntimeError("this database holds programs: give an empty one")
    began = time.perf_counter()
    bulk.fill(lines)
    seconds = round(time.perf_counter() - began, 1)
    bulk.fill_findings(lines // 5 if findings is None else findings)
    if connection.vendor == "postgresql":  # what the server does by itself within a minute
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return {
        "database": connection.vendor,
        "version": ".".join(str(n) for n in _version()),
        "lines": Program.objects.count(),
        "findings": Finding.objects.count(),
        "publish_seconds": seconds,
    }


def _timed(facts: dict[str, Any], rounds: int) -> dict[str, Any]:
    """Milliseconds of every page: median, p95, first."""
    from rakorsus.stages.findings.models import Finding
    from rakorsus.stages.register.models import Program

    package = Program.objects.filter(source="paket_penyedia", place_grade__gte=3).first()
    finding = str(Finding.objects.order_by("pk").values_list("pk", flat=True).first())
    reader = _coordinator()
    return {
        name: _page(
            path.replace("{number}", package.ident).replace("{finding}", finding), rounds, reader
        )
        for name, path in PAGES.items()
    }


def _judge(facts: dict[str, Any], pages: dict[str, Any]) -> dict[str, Any]:
    medians = {name: page["median"] for name, page in pages.items()}
    figures = {k: facts[k] for k in ("database", "version", "publish_seconds")}
    return figures | {"slowest_median": max(medians.values())} | medians


def _coordinator() -> Any:
    """Someone who may see everything."""
    from rakorsus.people.models import Membership, Role, User

    user, _ = User.objects.get_or_create(
        username="ukur", defaults={"email": "ukur@x.invalid", "display_name": "Ukur"}
    )
    Membership.objects.get_or_create(user=user, role=Role.COORDINATOR, agency=None)
    return user


def _version() -> tuple[int, ...]:
    from django.db import connection

    if connection.vendor == "postgresql":
        return (connection.pg_version // 10_000,)
    return tuple(connection.Database.sqlite_version_info)


def _page(path: str, rounds: int, reader: Any) -> dict[str, Any]:
    from django.core.cache import cache
    from django.test import Client

    client = Client()
    if not path.startswith("/program"):  # the register is public, the rest is not
        client.force_login(reader, "allauth.account.auth_backends.AuthenticationBackend")
    cache.clear()
    times = []
    for _round in range(rounds + 1):
        began = time.perf_counter()
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        times.append((time.perf_counter() - began) * 1000)
    first, *rest = times
    rest.sort()
    return {
        "first": round(first, 1),
        "median": round(statistics.median(rest), 1),
        "p95": round(rest[int(len(rest) * 0.95)], 1),
    }


if __name__ == "__main__":
    sys.exit(main())
