"""What may an editor offer while someone writes a programme? The JSON Schema, made from the same tables.

It tells names, kinds and words; how parts fit together is only told by `reading.read`.
"""

from __future__ import annotations

import json

from milieu.rules.programme.kinds import Schema
from milieu.rules.programme.parts import PROGRAMME
from milieu.rules.programme.vocabulary import GRADES

ADDRESS = "programme.schema.json"


def json_schema() -> Schema:
    """JSON Schema, draft 2020-12, for a programme in YAML."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ADDRESS,
        "title": "Programme",
        "description": "How a therapeutic community or ward runs its milieu (docs/programmes.md).",
        **PROGRAMME.schema(),
        "$defs": _definitions(),
    }


def schema_text() -> str:
    """As it stands in programmes/programme.schema.json."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def _definitions() -> Schema:
    written: Schema = {
        "type": "object",
        "required": ["ref", "date"],
        "additionalProperties": False,
        "properties": {
            "ref": {"type": "string", "minLength": 1, "description": "law, book, study or house policy"},
            "date": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "description": "when looked up"},
            "grade": {"oneOf": [{"const": grade, "description": about} for grade, about in GRADES.items()]},
        },
    }
    by_language: Schema = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": "^[a-z]{2}(-[A-Za-z]+)?$"},
        "additionalProperties": {"type": "string", "minLength": 1},
    }
    named: Schema = {"type": "string", "pattern": r"\{name\}"}
    return {
        "code": {"type": "string", "pattern": "^[a-z0-9]+([-_][a-z0-9]+)*$"},
        "time": {"type": "string", "pattern": r"^(([01]?\d|2[0-3]):[0-5]\d|24:00)$"},
        "words": {"anyOf": [{"type": "string", "minLength": 1}, by_language]},
        "said": {"anyOf": [named, {**by_language, "additionalProperties": named}]},
        "written_source": written,
        "source": {"anyOf": [{"type": "string", "description": "a name under sources"}, written]},
    }
