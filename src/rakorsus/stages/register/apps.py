from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "rakorsus.stages.register"
    label = "register"
    verbose_name = "Program"

    def ready(self) -> None:
        from rakorsus.stages.register import rules  # noqa: F401 (names the rights)
