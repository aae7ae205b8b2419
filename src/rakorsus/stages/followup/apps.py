from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "rakorsus.stages.followup"
    label = "followup"
    verbose_name = "Tindak lanjut"

    def ready(self) -> None:
        from rakorsus.audit import outbox
        from rakorsus.documents import kinds
        from rakorsus.stages.followup import (
            letter,
            on_pages,
            rules,  # noqa: F401 (rights)
            rules_watching,  # noqa: F401 (rights)
            tasks,
            tasks_watching,
        )

        outbox.subscribe("meeting.settled", tasks.of_desk)
        outbox.subscribe("meeting.decided", tasks.of_resolution)
        outbox.subscribe("decisions.taken", tasks.of_decision)
        outbox.subscribe("register.amended", tasks.of_register)
        outbox.subscribe("register.published", tasks.of_register)
        kinds.register(letter.KIND)
        on_pages.attach()
        outbox.subscribe("register.published", tasks_watching.of_register)
        outbox.subscribe("register.amended", tasks_watching.of_register)
