"""The words people read: gather them from the code, keep each language's list beside them, and compile it.

`make words` writes milieu/locale/milieu.pot (every message), brings each language's .po up to date and compiles its .mo.
Two gatherers: Babel for templates and gettext calls, and our own for sentences, which are a code followed by a text.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "milieu" / "locale"
TEMPLATE = LOCALE / "milieu.pot"
# A fixed moment in the heads of the files, so that the same words are the same bytes.
WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)
KEYWORDS = {"_": None, "gettext": None, "gettext_noop": None, "ngettext": (1, 2)}
RINGS = ("rules", "record", "actions", "queries", "web", "api")
# What only the command line says stays English: programme files, sheets to import.
COMMAND_LINE = (
    "milieu/rules/programme/",
    "milieu/rules/sheets.py",
    "milieu/actions/imports/",
    "milieu/record/export.py",
)
# Enumerations whose values stand inside sentences: file, class, how their codes begin.
NAMED = (("milieu/rules/permissions.py", "May", "may."), ("milieu/rules/visibility.py", "Matter", "matter."))
CODE = re.compile(r"[a-z][a-z_]*(\.[a-z_]+)+")
SPOKEN = {"say", "refuse"}
PLACE = re.compile(r"\{\w+\}|%\(\w+\)s|%%")


@dataclass(frozen=True, slots=True)
class Found:
    """One sentence in the code: where, its code, its text, and the wording for many."""

    path: str
    line: int
    code: str
    text: str
    many: str = ""


def files(suffix: str) -> Iterator[Path]:
    """The files with words in them, in order."""
    folders = [(ROOT / "milieu").glob(f"*{suffix}"), *((ROOT / "milieu" / ring).rglob(f"*{suffix}") for ring in RINGS)]
    for path in sorted(path for folder in folders for path in folder):
        if not named(path).startswith(COMMAND_LINE) and "migrations" not in path.parts:
            yield path


def named(path: Path) -> str:
    """The path as it stands in the lists."""
    return path.relative_to(ROOT).as_posix()


def sentences_in(path: Path) -> Iterator[Found]:
    """Every sentence of a Python file: in a call or a table, a dotted code with a text straight behind it."""
    where, tree = named(path), ast.parse(path.read_text())
    above = _assigned(tree)
    for node in ast.walk(tree):
        parts = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple) else []
        many = next((k.value for k in node.keywords if k.arg == "many"), None) if isinstance(node, ast.Call) else None
        for code, text in pairwise(parts):
            known = _code(code)
            yield from (
                Found(where, node.lineno, known, words, _text(many) or "") for words in _texts(text, above) if known
            )
    for file, name, begins in NAMED:
        if where == file:
            yield from _values(tree, where, name, begins)


def _text(node: ast.AST | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _code(node: ast.AST) -> str:
    """A dotted code; of one that names its last part only when it runs, its beginning and a star."""
    if isinstance(node, ast.JoinedStr):
        begins = _text(node.values[0]) if node.values else ""
        return f"{begins}*" if CODE.fullmatch(f"{begins}x") else ""
    code = _text(node)
    return code if CODE.fullmatch(code) else ""


def _texts(node: ast.AST, above: Sequence[tuple[int, str, str]]) -> tuple[str, ...]:
    """The texts of an argument: a literal, either of two, or the one last given to a name above."""
    if isinstance(node, ast.Name):
        given = [text for line, name, text in above if name == node.id and line <= node.lineno]
        return tuple(given[-1:])
    both = (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,)
    return tuple(filter(None, map(_text, both)))


def _assigned(tree: ast.Module) -> list[tuple[int, str, str]]:
    """Every `name = "text"`, in order of lines."""
    return sorted(
        (node.lineno, target.id, _text(node.value))
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _text(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    )


def _values(tree: ast.Module, where: str, name: str, begins: str) -> Iterator[Found]:
    found = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
    for line in found.body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name) and _text(line.value):
            yield Found(where, line.lineno, begins + line.targets[0].id.lower(), _text(line.value))


def put_together_in(path: Path) -> Iterator[int]:
    """The lines where a sentence is spoken whose text cannot be gathered: built from pieces, or of unknown origin.

    Fine are a text literal, a name or an attribute (it then stands in a table), and a bare parameter passed on.
    """
    for node in ast.walk(ast.parse(path.read_text())):
        if (
            isinstance(node, ast.Call)
            and getattr(node.func, "id", getattr(node.func, "attr", "")) in SPOKEN
            and node.args
        ):
            texts = [*node.args[1:2], *(k.value for k in node.keywords if k.arg == "many")]
            if any(isinstance(text, ast.JoinedStr | ast.BinOp) or _joins(text) for text in texts):
                yield node.lineno


def _joins(text: ast.AST) -> bool:
    return isinstance(text, ast.Call) and getattr(text.func, "attr", "") in {
        "join",
        "format",
        "replace",
        "lower",
        "title",
    }


def sentences() -> tuple[Found, ...]:
    """Every sentence of the rules, queries and actions."""
    return tuple(found for path in files(".py") for found in sentences_in(path))


def gathered() -> Catalog:
    """Every message, sorted, with the files it stands in."""
    catalog = _headed(Catalog(charset="utf-8"), "Every message of Milieu. Gathered by make words; do not edit.")
    for one in sentences():
        if PLACE.fullmatch(one.text):
            continue  # nothing but a parameter
        catalog.add((one.text, one.many) if one.many else one.text, locations=[(one.path, 0)], auto_comments=[one.code])
    for suffix, method in ((".html", "jinja2.ext:babel_extract"), (".py", "python")):
        for path in files(suffix):
            _add_calls(catalog, path, method)
    return catalog


def _headed(catalog: Catalog, about: str) -> Catalog:
    catalog.project, catalog.version, catalog.msgid_bugs_address = "Milieu", "1", ""
    catalog.creation_date = catalog.revision_date = WRITTEN
    catalog.last_translator = catalog.language_team = "the Milieu authors"
    catalog.header_comment = f"# {about}\n# docs/translating.md tells how to translate."
    catalog.fuzzy = False
    return catalog


def _add_calls(catalog: Catalog, path: Path, method: str) -> None:
    options = {
        "extensions": "jinja2.ext.i18n,jinja2.ext.do",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "silent": "false",
    }
    with path.open("rb") as file:
        chosen = options if method.startswith("jinja2") else {"encoding": "utf-8"}
        for _line, words, _comments, _context in extract(method, file, KEYWORDS, (), chosen):
            catalog.add(words, locations=[(named(path), 0)])


def as_text(catalog: Catalog) -> str:
    """The list as it stands in its file."""
    file = io.BytesIO()
    write_po(file, catalog, width=120, sort_output=True, include_lineno=False)
    return file.getvalue().decode()


def compiled(catalog: Catalog) -> bytes:
    """The list as gettext reads it; what is unsure is left out."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def languages() -> tuple[str, ...]:
    """The languages that have a list."""
    return tuple(sorted(path.name for path in LOCALE.iterdir() if path.is_dir()))


