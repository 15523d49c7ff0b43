"""`milieu serve`: the house for browsers. How it is served stands in `milieu.serving`."""

from __future__ import annotations

import typer

from milieu import serving
from milieu.cli import house, terminal
from milieu.cli.failures import Cannot

app = typer.Typer(**terminal.LOOK)
PORT = typer.Option(8000, "--port", "-p", envvar="PORT", min=1, max=65535, help="Where to listen.")
HOST = typer.Option("127.0.0.1", "--host", help="Which address to listen on; 0.0.0.0 for every one of this machine.")


@app.command()
def run(port: int = PORT, host: str = HOST) -> None:
    """Serve the house to browsers, until Ctrl-C.

    Listens on this machine only unless told otherwise. For other machines put a proxy with HTTPS before it and set
    MILIEU_HOSTS and MILIEU_HTTPS=1: docs/command-line.md.

    **Example:** `milieu serve --port 8080`
    """
    house.open_()
    if not house.communities():
        raise Cannot(f"There is no community to serve yet. {house.BEGIN}")
    listen(host, port)


def listen(host: str, port: int) -> None:
    """Serve until stopped. A port that is taken is refused before anything starts."""
    terminal.note("Stop with Ctrl-C. Whatever was recorded is kept.")
    serving.run(port=port, host=host)
