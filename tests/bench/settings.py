"""The settings of the product, with one path more: an answer that does nothing, as the floor under every page."""

from milieu.settings import *  # noqa: F403 - the product's own, whatever they are

ROOT_URLCONF = "tests.bench.urls"
