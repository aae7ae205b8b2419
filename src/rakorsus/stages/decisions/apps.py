from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "rakorsus.stages.decisions"
    label = "decisions"
    verbose_name = "Keputusan"

    def ready(self) -> None:
        from rakorsus.audit import outbox
        from rakorsus.stages.decisions import on_pages, rules, tasks  # noqa: F401 (rights)

        outbox.subscribe("findings.run", tasks.enqueue_judging)
        outbox.subscribe("decisions.ahead", tasks.enqueue_preview)
        on_pages.attach()
