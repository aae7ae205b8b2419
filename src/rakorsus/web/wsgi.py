"""The pages' entry point for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from rakorsus import tether

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rakorsus.web.settings")
tether.hold()
pages = get_wsgi_application()

from rakorsus.web.front.kept import Kept  # noqa: E402 (settings first)
from rakorsus.web.front.turnstile import Turnstile  # noqa: E402

application = Kept(Turnstile(pages))
