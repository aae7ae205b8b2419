"""`python -m tests.integration.upgrade.record` keeps the database of the version in hand, as text.

A city with one record of every kind, made by today's code on today's migrations; see CONTRIBUTING.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


def main() -> int:
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"RAKORSUS_HOME": home, "DJANGO_SETTINGS_MODULE": "rakorsus.web.settings",
                       "RAKORSUS_TODAY": "2022-03-14"}  # fmt: skip
        os.environ.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"],
                       check=True)  # fmt: skip
        import django

        django.setup()
        from django.db import connections, transaction
        from django.test.utils import setup_test_environment
        from tests.integration.trust.city import build
        from tests.integration.trust.conftest import own_settings
        from tests.integration.upgrade import text

        from rakorsus import __version__

        setup_test_environment()
        with own_settings(Path(home)), transaction.atomic():
            build()
        connections.close_all()
        target = HERE / f"{__version__}.sql"
        said = "\n".join(text.dump(Path(home) / "rakorsus.sqlite3"))
        target.write_text(f"{said}\n", encoding="utf-8")
        print(f"{target.relative_to(ROOT)}: {target.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
