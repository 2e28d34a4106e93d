"""A workspace's logo: a small PNG or JPEG."""

from gnomon.errors import BadData

BYTES_MAX = 512 * 1024
SUFFIXES = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}
MEDIA_TYPES = {".png": "image/png", ".jpg": "image/jpeg"}


def logo_suffix(image: bytes) -> str:
    """`.png` or `.jpg`, by how the image begins; raises `BadData` for anything else and for what is too large."""
    if len(image) > BYTES_MAX:
        raise BadData(f"A logo has at most {BYTES_MAX // 1024} KiB.")
    for start, suffix in SUFFIXES.items():
        if image.startswith(start):
            return suffix
    raise BadData("A logo is a PNG or a JPEG file.")


def logo_media_type(image: bytes) -> str:
    return MEDIA_TYPES[logo_suffix(image)]
