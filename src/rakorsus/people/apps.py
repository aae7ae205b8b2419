from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "rakorsus.people"
    label = "people"
    verbose_name = "Orang dan perangkat daerah"

    def ready(self) -> None:
        from rakorsus.people import signin_log

        signin_log.attach()
