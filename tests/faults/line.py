"""A bad line between a client and a server: a small TCP proxy that is slow, narrow, and cut at any
byte, as often as a test wants."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator

#: bytes after which a connection is cut (up: from the client, down: to it); None: never
Cut = Callable[[], "int | None"]
_CHUNK = 512
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: what is on its way is lost, as by a lost line


def never() -> int | None:
    return None


class Line:
    """Listens on `port` and carries bytes to and from a server's port.

    Args:
        latency: seconds by which every piece is late, each way.
        rate: bytes a second each way; 0: as fast as it goes.
    """

    def __init__(self, server: int, latency: float = 0.0, rate: int = 0) -> None:
        self.server, self.latency, self.rate = server, latency, rate
        self.up: Cut = never
        self.down: Cut = never
        self.cuts = self.connections = 0
        self.broken = False  # nobody gets through at all
        self._open: set[tuple[socket.socket, socket.socket]] = set()
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._listen, daemon=True).start()

    def heal(self) -> None:
        """From now on new connections are whole."""
        self.up = self.down = never
        self.broken = False

    def drop(self) -> None:
        """Cut everything that is open."""
        with self._lock:
            pairs = list(self._open)
        for pair in pairs:
            self._end(pair, cut=True)

    def close(self) -> None:
        self._door.close()
        self.drop()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        if self.broken:
            self.cuts += 1
            _slam(client)
            return
        try:
            server = socket.create_connection(("127.0.0.1", self.server), 30)
        except OSError:
            _slam(client)
            return
        server.settimeout(None)
        pair = (client, server)
        with self._lock:
            self._open.add(pair)
        for source, target, cut in ((client, server, self.up()), (server, client, self.down())):
            threading.Thread(target=self._pump, args=(pair, source, target, cut),
                             daemon=True).start()  # fmt: skip

    def _pump(
        self, pair: tuple[socket.socket, socket.socket], source: socket.socket,
        target: socket.socket, cut: int | None,
    ) -> None:  # fmt: skip
        carried = 0
        with contextlib.suppress(OSError):
            if cut == 0 and source is pair[0]:
                self._end(pair, cut=True)
                return
            while data := source.recv(_CHUNK):
                if self.latency or self.rate:
                    time.sleep(self.latency + (len(data) / self.rate if self.rate else 0))
                if cut is not None and carried + len(data) >= cut:
                    target.sendall(data[: cut - carried])
                    self._end(pair, cut=True)
                    return
                target.sendall(data)
                carried += len(data)
            target.shutdown(socket.SHUT_WR)
            return
        self._end(pair, cut=False)

    def _end(self, pair: tuple[socket.socket, socket.socket], *, cut: bool) -> None:
        with self._lock:
            if pair not in self._open:
                return
            self._open.discard(pair)
            self.cuts += cut
        for end in pair:
            _slam(end)


def _slam(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextlib.contextmanager
def line(server: int, latency: float = 0.0, rate: int = 0) -> Iterator[Line]:
    made = Line(server, latency, rate)
    try:
        yield made
    finally:
        made.close()
