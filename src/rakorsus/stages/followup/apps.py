from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowupConfig(AppConfig):
    name = "rakorsus.stages.followup"
    label = "followup"
    verbose_name = "Tindak lanjut"

    def ready(self) -> None:
        from rakorsus.audit import daily, outbox
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
        for topic in tasks_watching.CARD_TOPICS:
            outbox.subscribe(topic, tasks_watching.of_cards)
        for name, label, run, at, weekday in (
            ("warnings", _("Peringatan dini"), tasks_watching.daily_warnings, time(5), None),
            ("cards", _("Rapor"), tasks_watching.daily_cards, time(5, 30), None),
            ("remind", _("Pengingat tindak lanjut"), tasks.daily_reminders, time(6), None),
            ("letter", _("Surat pekanan"), tasks.weekly_letter, time(6, 30), 0),
        ):
            daily.add(daily.Task(f"followup.{name}", label, run, at, weekday))
