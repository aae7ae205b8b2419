from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    name = "rakorsus.stages.publication"
    label = "publication"
    verbose_name = "Publik"

    def ready(self) -> None:
        from rakorsus.audit import daily, outbox
        from rakorsus.stages.publication import rules  # noqa: F401 (rights)
        from rakorsus.stages.publication.opendata import cards, decisions, deeds  # noqa: F401
        from rakorsus.stages.publication.tasks import daily_reminders, enqueue_release
        from rakorsus.stages.publication.veil import PANEL, VEIL
        from rakorsus.stages.register import panels

        outbox.subscribe("publication.asked", enqueue_release)
        daily.add(daily.Task("publication.agreements", _("Pengingat kerja sama"), daily_reminders))
        panels.set_veil(VEIL)
        panels.add_panel(PANEL)
