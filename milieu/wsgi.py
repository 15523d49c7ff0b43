"""The pages, for any WSGI server. Live updates need `milieu.asgi`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milieu.settings")
application = get_wsgi_application()
