"""How fast the register's pages answer with many lines; prints JSON.

    python tests/load/pages.py --lines 100000                 # SQLite in a temporary folder
    DATABASE_URL=postgresql://... python tests/load/pages.py  # an empty PostgreSQL database

Each page is asked through the whole stack (middleware, templates) in one process, once with
nothing kept in memory ("first") and then `--rounds` times; times are milliseconds.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from typing import Any

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
}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--lines", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=21)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("RAKORSUS_HOME", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rakorsus.web.settings")
        import django

        django.setup()
        result = measure(asked.lines, asked.rounds)
    json.dump(result, sys.stdout, indent=2)
    print()
    return 0


def measure(lines: int, rounds: int) -> dict[str, Any]:
    """Fill an empty register, then time every page."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from rakorsus.stages.register.models import Program
    from rakorsus.synth import bulk

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]
    call_command("migrate", verbosity=0)
    seconds = None
    if not Program.objects.exists():
        began = time.perf_counter()
        bulk.fill(lines)
        seconds = round(time.perf_counter() - began, 1)
        if connection.vendor == "postgresql":  # what the server does by itself within a minute
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
    package = Program.objects.filter(source="paket_penyedia", place_grade__gte=3).first()
    pages = {
        name: _page(path.replace("{number}", package.ident), rounds) for name, path in PAGES.items()
    }
    return {
        "database": connection.vendor,
        "version": ".".join(str(n) for n in _version()),
        "lines": Program.objects.count(),
        "publish_seconds": seconds,
        "pages": pages,
        "slowest_median": max(page["median"] for page in pages.values()),
    }


def _version() -> tuple[int, ...]:
    from django.db import connection

    if connection.vendor == "postgresql":
        return (connection.pg_version // 10_000,)
    return tuple(connection.Database.sqlite_version_info)


def _page(path: str, rounds: int) -> dict[str, Any]:
    from django.core.cache import cache
    from django.test import Client

    client = Client()
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
