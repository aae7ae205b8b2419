from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "rakorsus.stages.findings"
    label = "findings"
    verbose_name = "Temuan"

    def ready(self) -> None:
        from rakorsus.audit import outbox
        from rakorsus.stages.findings import on_register, rules, tasks  # noqa: F401 (rights)

        outbox.subscribe("register.published", tasks.enqueue_analysis)
        outbox.subscribe("findings.asked", tasks.enqueue_analysis)
        outbox.subscribe("findings.learn", tasks.enqueue_learning)
        outbox.subscribe("findings.trial", tasks.enqueue_trial)
        outbox.subscribe("register.amended", tasks.recheck_now)
        on_register.attach()
