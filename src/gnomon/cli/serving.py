"""`gnomon serve`: the server, until it is told to stop (D11.3)."""

from dataclasses import replace
from typing import Annotated

import typer

from gnomon.app import open_house, set_up_logs
from gnomon.cli.output import SAY, DataOption
from gnomon.config import read_config
from gnomon.delivery.rounds import on_its_rounds
from gnomon.store.workspaces import all_workspace_ids
from gnomon.web.serve import serve

HostOption = Annotated[str, typer.Option("--host", help="Address to listen on.")]
PortOption = Annotated[int, typer.Option("--port", help="Port to listen on; 0 takes a free one.")]


def serve_command(
    host: HostOption = "127.0.0.1", port: PortOption = 8080, data: DataOption = None
) -> None:
    """Serve the APIs; stops on SIGTERM after answering what is in flight."""
    config = read_config(data=data)
    if not config.public_url and port:
        config = replace(config, public_url=f"http://{host}:{port}")
    set_up_logs(config.log_level)
    with open_house(config, makes_record=True) as house:
        with house.database.read() as connection:
            if not all_workspace_ids(connection):
                SAY.print("The record is empty. `gnomon init` makes the first workspace.")
        with on_its_rounds(house.courier()):
            serve(
                house.application(),
                host,
                port,
                lambda address: SAY.print(f"Gnomon is at {address}"),
            )
