"""Addresses of static files and screens, worked out once and kept."""

from __future__ import annotations

from functools import cache, lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.urls import reverse


@cache
def static(path: str) -> str:
    """The address of a static file, with its content's fingerprint so that it can be kept for ever."""
    content = (settings.STATIC_ROOT / path).read_bytes()
    return f"{settings.STATIC_URL}{path}?v={sha256(content).hexdigest()[:10]}"


@lru_cache(maxsize=8192)
def url(name: str, **parts: Any) -> str:
    """The address of a screen by its name."""
    return reverse(name, kwargs=parts or None)
