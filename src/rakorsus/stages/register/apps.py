from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "rakorsus.stages.register"
    label = "register"
    verbose_name = "Program"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from rakorsus.audit import outbox
        from rakorsus.stages.intake.actions import QUEUED
        from rakorsus.stages.register import panels, rules, tasks  # noqa: F401 (names the rights)
        from rakorsus.stages.register.queries import quality

        outbox.subscribe(QUEUED, tasks.enqueue_import)
        panels.add_filter(
            panels.ListFilter("mutu", _("Mutu data"), quality.choices, quality.narrow, lambda: "")
        )
