"""Settings pages: who gets in, the same number of queries for one row as for three."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rakorsus.people.models import Agency, Delegation, Membership, Role, User

OPEN = {
    "/pengaturan/": set(Role.values),
    "/pengaturan/profil/": set(Role.values),
    "/pengaturan/kuasa/": set(Role.values),
    "/pengaturan/orang/": {"administrator", "coordinator"},
    "/pengaturan/orang/baru/": {"administrator"},
    "/pengaturan/perangkat-daerah/": {"administrator", "coordinator"},
    "/pengaturan/hak/": {"administrator", "coordinator"},
    "/audit/": {"administrator", "coordinator", "leader"},
    "/audit/unduh.csv": {"administrator", "coordinator", "leader"},
    "/audit/people.user/1/": {"administrator", "coordinator", "leader"},
}


@pytest.mark.parametrize("path", OPEN)
def test_who_gets_in(client, people, path):
    assert client.get(path).status_code == 302  # the public is sent to the sign-in page
    for role, user in people.items():
        client.force_login(user)
        assert client.get(path).status_code == (200 if role in OPEN[path] else 403), role


@pytest.mark.parametrize("path", ["peran/", "akun/"])
def test_changes_by_address_are_refused(client, people, path):
    target = f"/pengaturan/orang/{people['planner'].pk}/{path}"
    client.force_login(people["planner"])
    data = {"role": Role.ADMINISTRATOR.value, "do": "password"}
    assert client.get(target).status_code == 405
    assert client.post(target, data).status_code == 403
    assert Membership.objects.filter(user=people["planner"]).count() == 1


@pytest.mark.parametrize(
    "path",
    ["/pengaturan/orang/", "/pengaturan/perangkat-daerah/", "/pengaturan/kuasa/", "/audit/"],
)
def test_queries_do_not_grow_with_rows(client, people, path):
    admin = people["administrator"]
    client.force_login(admin)

    def more(n: int) -> None:
        agency = Agency.objects.create(code=f"7.01.0{n}", name=f"Kecamatan {n}",
                                       parent=Agency.objects.first())  # fmt: skip
        user = User.objects.create_user(f"p{n}", f"p{n}@contoh.go.id", display_name=f"P {n}")
        membership = Membership.objects.create(user=user, role=Role.PLANNER, agency=agency)
        now = timezone.now()
        Delegation.objects.create(
            membership=membership,
            deputy=admin,
            begins=now - timedelta(1),
            ends=now - timedelta(0.5),
        )

    more(1)
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as one:
        assert client.get(path).status_code == 200
    more(2)
    more(3)
    with CaptureQueriesContext(connection) as three:
        client.get(path)
    assert len(three) == len(one)
    assert len(one) <= 16


@pytest.mark.parametrize(
    "path", ["orang/?q=%00", "orang/?peran=%00&page=x", "perangkat-daerah/?q=%00"]
)
def test_odd_words_are_no_error(client, people, path):
    client.force_login(people["administrator"])
    assert client.get(f"/pengaturan/{path}").status_code == 200


def test_a_new_address_asks_for_the_password(client, people):
    user = people["planner"]
    client.force_login(user)
    data = {"display_name": "Andi", "post": "", "email": user.email}
    assert client.post("/pengaturan/profil/", data).status_code == 302
    data["email"] = "baru@contoh.go.id"
    for password in ("", "salah"):
        page = client.post("/pengaturan/profil/", {**data, "password": password})
        assert "surel tidak diubah" in page.content.decode()
    assert User.objects.get(pk=user.pk).email == user.email
    answer = client.post("/pengaturan/profil/", {**data, "password": "jembatan-kembar-17"})
    assert answer.status_code == 302
    assert User.objects.get(pk=user.pk).email == "baru@contoh.go.id"


def test_searching_people(client, people):
    client.force_login(people["administrator"])
    found = client.get("/pengaturan/orang/?q=pekerjaan").context["page"].object_list
    assert {user.username for user in found} == {"planner", "guest"}
    found = client.get("/pengaturan/orang/?peran=leader").context["page"].object_list
    assert [user.username for user in found] == ["leader"]
    assert "Tidak ada orang yang cocok" in client.get("/pengaturan/orang/?q=zzz").content.decode()


def test_a_planner_sees_only_own_delegations_and_roles(client, people):
    now = timezone.now()
    leader = Membership.objects.get(user=people["leader"])
    loan = Delegation.objects.create(
        membership=leader, deputy=people["secretariat"], begins=now, ends=now + timedelta(1)
    )
    client.force_login(people["planner"])
    page = client.get("/pengaturan/kuasa/")
    assert list(page.context["page"].object_list) == []
    own = page.context["form"].fields["membership"].queryset
    assert [m.user for m in own] == [people["planner"]]
    assert client.post(f"/pengaturan/kuasa/{loan.pk}/akhiri/").status_code == 404
