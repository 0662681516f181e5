import pytest
from PIL import Image
from tests.unit.ingest.pictures.encoded import encoded

from bilderatlas.ingest.magic import MAGIC_BYTES, looks_like_picture


@pytest.mark.parametrize(
    "kind", ["JPEG", "PNG", "GIF", "TIFF", "WEBP", "BMP", "AVIF", "HEIF", "JPEG2000"]
)
def test_pictures_are_known_by_their_first_bytes(kind: str) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    assert looks_like_picture(encoded(Image.new("RGB", (64, 64)), kind)[:MAGIC_BYTES])


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"BMW and other cars of the year",
        b"%PDF-1.7",
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"\0\0\0\x18ftypmp42\0\0\0\0",
        b"PK\x03\x04",
    ],
)
def test_other_files_are_not_taken_for_pictures(start: bytes) -> None:
    assert not looks_like_picture(start)
