"""The same rows by a plain call of each library: what a file costs that nobody made beautiful, safe or streamed."""

import csv
import subprocess
import sys
from html import escape
from pathlib import Path

import typst
from xlsxwriter import Workbook

from gnomon.export.fonts import font_folders

Rows = list[tuple[str, ...]]
CHROMIUM = "/usr/bin/chromium"
TABLE = """#set text(font: "Noto Sans", size: 8.5pt)
#let rows = json(sys.inputs.rows)
#table(columns: (1fr, 1fr, 1fr, 70pt, 70pt), ..rows.flatten())
"""


def plain_csv(path: Path, rows: Rows) -> None:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows(rows)


def plain_xlsx(path: Path, rows: list[tuple[str, str, str, float, float]]) -> None:
    """The same kinds of cells with the same formats, through the same library in the same mode."""
    with Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet()
        text, clock, money = (
            book.add_format({"num_format": code}) for code in ("@", "[h]:mm:ss", "0.00")
        )
        for number, (project, client, description, days, amount) in enumerate(rows):
            page.write_string(number, 0, project, text)
            page.write_string(number, 1, client, text)
            page.write_string(number, 2, description, text)
            page.write_number(number, 3, days, clock)
            page.write_number(number, 4, amount, money)


def plain_pdf(path: Path, rows: Path) -> None:
    """One table, one compilation, in a process of its own: a second one in the same process would remember the first."""
    (path.parent / "plain.typ").write_text(TABLE)
    subprocess.run(
        [sys.executable, "-m", "benchmarks.plain_files", str(path), str(rows)], check=True
    )


def main(path: str, rows: str) -> None:
    folder = Path(path).parent
    fonts = typst.Fonts(include_system_fonts=False, font_paths=font_folders())
    compiler = typst.Compiler(str(folder / "plain.typ"), root=str(folder), font_paths=fonts)
    compiler.compile(output=path, sys_inputs={"rows": f"/{Path(rows).name}"})


def chromium_pdf(path: Path, rows: Rows) -> None:
    """How others print: a page of HTML in a browser without a window."""
    lines = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    page = path.with_suffix(".html")
    page.write_text(f"<!doctype html><meta charset=utf-8><table>{lines}</table>")
    subprocess.run(
        [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--print-to-pdf={path}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
