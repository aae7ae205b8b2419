from django.apps import AppConfig


class MeetingConfig(AppConfig):
    name = "rakorsus.stages.meeting"
    label = "meeting"
    verbose_name = "Rapat"

    def ready(self) -> None:
        from rakorsus.audit import outbox
        from rakorsus.documents.kinds import register
        from rakorsus.stages.findings import teaching as learning
        from rakorsus.stages.meeting import following, rules, tasks, teaching  # noqa: F401 (rights)
        from rakorsus.stages.meeting.documents import KINDS

        for kind in KINDS:
            register(kind)
        learning.hear(teaching.dealt_with)
        outbox.subscribe("meeting.send", tasks.enqueue_sending)
        outbox.subscribe("findings.settlement", tasks.enqueue_release)
        outbox.subscribe("findings.run", tasks.enqueue_release)
        following.offer()
