"""Milieu: the shared memory of a therapeutic community.

Everything that happens is one entry in one ledger; every screen is a view of it for one audience.
The rings and their order are drawn in CONTRIBUTING.md.
"""

__version__ = "0.1.0"
