"""`python -m rakorsus.hall.gateway --port N`: the gateway of an installation, until ended."""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import os
import signal
import sys
from contextlib import suppress


def main() -> int:
    parser = argparse.ArgumentParser(prog="rakorsus.hall.gateway")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rakorsus.web.settings")
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # small matrices; threads would only wait for another

    from django.conf import settings

    from rakorsus import tether
    from rakorsus.hall.gateway.server import serve

    tether.hold()

    async def run() -> None:
        task = asyncio.ensure_future(serve(options.host, options.port, settings.SECRET_KEY,
                                           settings.JANUS))  # fmt: skip
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        gc.collect()
        gc.freeze()
        with suppress(asyncio.CancelledError):
            await task

    try:
        import uvloop
    except ImportError:  # Windows
        asyncio.run(run())
    else:
        uvloop.run(run())
    return 0


if __name__ == "__main__":
    sys.exit(main())
