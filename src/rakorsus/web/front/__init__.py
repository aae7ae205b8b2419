"""What stands before the pages in a web process, so that no one client can starve the others.

`kept` answers repeated requests for a public page from memory; `turnstile` lets all other requests
in by turns, one client after the other. Both are plain WSGI and know nothing of the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
