"""`rakorsus manage remind_agreements`: today's reminders of agreements; repeat it as often as you
like, each step goes out once. For a timer of the operating system, once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from rakorsus.clock import today
from rakorsus.people import actor as actors
from rakorsus.stages.publication.actions import remind


class Command(BaseCommand):
    help = "Send today's reminders of agreements (milestones and expiry)"

    def handle(self, *args: Any, **options: Any) -> None:
        count = remind(actors.system("cli"), today())
        self.stdout.write(f"{count} surat / letters")
