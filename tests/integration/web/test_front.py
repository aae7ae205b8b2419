"""What stands before the pages: repeated public pages from memory, turns for all else."""

from __future__ import annotations

import io
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from rakorsus.web.front.kept import AGE, Kept
from rakorsus.web.front.turnstile import PRESENT, Turns, Turnstile


@pytest.fixture
def real(settings: Any) -> Iterator[Any]:
    """The pages as the web server asks for them, without the files beside them, in the test's own
    transaction: the end of a request does not close its connection."""
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "whitenoise" not in m]
    settings.ALLOWED_HOSTS = ["testserver"]
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in ends:
        signal.connect(close_old_connections)


def asked(path: str, method: str = "GET", body: bytes = b"", **heads: str) -> dict[str, Any]:
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "testserver", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "testserver", "REMOTE_ADDR": "192.0.2.1", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(), "wsgi.multithread": True,
        "wsgi.version": (1, 0), "wsgi.multiprocess": True, "wsgi.run_once": False,
        "CONTENT_LENGTH": str(len(body)) if body else "", **heads,
    }  # fmt: skip


def answer(application: Any, environ: dict[str, Any]) -> tuple[str, dict[str, str], bytes]:
    said: list[Any] = []
    parts = application(environ, lambda status, heads, *_: said.append((status, dict(heads))))
    body = b"".join(parts)
    if hasattr(parts, "close"):
        parts.close()
    return *said[0], body


