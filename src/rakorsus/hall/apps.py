from django.apps import AppConfig


class HallConfig(AppConfig):
    name = "rakorsus.hall"
    label = "hall"
    verbose_name = "Balai"

    def ready(self) -> None:
        from rakorsus.audit import actions as audit
        from rakorsus.hall import recording, rules  # noqa: F401 (rights)

        audit.follow(recording.on_event)
