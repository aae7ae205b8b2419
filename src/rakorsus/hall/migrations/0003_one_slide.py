"""The page on the screen stands in the agenda's entry; the hall had a record of its own."""

from __future__ import annotations

from django.db import migrations


def keep(apps, schema_editor):
    items = apps.get_model("meeting", "AgendaItem")
    for item, page in apps.get_model("hall", "Slide").objects.values_list("item_id", "page"):
        items.objects.filter(pk=item, screen_page=0).update(screen_page=page)


class Migration(migrations.Migration):
    dependencies = [("hall", "0002_drafts"), ("meeting", "0006_trial_cost")]

    operations = [
        migrations.RunPython(keep, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel("Slide"),
    ]
