"""What does the YAML say, and on which line? Text becomes nodes that remember where they stand.

Scalars stay as written: what `08:45` or `no` means is for the kinds that read them, so that a time is
never a number by accident. Text that is not YAML at all becomes one `Trouble`, never an exception.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import Node as YamlNode
from ruamel.yaml.nodes import ScalarNode, SequenceNode

MOST_CHARACTERS = 2_000_000
_MOST_NODES = 200_000
_DEEPEST = 30
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Node:
    """One place of the file: words, a list, or keys with values."""

    line: int
    column: int
    words: str | None = None
    items: tuple[Node, ...] | None = None
    entries: dict[str, Node] | None = None
    keys: dict[str, Node] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return self.words is not None and self.words in _EMPTY

    @property
    def found(self) -> str:
        """What stands here, short enough for a sentence."""
        if self.items is not None:
            return f"a list of {len(self.items)}"
        if self.entries is not None:
            return "the keys " + ", ".join(list(self.entries)[:4]) if self.entries else "no keys"
        words = " ".join((self.words or "").split())
        if words in _EMPTY:
            return "nothing"
        return words if len(words) <= 60 else words[:57] + "…"

    def at(self, *path: str | int) -> Node:
        """The deepest node that exists along this path, so that every finding has a line."""
        node = self
        for step in path:
            if isinstance(step, str) and node.entries and step in node.entries:
                node = node.entries[step]
            elif isinstance(step, int) and node.items and step < len(node.items):
                node = node.items[step]
            else:
                break
        return node


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about the YAML itself."""

    line: int
    column: int
    what: str
    found: str
    instead: str


class _EndlessError(Exception):
    """Too deep or too many nodes: aliases can make a small file endless."""


def grow(text: str) -> tuple[Node | None, tuple[Trouble, ...]]:
    """The tree of a text, and what is wrong with it as YAML."""
    if len(text) > MOST_CHARACTERS:
        found = f"{len(text):,} characters"
        return None, (Trouble(1, 1, "the file is too long for a programme", found, "at most 2,000,000"),)
    yaml = YAML(typ="safe", pure=True)
    try:
        composed = yaml.compose(text)
    except MarkedYAMLError as error:
        return None, (_syntax_trouble(text, error),)
    except Exception as error:  # the parser has no other promise about what it raises on odd text
        found = str(error).splitlines()[0][:60] if str(error) else type(error).__name__
        return None, (Trouble(1, 1, "this cannot be read as YAML", found, "plain YAML text"),)
    if composed is None:
        return None, (Trouble(1, 1, "the file is empty", "nothing", "a programme, from 'code:' on"),)
    gardener = _Gardener()
    try:
        return gardener.node(composed, 0), tuple(gardener.troubles)
    except _EndlessError:
        return None, (Trouble(1, 1, "the file repeats itself without end", "nested aliases", "each part in full"),)


class _Gardener:
    def __init__(self) -> None:
        self.troubles: list[Trouble] = []
        self.count = 0

    def node(self, node: YamlNode, depth: int) -> Node:
        self.count += 1
        if depth > _DEEPEST or self.count > _MOST_NODES:
            raise _EndlessError
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        if isinstance(node, ScalarNode):
            return Node(line, column, words=str(node.value))
        if isinstance(node, SequenceNode):
            return Node(line, column, items=tuple(self.node(item, depth + 1) for item in node.value))
        return self.mapping(node, depth, line, column)

    def mapping(self, node: YamlNode, depth: int, line: int, column: int) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, Node] = {}
        for yaml_key, yaml_value in node.value:
            key = self.node(yaml_key, depth + 1)
            value = self.node(yaml_value, depth + 1)
            if key.words is None:
                self.trouble(key, "a key must be one word", key.found, "a word before the colon")
            elif key.words in entries:
                first = keys[key.words].line
                what = f"this key stands twice, first in line {first}"
                self.trouble(key, what, key.words, "it once")
            else:
                entries[key.words] = value
                keys[key.words] = key
        return Node(line, column, entries=entries, keys=keys)

    def trouble(self, node: Node, what: str, found: str, instead: str) -> None:
        self.troubles.append(Trouble(node.line, node.column, what, found, instead))


# Part of the parser's message, what it means, what to write.
_SYNTAX = (
    ("'\\t'", "a tab stands where YAML wants spaces", "two spaces for each step to the right"),
    ("mapping values are not allowed", "a colon stands where no key can be", "words with a colon in quotes"),
    ("expected <block end>", "this line does not stand under the one it belongs to", "it in the same column"),
    ("could not find expected ':'", "a key without its colon", "a colon and a space after the key"),
    ("while scanning a quoted scalar", "quotes are opened and not closed", "the closing quote"),
    ("found unexpected end of stream", "quotes are opened and not closed", "the closing quote"),
    ("did not find expected ',' or ']'", "a list is opened and not closed", "the closing ]"),
    ("expected ',' or ']'", "a list is opened and not closed", "a comma or the closing ]"),
    ("expected ',' or '}'", "a brace is opened and not closed", "a comma or the closing }"),
    ("undefined alias", "a * points at something that has no &", "the words themselves, in quotes"),
    ("cannot start any token", "a sign that YAML keeps for itself", "the words in quotes"),
    ("expected a single document", "a second document starts here", "one programme in one file"),
)


def _syntax_trouble(text: str, error: MarkedYAMLError) -> Trouble:
    message = f"{error.context or ''} {error.problem or ''}"
    # What is opened and never closed is wrong where it was opened, not where the file ran out.
    opened = any(part in message for part in ("quoted scalar", "expected ',' or", "expected ':'"))
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    lines = text.splitlines() or [""]
    line = min(mark.line if mark else 0, len(lines) - 1)
    found = lines[line].strip()[:60] or "the end of the file"
    if "\t" in lines[line][: len(lines[line]) - len(lines[line].lstrip())]:
        message = "'\\t'"
    for part, what, instead in _SYNTAX:
        if part in message:
            return Trouble(line + 1, (mark.column if mark else 0) + 1, what, found, instead)
    what = f"this is not YAML ({' '.join(message.split())})"
    return Trouble(line + 1, (mark.column if mark else 0) + 1, what, found, "a key, a colon and a value")
