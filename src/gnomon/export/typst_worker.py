"""Compile a Typst document in a process of its own, with a limit on its memory.

Run as `python -m gnomon.export.typst_worker TASK`: TASK is a JSON file with `template`, `fonts`, the file of `data` (as
the template sees it), the `pdf` to make and whether it has `tags`. A document that needs too much ends this process and not the
server; text of people is data in a JSON string and never part of a template.
"""

import json
import resource
import sys
from pathlib import Path

import typst

BYTES_MAX = 1_500 * 1024 * 1024
SAME_TIME = 1_577_836_800  # the same report is the same file


def main(task: str) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES_MAX, BYTES_MAX))
    asked = json.loads(Path(task).read_text(encoding="utf-8"))
    template = Path(asked["template"])
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=asked["fonts"]
    )
    compiler = typst.Compiler(str(template), root=str(template.parent), font_paths=fonts)
    compiler.compile(
        output=asked["pdf"],
        sys_inputs={"data": asked["data"]},
        pdf_tags=asked["tags"],
        timestamp=SAME_TIME,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
