"""The command line `milieu`: one thin command a verb, over actions, queries, the record and the demonstration.

Which commands there are stands in `commands`; each is loaded only when it is asked for, so that help comes at once.
"""

from milieu.cli.commands import app, main

__all__ = ["app", "main"]
