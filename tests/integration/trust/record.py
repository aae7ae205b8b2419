"""`python -m tests.integration.trust.record` writes the matrix of rights anew, for review.

Uses a database of its own, which is thrown away.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"RAKORSUS_HOME": home, "DJANGO_SETTINGS_MODULE": "rakorsus.web.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import transaction
        from django.test.utils import setup_test_environment

        call_command("migrate", verbosity=0)
        setup_test_environment()
        from tests.integration.trust import connections, matrix
        from tests.integration.trust.city import build
        from tests.integration.trust.conftest import own_settings

        with own_settings(Path(home)), transaction.atomic():
            city = build()
            rows = [*matrix.compute(city), *connections.compute(city)]
            matrix.write(matrix.table(rows))
            transaction.set_rollback(True)
        print(matrix.RECORD)
    return 0


if __name__ == "__main__":
    sys.exit(main())
