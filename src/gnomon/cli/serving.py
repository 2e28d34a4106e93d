"""`gnomon serve`: the server, until it is told to stop (D11.3)."""

from dataclasses import replace
from typing import Annotated

import typer

from gnomon.app import open_house, set_up_logs
from gnomon.cli.output import SAY, DataOption
from gnomon.config import read_config
from gnomon.delivery.rounds import on_its_rounds
from gnomon.store.accounts import has_accounts
from gnomon.store.sessions import new_code
from gnomon.web.serve import serve

LOOPBACK = ("127.0.0.1", "::1", "localhost")  # from elsewhere nobody may be first
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
            is_new = not has_accounts(connection)
        code = new_code() if is_new and host in LOOPBACK else ""

        def tell(address: str) -> None:
            SAY.print(f"Gnomon is at {address}")
            if code:
                SAY.print(f"Nobody is here yet. Begin at {address}/setup")
                SAY.print(f"with the one-time code {code}", soft_wrap=True)
            elif is_new:
                SAY.print("The record is empty. `gnomon init` makes the first workspace.")

        with on_its_rounds(house.courier()):
            serve(house.application(code), host, port, tell)
