"""Commands that serve the graph."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.common import StoreOption, app, fail, messages, open_graph


@app.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; EMBARGO_HOST, else the loopback interface.")
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")] = 1,
    store: StoreOption = None,
) -> None:
    """Serve the graph over HTTP until Ctrl-C: REST under /v1, its description at /docs."""
    from api import server
    from api.settings import api_settings
    from graph.errors import StoreError
    from graph.store import check_address

    try:
        settings = api_settings()
    except ValueError as error:
        fail(str(error))
    settings = settings.model_copy(update={"store": store or settings.store, "host": host or settings.host})
    try:
        check_address(settings.store)
    except StoreError as error:
        fail(str(error))
    try:
        server.check_listening(settings.host, port)
    except OSError as error:
        fail(f"cannot listen on {settings.host}:{port}: {error.strerror or error}; choose another --port or --host")
    messages.print(
        f"serving {settings.store} on http://{settings.host}:{port} (description: /docs); Ctrl-C ends it", markup=False
    )
    server.serve(settings, port, workers)


@app.command()
def mcp(store: StoreOption = None) -> None:
    """Serve the graph to a language model over standard input and output (Model Context Protocol), until these close.

    Example: claude mcp add embargo -- embargo mcp
    """
    from api.mcp.server import mcp_server
    from api.slots import STORIES, Slots
    from graph.settings import Settings

    with open_graph(store) as opened:
        mcp_server(lambda: opened, Settings().query_timeout, Slots(), Slots(STORIES)).run("stdio")
