"""How an action says no: with the rule's sentence, before anything is written."""

from __future__ import annotations

from milieu.rules.permissions import May, Viewer, refusal
from milieu.rules.words import Refusal, say


class Refused(Exception):
    """Nothing was recorded; `sentence` says why and what to do instead."""

    def __init__(self, refused: Refusal) -> None:
        super().__init__(str(refused.sentence))
        self.sentence = refused.sentence


def refuse(code: str, text: str, /, *, many: str = "", **params: object) -> Refused:
    """The exception for a sentence of an action's own."""
    return Refused(Refusal(say(code, text, many=many, **params)))


def demand(viewer: Viewer, what: May) -> None:
    """Raise Refused unless the viewer may."""
    refused = refusal(viewer, what)
    if refused is not None:
        raise Refused(refused)
