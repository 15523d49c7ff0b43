"""The paths of the product, and the floor: what this framework needs to answer at all, without a database."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from milieu.urls import handler400, handler403, handler404, handler500  # noqa: F401
from milieu.urls import urlpatterns as product
from milieu.web.shared.screens import open_screen


def floor(request: HttpRequest) -> HttpResponse:
    """The shortest answer."""
    return HttpResponse("ok")


urlpatterns = [open_screen("bench/floor", floor, "floor", methods=["GET", "POST"]), *product]
