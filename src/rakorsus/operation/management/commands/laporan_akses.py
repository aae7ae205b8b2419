"""`rakorsus manage laporan_akses`: who saw personal data in a span of time, as CSV."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from rakorsus.operation import readings
from rakorsus.people import actor as actors


class Command(BaseCommand):
    help = "Write who saw personal data between two moments (Law 27/2022 art. 46)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sejak", required=True, help="2022-03-15 or 2022-03-15T08:00")
        parser.add_argument("--sampai", help="before this moment; now when left out")
        parser.add_argument("--berkas", type=Path, required=True, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        since = _moment(options["sejak"])
        until = _moment(options["sampai"]) if options["sampai"] else timezone.now() + timedelta(1)
        with options["berkas"].open("w", newline="", encoding="utf-8-sig") as target:
            count = readings.report(actors.system("cli"), since, until, target)
        self.stdout.write(f"{options['berkas']}: {count} jawaban / answers")


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"bukan waktu / not a moment: {text}") from error
    return timezone.make_aware(found) if timezone.is_naive(found) else found