class Numbered:
    """A public page that says how often it was made; other addresses that may not be kept."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        self.made += 1
        body = f"{environ['PATH_INFO']} {self.made}".encode()
        heads = [("Content-Length", str(len(body))), ("ETag", f'W/"{self.made}"')]
        if "rahasia" not in environ["PATH_INFO"]:
            heads.append(("Cache-Control", "public, max-age=60"))
        if "kue" in environ["PATH_INFO"]:
            heads.append(("Set-Cookie", "a=b"))
        start("200 OK", heads)
        return [body]


def test_a_page_is_made_once_a_second_and_answered_from_memory_meanwhile() -> None:
    pages = Numbered()
    kept = Kept(pages)
    first = answer(kept, asked("/publik/berita/a/"))
    assert answer(kept, asked("/publik/berita/a/")) == first
    assert pages.made == 1
    time.sleep(AGE + 0.05)
    assert answer(kept, asked("/publik/berita/a/"))[2] == b"/publik/berita/a/ 2"


def test_while_one_request_makes_it_anew_the_others_get_the_one_that_is_there() -> None:
    inside, go = threading.Event(), threading.Event()
    go.set()

    class Slow(Numbered):
        def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
            inside.set()
            assert go.wait(30)
            return super().__call__(environ, start)

    pages = Slow()
    kept = Kept(pages)
    old = answer(kept, asked("/publik/"))
    time.sleep(AGE + 0.05)
    inside.clear()
    go.clear()
    renewing = threading.Thread(target=answer, args=(kept, asked("/publik/")))
    renewing.start()
    assert inside.wait(30)
    assert answer(kept, asked("/publik/")) == old
    go.set()
    renewing.join(30)
    assert answer(kept, asked("/publik/"))[2] == b"/publik/ 2"


def test_a_crowd_at_a_new_page_makes_it_once() -> None:
    pages = Numbered()

    def slowly(environ: dict[str, Any], start: Any) -> list[bytes]:
        time.sleep(0.2)
        return pages(environ, start)

    kept, bodies = Kept(slowly), []
    crowd = [threading.Thread(target=lambda: bodies.append(answer(kept, asked("/publik/"))[2]))
             for _ in range(5)]  # fmt: skip
    for reader in crowd:
        reader.start()
    for reader in crowd:
        reader.join(30)
    assert bodies == [b"/publik/ 1"] * 5


def test_a_withdrawn_page_is_gone_with_the_next_making() -> None:
    there = [True]
    pages = Numbered()

    def maybe(environ: dict[str, Any], start: Any) -> list[bytes]:
        if there[0]:
            return pages(environ, start)
        start("404 Not Found", [("Cache-Control", "public, max-age=60"), ("Content-Length", "0")])
        return [b""]

    kept = Kept(maybe)
    answer(kept, asked("/publik/"))
    there[0] = False
    time.sleep(AGE + 0.05)
    assert answer(kept, asked("/publik/"))[0].startswith("404")
    assert answer(kept, asked("/publik/"))[0].startswith("404")


def test_what_makes_a_page_another_page_is_told_apart() -> None:
    pages = Numbered()
    kept = Kept(pages)
    for environ in (
        asked("/publik/"), asked("/public/"), asked("/publik/?halaman=2"),
        asked("/publik/", HTTP_HOST="lain.example"),
        asked("/publik/", HTTP_ACCEPT_ENCODING="gzip"),
        asked("/publik/", HTTP_X_FORWARDED_PROTO="https"),
    ):  # fmt: skip
        answer(kept, environ)
    assert pages.made == 6


@pytest.mark.parametrize(
    "path", ["/temuan/", "/publik/redaksi/", "/publik/rahasia/", "/publik/kue/", "/"]
)
def test_what_is_not_public_is_never_kept(path: str) -> None:
    pages = Numbered()
    kept = Kept(pages)
    assert answer(kept, asked(path))[2] != answer(kept, asked(path))[2]


def test_only_reading_is_answered_from_memory() -> None:
    pages = Numbered()
    kept = Kept(pages)
    answer(kept, asked("/publik/"))
    for method in ("POST", "HEAD", "DELETE"):
        answer(kept, asked("/publik/", method))
    assert pages.made == 4


def test_a_reader_who_has_the_page_is_told_so() -> None:
    kept = Kept(Numbered())
    status, heads, _ = answer(kept, asked("/publik/", HTTP_IF_NONE_MATCH='"7", "1"'))
    assert (status[:3], heads["ETag"]) == ("304", 'W/"1"')
    assert "Content-Length" not in heads
    assert answer(kept, asked("/publik/", HTTP_IF_NONE_MATCH='"7"'))[0] == "200 OK"


@pytest.mark.django_db
def test_the_real_pages_are_answered_alike_with_and_without(real: Any) -> None:
    kept = Kept(Turnstile(real))
    for path in ("/publik/", "/public/berita/", "/publik/data/", "/publik/rapat.ics", "/publik/x/"):
        plain = answer(real, asked(path))
        for _ in range(2):
            status, heads, body = answer(kept, asked(path))
            assert (status, body) == (plain[0], plain[2]), path
            assert heads == plain[1], path


@pytest.mark.django_db
def test_whoever_has_signed_in_is_a_client_of_his_own(
    client: Any, real: Any, django_user_model: Any
) -> None:  # fmt: skip
    """Ten accounts behind one address are ten clients; without signing in they would be one."""
    turns = Turns()
    application = Turnstile(real, turns)
    cookies = []
    for n in range(2):
        user = django_user_model.objects.create(username=f"u{n}", email=f"u{n}@contoh.invalid")
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        cookies.append(f"sessionid={client.cookies['sessionid'].value}")
        client.cookies.clear()
    for cookie in cookies:
        answer(application, asked("/temuan/", HTTP_COOKIE=cookie))
    for _ in range(PRESENT):
        assert turns.arrive("192.0.2.1")
    assert answer(application, asked("/temuan/"))[0].startswith("429")
    for cookie in cookies:
        assert not answer(application, asked("/temuan/", HTTP_COOKIE=cookie))[0].startswith("429")
    forged = answer(application, asked("/temuan/", HTTP_COOKIE="sessionid=bukan"))
    assert forged[0].startswith("429")


@pytest.mark.django_db
def test_a_form_comes_through_whole() -> None:
    body = urlencode({"login": "x" * 3_000_000, "password": "y"}).encode()
    seen = {}

    def pages(environ: dict[str, Any], start: Any) -> list[bytes]:
        seen["body"] = environ["wsgi.input"].read()
        start("200 OK", [])
        return [b""]

    answer(Turnstile(pages), asked("/akun/login/", "POST", body))
    assert seen["body"] == body


def test_never_more_at_work_than_may_be_and_everybody_comes_to_an_end() -> None:
    turns = Turns(running=3, each=2, present=1000, waiting=1000)
    lock, at_work, wrong, ended = threading.Lock(), Counter[str](), [], []

    def work(client: str, seed: int) -> None:
        draw = random.Random(seed)
        for _ in range(20):
            assert turns.begin(client)
            with lock:
                at_work[client] += 1
                if at_work.total() > 3 or at_work[client] > 2:
                    wrong.append(dict(at_work))
            time.sleep(draw.random() / 2000)
            with lock:
                at_work[client] -= 1
                ended.append(client)
            turns.end(client)

    threads = [threading.Thread(target=work, args=(f"c{n % 5}", n)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not wrong
    assert len(ended) == 400


def test_whoever_waits_with_many_lets_the_next_client_go_first() -> None:
    turns = Turns(running=2, each=2, present=1000)
    order: list[str] = []
    assert turns.begin("rakus")
    assert turns.begin("rakus")

    def wait(client: str) -> None:
        assert turns.begin(client)
        order.append(client)
        turns.end(client)

    threads = []
    for client in ["rakus"] * 6 + ["lain"]:
        threads.append(threading.Thread(target=wait, args=(client,)))
        threads[-1].start()
        while turns.waiting() < len(threads):
            time.sleep(0.001)
    turns.end("rakus")
    for thread in threads:
        thread.join(60)
    assert order.index("lain") <= 1
    assert len(order) == 7


def test_whoever_does_not_come_to_a_turn_in_time_leaves_the_queue() -> None:
    turns = Turns(running=1, each=1)
    assert turns.begin("a")
    assert not turns.begin("b", patience=0.01)
    assert turns.waiting() == 0
    turns.end("a")
    assert turns.begin("c", patience=0.01)


def test_when_enough_wait_one_of_whoever_has_most_is_told_at_once() -> None:
    turns, ends = Turns(running=1, each=1, waiting=3), []
    assert turns.begin("a")

    def wait(client: str) -> None:
        ends.append((client, turns.begin(client)))
        if ends[-1][1]:
            turns.end(client)

    threads = []
    for client in ("rakus", "rakus", "rakus"):
        threads.append(threading.Thread(target=wait, args=(client,)))
        threads[-1].start()
        while turns.waiting() < len(threads):
            time.sleep(0.001)
    threads.append(threading.Thread(target=wait, args=("lain",)))
    threads[-1].start()
    while not ends:
        time.sleep(0.001)
    assert ends == [("rakus", False)]
    turns.end("a")
    for thread in threads:
        thread.join(30)
    assert sorted(ends) == [("lain", True), ("rakus", False), ("rakus", True), ("rakus", True)]


def test_whoever_finds_no_room_reads_that_the_server_is_busy() -> None:
    turns = Turns(running=1, each=1, waiting=1)
    assert turns.begin("a")
    waiting = threading.Thread(target=turns.begin, args=("b",))
    waiting.start()
    while not turns.waiting():
        time.sleep(0.001)
    assert not turns.begin("c")
    application = Turnstile(Numbered(), turns)
    status, heads, body = answer(application, asked("/temuan/"))
    assert (status[:3], heads["Retry-After"]) == ("503", "2")
    assert b"sibuk" in body
    turns.end("a")
    waiting.join(30)


def test_a_public_page_is_made_anew_past_the_queue() -> None:
    turns = Turns(running=1, each=1, waiting=0)
    kept = Kept(Turnstile(Numbered(), turns))
    answer(kept, asked("/publik/"))
    assert turns.begin("somebody")  # works, and goes on
    time.sleep(AGE + 0.05)
    assert answer(kept, asked("/publik/"))[2] == b"/publik/ 2"
    assert answer(kept, asked("/publik/lain/"))[0].startswith("503")


def test_a_client_that_is_there_often_enough_gets_no_more_in() -> None:
    turns = Turns(present=3)
    assert [turns.arrive("a") for _ in range(4)] == [True, True, True, False]
    assert turns.arrive("b")
    turns.depart("a")
    assert turns.arrive("a")


def test_a_request_that_fails_leaves_its_place() -> None:
    def broken(environ: dict[str, Any], start: Any) -> list[bytes]:
        raise OSError("cakram")

    turns = Turns(running=1, each=1, present=1)
    application = Turnstile(broken, turns)
    for _ in range(3):
        with pytest.raises(OSError, match="cakram"):
            answer(application, asked("/temuan/"))
    assert turns.begin("192.0.2.1", patience=0.01)


def test_a_download_counts_until_it_has_been_sent() -> None:
    turns = Turns(present=1)

    def parts(environ: dict[str, Any], start: Any) -> Any:
        start("200 OK", [])
        yield b"a"

    application = Turnstile(parts, turns)
    running = application(asked("/program/unduh/"), lambda *_: None)
    assert answer(application, asked("/temuan/"))[0].startswith("429")
    list(running)
    running.close()
    running.close()
    assert answer(application, asked("/temuan/"))[0].startswith("200")
