"""Whether a logo can be printed, found out before anybody's report needs it."""

from pathlib import Path
from tempfile import TemporaryDirectory

from gnomon.errors import BadData, FileFailed
from gnomon.export.pdf_compile import compiled_file
from gnomon.model.logo import logo_suffix


def check_logo(image: bytes) -> None:
    """Raises `BadData` for an image that is none, or that the compiler cannot read."""
    name = f"logo{logo_suffix(image)}"
    with TemporaryDirectory(prefix="gnomon-logo-") as folder:
        (Path(folder) / name).write_bytes(image)
        try:
            compiled_file(Path(folder), "logo.typ", Path(folder) / name)
        except FileFailed as error:
            raise BadData("The logo cannot be read: is the file damaged?") from error
