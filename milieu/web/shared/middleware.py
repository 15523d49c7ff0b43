"""What happens around every request: safe headers, size limit, who is looking, which language, lock.

Function middleware, thin. Which screen needs which permission is declared on the URL (`urls.screen`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

from milieu.actions import sign_ins
from milieu.queries import viewers
from milieu.web.shared import failures

Handler = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
LIMIT = 4 * 1024 * 1024


def _refused(request: HttpRequest) -> HttpResponseBase | None:
    """What is said to a request that nobody should look at, in the language it asks for; None for all others."""
    try:
        request.get_host()
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except (DisallowedHost, ValueError):
        length = -1
    # NUL: PostgreSQL holds no such text, so no address of ours has any
    unreadable = length < 0 or "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", "")
    if not unreadable and length <= LIMIT:
        return None
    translation.activate(_asked_for(request))  # not the language of whoever was served before
    return failures.unreadable(request) if unreadable else failures.too_large(request)


def headers(get_response: Handler) -> Handler:
    """Refuse what is too large or not meant for us before reading it, and set the headers that protect the reader."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        response = _refused(request) or get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        if settings.HTTPS:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response

    return handle


def _language(chosen: str) -> str:
    """A language there are words in; the house's own for one that was taken away."""
    try:
        return translation.get_supported_language_variant(chosen)
    except LookupError:
        return settings.LANGUAGE_CODE


def _asked_for(request: HttpRequest) -> str:
    return translation.get_language_from_request(request)


def _is_a_hand(request: HttpRequest) -> bool:
    """Whether a person did this: what a page asks for by itself must not keep a shared tablet open."""
    return "X-Region" not in request.headers and not request.path.startswith(("/live", "/find/"))


def viewer(get_response: Handler) -> Handler:
    """Find who is looking and in which language; the time of the request is fixed here, once."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        now = datetime.now(UTC)
        request.now = now  # type: ignore[attr-defined]
        cookie = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        signed = viewers.signed(cookie, now) if cookie else None
        request.signed = signed  # type: ignore[attr-defined]
        if signed is not None and not signed.is_locked and _is_a_hand(request):
            sign_ins.touch(signed.token, signed.seen_at, now)
        translation.activate(_language(signed.viewer.language) if signed else _asked_for(request))
        response = get_response(request)
        if isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response

    return handle
