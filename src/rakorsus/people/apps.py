from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "rakorsus.people"
    label = "people"
    verbose_name = "Orang dan perangkat daerah"