def list_of(language: str) -> Path:
    """A language's own file."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """A language's list."""
    with list_of(language).open("rb") as file:
        return read_po(file, locale=language)


def problems_in(catalog: Catalog) -> Iterator[str]:
    """What a translation lacks: nothing written, unsure, or other parameters than the English has."""
    for message in catalog:
        if not message.id:
            continue
        written = message.string if isinstance(message.string, tuple) else (message.string,)
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        # "Jede Minute" needs no number
        counted = {"{n}", "%(n)s", "%(num)s"} if len(english) > 1 else set()
        wanted = {frozenset(set(PLACE.findall(text)) - counted) for text in english}
        if message.fuzzy or not all(written):
            yield f"not translated: {english[0]}"
        elif any(frozenset(set(PLACE.findall(text)) - counted) not in wanted for text in written):
            yield f"other parameters: {english[0]}"


def renew() -> None:
    """Write the template, every language's list brought up to date, and what gettext reads."""
    catalog = gathered()
    TEMPLATE.write_text(as_text(catalog))
    for language in languages():
        path = list_of(language)
        kept = read(language) if path.exists() else Catalog(locale=language, charset="utf-8")
        kept.update(catalog, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
        kept.obsolete.clear()
        _headed(kept, f"The words of Milieu in {Locale.parse(language).english_name}.")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_text(kept))
        path.with_suffix(".mo").write_bytes(compiled(read(language)))
        lacking = list(problems_in(kept))
        print(f"{language}: {len(catalog)} messages, {len(lacking)} to do")
        for line in lacking:
            print(f"  {line}")


if __name__ == "__main__":
    renew()
    sys.exit(0)
