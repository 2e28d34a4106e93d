"""`python -m benchmarks`: asks every question at every size, prints the figures and, with --write, keeps them."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.postgres import start_postgres

from benchmarks import (
    after_write,
    building,
    entries,
    files,
    importing,
    pages,
    repeated,
    summary_http,
    summary_sql,
    track,
    week,
)
from benchmarks.figures import HEAD, Figure
from benchmarks.records import Bench, kept_record, table_of
from benchmarks.results import machine, write_section
from benchmarks.server import running_server

Question = Callable[[Bench], Iterator[Figure]]
OVER_HTTP: dict[str, Question] = {
    "summary_http": summary_http.figures,
    "summary_sql": summary_sql.figures,
    "repeated": repeated.figures,
    "entries": entries.figures,
}
IN_PROCESS: dict[str, Question] = {  # while the server holds the folder nobody else can open it
    "after_write": after_write.figures,
    "building": building.figures,
    "week": week.figures,
}
NAMES = (*OVER_HTTP, *IN_PROCESS, "importing", "files", "track", "pages")


def main() -> None:
    wanted = _arguments()
    names = wanted.only.split(",")
    sizes = [int(size) for size in wanted.sizes.split(",")]
    print(machine(), HEAD, sep="\n\n", flush=True)
    shown = []
    for figure in all_figures(sizes, names, wanted.postgres_url):
        print(figure.line, flush=True)
        shown.append(figure)
    if wanted.write:
        write_section(shown)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,1000000", help="Entries, with commas.")
    parser.add_argument("--only", default=",".join(NAMES), help="Questions, with commas.")
    parser.add_argument("--postgres-url", default="", help="A server to use; else one is started.")
    parser.add_argument("--write", action="store_true", help="Add a section to RESULTS.md.")
    return parser.parse_args()


def all_figures(sizes: list[int], names: list[str], postgres_url: str) -> Iterator[Figure]:
    with postgres(postgres_url, is_needed="summary_sql" in names) as url:
        for size in sizes if {*OVER_HTTP, *IN_PROCESS} & {*names} else ():
            yield from figures_of_size(size, names, url)
    if "importing" in names:
        yield from importing.figures()
    if "files" in names:
        yield from files.figures()
    if "track" in names:
        yield from track.figures()
    if "pages" in names:
        yield from pages.figures()


@contextmanager
def postgres(url: str, *, is_needed: bool) -> Iterator[str]:
    if url or not is_needed:
        yield url
        return
    with start_postgres() as server:
        yield server.new_database()


def figures_of_size(entry_count: int, names: list[str], postgres_url: str) -> Iterator[Figure]:
    record = kept_record(entry_count)
    table = table_of(record)
    with running_server(record) as server:
        bench = Bench(
            entry_count=entry_count,
            record=record,
            table=table,
            server=server,
            postgres_url=postgres_url,
        )
        for name, question in OVER_HTTP.items():
            if name in names:
                yield from question(bench)
    for name, question in IN_PROCESS.items():
        if name in names:
            yield from question(bench)


if __name__ == "__main__":
    main()
