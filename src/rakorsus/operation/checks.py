"""Is this installation in order? Each check says what it found and, if need be, what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rakorsus.audit import daily
from rakorsus.audit.models import DailyRun
from rakorsus.operation import figures
from rakorsus.people.models import Membership, Role, User

_GIB = 1024**3


class State(StrEnum):
    GOOD = "good"
    MIND = "mind"  # works, but should be mended
    BAD = "bad"  # does not work, or is not safe


class Check(NamedTuple):
    name: str | Promise
    state: State
    says: str
    advice: str = ""


def run() -> list[Check]:
    """Every check, in the order in which an operator would mend what is wrong.

    Without a database only what needs none is checked.
    """
    found = [check() for check in _WITHOUT_DATABASE]
    database = _database()
    found.append(database)
    if database.state != State.BAD:
        found += [check() for check in _WITH_DATABASE]
    return found


def ready() -> bool:
    """Whether requests can be served: database there, tables of this version, disk not full."""
    try:
        return all(check().state != State.BAD for check in (_database, _tables, _disk))
    except Exception:  # whatever the database raises: not ready
        return False


def _python() -> Check:
    says = ".".join(map(str, sys.version_info[:3]))
    return Check(gettext_lazy("Python"), State.GOOD, says)


def _front_end() -> Check:
    built = Path(__file__).resolve().parents[1] / "web" / "static" / "build" / "htmx.js"
    if built.is_file():
        return Check(gettext_lazy("Berkas halaman"), State.GOOD, _("terpasang"))
    return Check(
        gettext_lazy("Berkas halaman"), State.BAD, _("tidak ada"),
        _("Pasang dari wheel, atau jalankan `python3 dev.py setup` dari klon."),
    )  # fmt: skip


def _secrets() -> Check:
    name = gettext_lazy("Kunci rahasia")
    path = settings.HOME / "secret.key"
    if os.name == "posix" and path.exists() and path.stat().st_mode & 0o077:
        advice = _("Jalankan: chmod 600 %s") % path
        return Check(name, State.BAD, _("dapat dibaca akun lain"), advice)
    return Check(name, State.GOOD, _("hanya terbaca oleh pemiliknya"))


def _disk() -> Check:
    free = figures.free_space()
    says = _("%.1f GiB tersisa") % (free / _GIB)
    name = gettext_lazy("Ruang cakram")
    if free < _GIB // 5:
        return Check(name, State.BAD, says, _("Kosongkan ruang atau pindahkan cadangan lama."))
    if free < 2 * _GIB:
        return Check(name, State.MIND, says, _("Siapkan ruang sebelum impor besar berikutnya."))
    return Check(name, State.GOOD, says)


def _address() -> Check:
    name = gettext_lazy("Alamat")
    hosts = ", ".join(settings.ALLOWED_HOSTS)
    if "*" in settings.ALLOWED_HOSTS:
        advice = _("Tulis nama host yang benar di RAKORSUS_HOSTS.")
        return Check(name, State.BAD, _("menerima nama host apa pun"), advice)
    local = {"localhost", "127.0.0.1", "[::1]"}
    if set(settings.ALLOWED_HOSTS) <= local:
        advice = _("Untuk dipakai orang lain, tulis nama hostnya di RAKORSUS_HOSTS.")
        return Check(name, State.MIND, hosts, advice)
    return Check(name, State.GOOD, hosts)


def _encrypted() -> Check:
    name = gettext_lazy("Sambungan terenkripsi")
    if settings.SESSION_COOKIE_SECURE:
        return Check(name, State.GOOD, _("HTTPS"))
    if _address().state != State.GOOD:
        return Check(name, State.MIND, _("tanpa HTTPS, hanya di mesin ini"))
    advice = _("Pasang TLS di depan (lihat deploy/) lalu RAKORSUS_HTTPS=1.")
    return Check(name, State.BAD, _("kata sandi lewat tanpa HTTPS"), advice)


def _mail() -> Check:
    name = gettext_lazy("Surel")
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        advice = _("Tulis peladen surel di RAKORSUS_EMAIL; sampai itu surat ditulis ke %s.")
        return Check(name, State.MIND, _("tidak dikirim"), advice % settings.EMAIL_FILE_PATH)
    return Check(name, State.GOOD, settings.EMAIL_HOST)


def _debug() -> Check:
    name = gettext_lazy("Mode pengembangan")
    if settings.DEBUG:
        advice = _("Hapus RAKORSUS_DEBUG: halaman galat membocorkan isi.")
        return Check(name, State.BAD, _("menyala"), advice)
    return Check(name, State.GOOD, _("mati"))


def _database() -> Check:
    name = gettext_lazy("Basis data")
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as error:  # whatever the driver raises is the answer
        advice = _("Periksa DATABASE_URL dan apakah peladen basis data berjalan.")
        return Check(name, State.BAD, type(error).__name__, advice)
    size = figures.database_size() / _GIB
    return Check(name, State.GOOD, f"{connection.display_name}, {size:.2f} GiB")


def _tables() -> Check:
    name = gettext_lazy("Tabel")
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        says = _("%d perubahan belum dijalankan") % len(missing)
        return Check(name, State.BAD, says, _("Jalankan: rakorsus manage migrate"))
    return Check(name, State.GOOD, _("sesuai versi ini"))


def _writing() -> Check:
    name = gettext_lazy("Penulisan serentak")
    if connection.vendor != "sqlite":
        return Check(name, State.GOOD, connection.display_name)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = str(cursor.fetchone()[0])
    if mode != "wal":
        advice = _("Letakkan basis data di cakram lokal, bukan di jaringan.")
        return Check(name, State.BAD, f"journal_mode={mode}", advice)
    return Check(name, State.GOOD, "WAL")


def _administrators() -> Check:
    name = gettext_lazy("Administrator")
    holders = User.objects.filter(
        pk__in=Membership.objects.filter(role=Role.ADMINISTRATOR).values("user"), is_active=True
    ) | User.objects.filter(is_superuser=True, is_active=True)
    people = list(holders.distinct())
    if not people:
        advice = _("Jalankan: rakorsus manage createsuperuser")
        return Check(name, State.BAD, _("belum ada"), advice)
    from allauth.mfa.models import Authenticator

    secured = set(Authenticator.objects.filter(user__in=people).values_list("user_id", flat=True))
    bare = len(people) - len(secured)
    if bare:
        says = _("%(bare)d dari %(all)d tanpa faktor kedua") % {"bare": bare, "all": len(people)}
        return Check(name, State.MIND, says, _("Tambahkan di halaman Profil mereka."))
    return Check(name, State.GOOD, str(len(people)))


def _jobs() -> Check:
    name = gettext_lazy("Pekerja latar")
    now = {figure.name: figure.value for figure in figures.all_figures()}
    if now["jobs_oldest_seconds"] > 900:
        says = _("pekerjaan tertua menunggu %d menit") % (now["jobs_oldest_seconds"] / 60)
        advice = _("Jalankan `rakorsus serve`; periksa catatannya bila tetap menunggu.")
        return Check(name, State.BAD, says, advice)
    if now["outbox_behind"]:
        says = _("%d pesan belum tersampaikan") % now["outbox_behind"]
        advice = _("Jalankan `rakorsus serve`: pekerjanya menyampaikan yang tertinggal.")
        return Check(name, State.MIND, says, advice)
    if now["jobs_failed_day"]:
        says = _("%d pekerjaan gagal sehari ini") % now["jobs_failed_day"]
        advice = _("Jalankan lagi di halaman Keadaan sistem; sebabnya ada di catatan pekerja.")
        return Check(name, State.MIND, says, advice)
    return Check(name, State.GOOD, _("tidak ada yang tertinggal"))


def _daily() -> Check:
    """Whether what runs by the clock has run."""
    name = gettext_lazy("Tugas harian")
    rows = daily.shown()
    failed = [row.label for row in rows if row.last and row.last.state == DailyRun.State.FAILED]
    if failed:
        says = _("gagal: %s") % ", ".join(failed)
        return Check(name, State.BAD, says, _("Lihat sebabnya pada halaman Keadaan sistem."))
    began = timezone.now() - timedelta(hours=2)
    late = [
        row.label for row in rows
        if row.waits and row.last and row.task.begins(row.task.due(timezone.now())) < began
    ]  # fmt: skip
    if late:
        says = _("belum berjalan: %s") % ", ".join(late)
        return Check(name, State.MIND, says, _("Jalankan `rakorsus serve`: tugas dikejar."))
    return Check(name, State.GOOD, _("berjalan"))


def _backup() -> Check:
    name = gettext_lazy("Cadangan")
    age = figures.newest_backup()
    advice = _("Jadwalkan `rakorsus backup` setiap malam (lihat deploy/).")
    if age is None:
        return Check(name, State.MIND, _("belum ada di HOME/backups"), advice)
    if age > 2 * 86400:
        return Check(name, State.MIND, _("yang terbaru berumur %d hari") % (age / 86400), advice)
    return Check(name, State.GOOD, _("kurang dari dua hari"))


_WITHOUT_DATABASE: tuple[Callable[[], Check], ...] = (
    _python, _front_end, _secrets, _disk, _debug, _address, _encrypted, _mail,
)  # fmt: skip
_WITH_DATABASE: tuple[Callable[[], Check], ...] = (
    _tables, _writing, _administrators, _jobs, _daily, _backup,
)  # fmt: skip


def worst(checks: list[Check]) -> State:
    order = list(State)
    return max((c.state for c in checks), key=order.index, default=State.GOOD)
