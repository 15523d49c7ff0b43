"""Write docs/rules from the tables that the tests ask: `python -m tests.spec.generate`."""

from __future__ import annotations

from pathlib import Path

from tests.spec import access, checks, rounds, staffing
from tests.spec.chapters import Chapter, Row, Table

CHAPTERS = (checks.CHAPTER, rounds.CHAPTER, staffing.CHAPTER, access.CHAPTER)
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "rules"
MADE = "<!-- Made by `python -m tests.spec.generate` from tests/spec; every row is tested. -->"


def line(row: Row) -> str:
    """One row of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def table(one: Table) -> str:
    """A table with its words."""
    rows = [line(one.columns), line(("---",) * len(one.columns)), *map(line, one.rows)]
    return f"## {one.title}\n\n{one.words}\n\n" + "\n".join(rows) + "\n"


def page(chapter: Chapter) -> str:
    """A chapter as it stands in docs/rules."""
    return f"{MADE}\n\n# {chapter.title}\n\n{chapter.words}\n\n" + "\n".join(map(table, chapter.tables))


def contents() -> str:
    """The list of chapters."""
    listed = "\n".join(f"- [{chapter.title}]({chapter.name}.md)" for chapter in CHAPTERS)
    return (
        f"{MADE}\n\n# The rules\n\nWhat the program decides, as tables of examples. Each row is asked of the rule whenever the "
        f"tests run, so what stands here is so.\n\n{listed}\n"
    )


def pages() -> dict[str, str]:
    """Every file of docs/rules with its text."""
    return {"README.md": contents(), **{f"{chapter.name}.md": page(chapter) for chapter in CHAPTERS}}


def main() -> None:
    """Write them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
