"""Every path there is, by audience. Each declares its permission (`screens.screen`); `/live` is answered by `milieu.asgi`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from milieu.api import urls as api
from milieu.web.shared import urls as shared
from milieu.web.shared.screens import open_screen
from milieu.web.staff import urls as staff


def _live(request: HttpRequest) -> HttpResponse:
    sentence = gettext("Live updates need the Milieu server. Start it with: milieu serve.")
    return HttpResponse(sentence, status=501, content_type="text/plain; charset=utf-8")


urlpatterns = [
    *staff.urlpatterns,
    *shared.urlpatterns,
    *api.urlpatterns,
    open_screen("live", _live, "live", audience="machine"),
]

handler400 = "milieu.web.shared.failures.unreadable"
handler403 = "milieu.web.shared.failures.csrf"
handler404 = "milieu.web.shared.failures.not_found"
handler500 = "milieu.web.shared.failures.broken"
