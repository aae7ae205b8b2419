"""The pages' entry point for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from rakorsus import tether

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rakorsus.web.settings")
tether.hold()
application = get_wsgi_application()
