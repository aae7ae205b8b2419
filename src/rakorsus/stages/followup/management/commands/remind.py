"""`rakorsus manage remind`: the day's reminders and escalations, and on Mondays the weekly letter.

Safe to run as often as one likes: a second run of a day does only what the first left.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rakorsus.clock import today
from rakorsus.people import actor as actors
from rakorsus.stages.followup import actions


class Command(BaseCommand):
    help = "Send the day's reminders of action items, escalate what stays late"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--day", help="another day than today (ISO)")
        parser.add_argument(
            "--base", default=settings.BASE, help="address of the installation, for links"
        )

    def handle(self, **options: Any) -> None:
        try:
            day = date.fromisoformat(options["day"]) if options["day"] else today()
        except ValueError as error:
            raise CommandError(f"not a day: {options['day']}") from error
        actor = actors.system("job")
        done = actions.remind(actor, day, options["base"])
        if day.weekday() == 0:
            actions.weekly_letter(actor, day)
        told = ", ".join(f"{name} {count}" for name, count in done.items())
        self.stdout.write(f"{day}: {told}")
