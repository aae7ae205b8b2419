"""`rakorsus manage hapus_data_pribadi`: count, and with `--ya` erase, personal data."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rakorsus.operation import erasure
from rakorsus.people import actor as actors

_WORDS = {"invitations": "undangan / invitations", "sign-ins": "catatan masuk / sign-ins",
          "accounts": "akun / accounts", "readings": "catatan akses / readings"}  # fmt: skip


class Command(BaseCommand):
    help = "Erase a person's data, or what has been kept for its time; without --ya only count"

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--orang", metavar="WHO", help="user name, e-mail or phone number")
        which.add_argument("--lewat-masa", action="store_true", help="what is past its time")
        parser.add_argument("--ya", action="store_true", help="really; it cannot be undone")

    def handle(self, *args: Any, **options: Any) -> None:
        actor, really = actors.system("cli"), bool(options["ya"])
        if options["orang"] is not None:
            if not options["orang"].strip():
                raise CommandError("Sebut orangnya. / Name the person.")
            found = erasure.erase_person(actor, options["orang"].strip(), really=really)
        else:
            found = erasure.erase_lapsed(actor, really=really)
        for name, count in found.items():
            self.stdout.write(f"{count:6} {_WORDS[name]}")
        if not really:
            self.stdout.write("Belum dihapus; ulangi dengan --ya. / Not erased; again with --ya.")
