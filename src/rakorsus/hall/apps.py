from django.apps import AppConfig


class HallConfig(AppConfig):
    name = "rakorsus.hall"
    label = "hall"
    verbose_name = "Balai"

    def ready(self) -> None:
        from rakorsus.audit import actions as audit
        from rakorsus.audit import outbox
        from rakorsus.hall import following, recording, rules, tasks  # noqa: F401 (rights)

        audit.follow(recording.on_event)
        outbox.subscribe("hall.draft", tasks.enqueue_draft)
        following.offer()
