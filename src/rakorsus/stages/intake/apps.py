from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "rakorsus.stages.intake"
    label = "intake"
    verbose_name = "Impor"

    def ready(self) -> None:
        from rakorsus.stages.intake import rules  # noqa: F401 (names the rights)
