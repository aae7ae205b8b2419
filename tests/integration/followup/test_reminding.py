"""Reminders once a day, escalation once, the letter of the week, and the personal feed."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from tests.integration.followup.conftest import HOUSING, ROADS, page

from rakorsus.people import actor as actors
from rakorsus.people.models import Agency
from rakorsus.stages.followup import actions, remind_rules
from rakorsus.stages.followup.models import ActionItem, Remark, Reminder
from rakorsus.stages.followup.remind_rules import Rules

JOB = actors.system("job")
DUE = date(2022, 3, 31)


@pytest.fixture
def item(outcome, roads, leader) -> ActionItem:
    made = actions.from_desk(JOB, outcome.item)
    assert made is not None
    return made


def day(offset: int) -> date:
    return DUE + timedelta(days=offset)


def test_the_days_on_which_people_are_reminded(item, roads):
    letters = {}
    for offset in range(-10, 20):
        mail.outbox.clear()
        actions.remind(JOB, day(offset))
        for letter in mail.outbox:
            letters.setdefault(letter.to[0], []).append(offset)
    assert letters["pu@x.invalid"] == [-7, -3, -1, 0, 1, 8, 15]
    assert letters["pimpinan@x.invalid"] == [7]
    item.refresh_from_db()
    assert item.escalated == day(7)
    assert [r.kind for r in item.remarks.all()] == [Remark.Kind.ESCALATED]


def test_a_second_run_of_a_day_sends_nothing(item):
    assert actions.remind(JOB, day(1))["letters"] == 1
    for _again in range(2):
        assert actions.remind(JOB, day(1)) == {"escalated": 0, "reminders": 0, "letters": 0}
    assert len(mail.outbox) == 1
    assert "lewat 1 hari" in mail.outbox[0].body
    assert Reminder.objects.count() == 1


def test_what_failed_to_leave_is_sent_by_the_next_run(item, settings):
    settings.EMAIL_BACKEND = "tests.integration.followup.broken_mail.Backend"
    with pytest.raises(OSError, match="no post office"):
        actions.remind(JOB, day(1))
    assert Reminder.objects.get().sent is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert actions.remind(JOB, day(1))["letters"] == 1


def test_a_person_gets_one_letter_with_all_items(item, secretary, roads):
    agency = Agency.objects.get(code=HOUSING)
    for text in ("Satu", "Dua"):
        actions.note(page(secretary), text, agency, "Kepala", day(0), person=roads)
    actions.remind(JOB, day(0))
    (letter,) = mail.outbox
    assert letter.body.count("Tenggat 31 Maret 2022") == 3


def test_another_date_lets_it_escalate_again(item, coordinator):
    actions.remind(JOB, day(8))
    actions.amend(page(coordinator), item, 1, "Cuaca", due=day(30))
    item.refresh_from_db()
    assert item.escalated is None
    actions.remind(JOB, day(37))
    item.refresh_from_db()
    assert item.escalated == day(37)


def test_done_items_remind_nobody(item):
    ActionItem.objects.filter(pk=item.pk).update(state="dropped")
    assert actions.remind(JOB, day(8)) == {"escalated": 0, "reminders": 0, "letters": 0}


@given(st.dates(date(2022, 1, 1), date(2023, 12, 31)), st.integers(-400, 400),
       st.sets(st.integers(0, 90)), st.integers(1, 90), st.integers(0, 365))  # fmt: skip
def test_late_is_never_early(due, offset, before, every, after):
    rules = Rules(tuple(before), every, after)
    today = due + timedelta(days=offset)
    kind = remind_rules.kind_on(due, today, rules)
    assert (kind == "due") == (offset <= 0 and -offset in before)
    assert (kind == "late") == (offset > 0 and (offset - 1) % every == 0)
    assert remind_rules.escalates(due, today, rules) == (after > 0 and offset >= after)
    assert ActionItem(due=due).late(today) == max(0, offset)


def test_the_command_makes_the_letter_on_mondays(item, capsys):
    call_command("remind", "--day", "2022-04-04", "--base", "https://contoh.invalid")
    letter = actions.weekly_letter(JOB, date(2022, 4, 6))
    assert letter.week == date(2022, 4, 4)
    assert letter.content["count"] == 1
    assert "escalated 0" in capsys.readouterr().out


def test_a_numbered_letter_is_frozen(item, coordinator):
    from rakorsus.stages.followup import letter as words

    first = actions.weekly_letter(page(coordinator), date(2022, 4, 4))
    actions.issue_letter(page(coordinator), first, "https://contoh.invalid")
    ActionItem.objects.update(state="dropped")
    again = actions.weekly_letter(page(coordinator), date(2022, 4, 5))
    assert (again, again.content) == (first, first.content)
    assert "lewat 4 hari" in words.text(again)
    assert again.number


@pytest.mark.parametrize("name", ["roads", "leader", "secretary"])
def test_letters_and_rules_are_the_coordinator_s(request, item, name):
    actor = page(request.getfixturevalue(name))
    for change in (
        lambda: actions.remind(actor, day(1)),
        lambda: actions.weekly_letter(actor, day(1)),
        lambda: actions.save_rules(actor, [1], 1, 1, "x"),
    ):
        with pytest.raises(PermissionDenied):
            change()


def test_rules_are_kept(item, coordinator):
    for wrong in (([99], 7, 7, "x"), ([1], 0, 7, "x"), ([1], 7, 999, "x"), ([1], 7, 7, " ")):
        with pytest.raises(ValidationError):
            actions.save_rules(page(coordinator), *wrong)
    actions.save_rules(page(coordinator), [2, 5, 2], 3, 0, "Sekretaris Daerah")
    assert remind_rules.in_force() == Rules((5, 2), 3, 0, "Sekretaris Daerah")


def test_a_personal_feed_and_its_end(client, item, roads, housing):
    client.force_login(roads)
    shown = client.post("/tindak-lanjut/kalender/").content.decode()
    ics = re.search(r"(/tindak-lanjut/kalender/[\w-]+\.ics)", shown)[1]
    client.logout()
    answer = client.get(ics)
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["dtstart"].dt == DUE
    assert answer.headers["Cache-Control"] == "private, no-store"
    atom = client.get(ics.replace(".ics", ".atom"))
    assert item.text in atom.content.decode()
    client.force_login(housing)
    client.post("/tindak-lanjut/kalender/", {"cabut": "1"})  # one's own only
    assert client.get(ics).status_code == 200
    client.force_login(roads)
    client.post("/tindak-lanjut/kalender/", {"cabut": "1"})
    assert client.get(ics).status_code == 404
    assert client.get("/tindak-lanjut/kalender/x.ics").status_code == 404


def test_a_closed_account_has_no_feed(client, item, roads):
    secret = actions.make_link(page(roads))
    assert client.get(f"/tindak-lanjut/kalender/{secret}.ics").status_code == 200
    second = actions.make_link(page(roads))
    assert client.get(f"/tindak-lanjut/kalender/{secret}.ics").status_code == 404
    roads.is_active = False
    roads.save()
    assert client.get(f"/tindak-lanjut/kalender/{second}.ics").status_code == 404
    assert Agency.objects.filter(code=ROADS).exists()


def test_the_clock_reminds_for_missed_days_and_writes_the_letter(item, settings, mailoutbox):
    """The reminder of a day on which the machine was off goes out on the next, once."""
    from rakorsus.audit import daily
    from rakorsus.stages.followup.models import Letter

    missed = item.due - timedelta(days=3)  # a day on which people are reminded
    for day in (missed - timedelta(days=1), missed + timedelta(days=1)):
        settings.TODAY = day
        daily.run_due()
        daily.run_due()
    assert len(mailoutbox) == 1
    assert Reminder.objects.filter(item=item).values_list("day", flat=True).distinct().get() == (
        missed + timedelta(days=1)
    )
    assert Letter.objects.exists()
