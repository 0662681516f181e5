import hashlib
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tests.unit.ingest.models.tiny import HEAD, tiny_network
from tests.unit.ingest.pictures.encoded import encoded, photograph

from bilderatlas.errors import ModelError
from bilderatlas.ingest import reader as reader_module
from bilderatlas.ingest.models.session import Session
from bilderatlas.ingest.pictures.decode import decode
from bilderatlas.ingest.reader import Known, Reader
from bilderatlas.ingest.sources.folder import Folder
from bilderatlas.types import BLUR_BYTES, Aspect, Found, Picture, Problem

SHARED = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture(scope="module")
def session() -> Session:
    return Session(tiny_network())


def found_in(folder: Path) -> tuple[Found, ...]:
    return Folder(folder).list().found


def pictures_of(results: list[Picture | Known | Problem]) -> list[Picture]:
    pictures = [one for one in results if isinstance(one, Picture)]
    assert len(pictures) == len(results), results
    return pictures


def test_a_picture_comes_with_all_that_is_known_of_it(tmp_path: Path, session: Session) -> None:
    exif = Image.Exif()
    exif[0x0132] = "2020:02:03 04:05:06"
    data = encoded(photograph(320, 240), "JPEG", exif=exif)
    (tmp_path / "one.jpeg").write_bytes(data)
    (picture,) = pictures_of(Reader(session)(found_in(tmp_path)))
    assert picture.key == hashlib.blake2b(data, digest_size=16).hexdigest()
    assert (picture.width, picture.height) == (320, 240)
    assert picture.taken_at is not None
    aspect = Aspect.of(320, 240)
    assert Image.open(io.BytesIO(picture.t32)).size == aspect.fit(32)
    assert Image.open(io.BytesIO(picture.t128)).size == aspect.fit(128)
    assert len(picture.blur) == BLUR_BYTES
    assert 0 < picture.brightness < 1
    assert 0 < picture.contrast < 0.5
    assert 0.25 < picture.sharpness < 1
    assert 0 < picture.phash < 2**64
    assert (picture.copy, picture.suffix) == (None, ".jpg")
    assert picture.vector.shape == (HEAD,)
    assert picture.vector.dtype == np.float16
    assert np.linalg.norm(picture.vector.astype(float)) == pytest.approx(1, abs=1e-2)
    assert picture.names.dtype == np.int16
    assert picture.name_scores.dtype == np.float16


def test_a_solid_colour_comes_back_in_the_thumbnail(tmp_path: Path, session: Session) -> None:
    Image.new("RGB", (640, 480), (30, 90, 160)).save(tmp_path / "solid.png")
    (picture,) = pictures_of(Reader(session)(found_in(tmp_path)))
    for data in (picture.t32, picture.t128):
        pixels = np.asarray(Image.open(io.BytesIO(data)), dtype=int)
        assert np.abs(pixels - (30, 90, 160)).max() <= 2


def test_results_stand_in_the_order_of_the_batch(tmp_path: Path, session: Session) -> None:
    for number in range(6):
        photograph(64, 48, seed=number).save(tmp_path / f"{number}.png")
    (tmp_path / "2.png").write_bytes(b"")
    (tmp_path / "4.png").write_bytes(b"neither")
    found = found_in(tmp_path)
    key_of_3 = hashlib.blake2b((tmp_path / "3.png").read_bytes(), digest_size=16).hexdigest()
    reader = Reader(session, known=lambda key: key == key_of_3)
    results = reader(found)
    assert [type(one) for one in results] == [Picture, Picture, Problem, Known, Problem, Picture]
    assert results[2] == Problem("2.png", "decode", "the file is empty")
    assert results[3] == Known("3.png", key_of_3)
    alone = Reader(session)(found[5:])
    np.testing.assert_allclose(
        pictures_of(results[5:])[0].vector, pictures_of(alone)[0].vector, atol=1e-2
    )
    assert (reader.decoded, reader.embedded) == (3, 3)


def test_a_batch_without_pictures_needs_no_network(tmp_path: Path, session: Session) -> None:
    photograph(64, 48).save(tmp_path / "seen.png")
    reader = Reader(session, known=lambda key: True)
    assert [type(one) for one in reader(found_in(tmp_path))] == [Known]
    assert reader([]) == []
    assert (reader.decoded, reader.embedded) == (0, 0)


def test_what_cannot_be_read_is_a_problem(tmp_path: Path, session: Session) -> None:
    (tmp_path / "folder.jpg").mkdir()
    gone, folder = Reader(session)(
        [Found(name, str(tmp_path / name), 1, 1) for name in ("gone.jpg", "folder.jpg")]
    )
    assert gone == Problem(
        "gone.jpg", "read", "the file cannot be read (No such file or directory)"
    )
    assert folder == Problem("folder.jpg", "read", "the file cannot be read (Is a directory)")


def test_a_surprise_in_one_picture_does_not_end_the_batch(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2):
        photograph(64, 48, seed=number).save(tmp_path / f"{number}.png")
    calls = iter([RuntimeError("surprise"), None])

    def surprising(data: bytes, **options: Any) -> Any:
        if error := next(calls):
            raise error
        return decode(data, **options)

    monkeypatch.setattr(reader_module, "decode", surprising)
    first, second = Reader(session)(found_in(tmp_path))
    assert first == Problem("0.png", "decode", "it fails unexpectedly (RuntimeError('surprise'))")
    assert isinstance(second, Picture)


def test_a_picture_that_the_network_cannot_digest_is_a_problem(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2):
        photograph(64, 48, seed=number).save(tmp_path / f"{number}.png")
    embed = session.embed

    def broken(batch: Any) -> Any:
        vectors, names, scores = embed(batch)
        vectors = vectors.copy()
        vectors[0, 0] = np.nan
        return vectors, names, scores

    monkeypatch.setattr(session, "embed", broken)
    first, second = Reader(session)(found_in(tmp_path))
    assert first == Problem("0.png", "embed", "the network makes no numbers of it")
    assert isinstance(second, Picture)


def test_copies_are_made_for_what_browsers_do_not_show(tmp_path: Path, session: Session) -> None:
    photograph(300, 200).save(tmp_path / "scan.tif")
    photograph(1800, 90).save(tmp_path / "wide.jpg")
    found = found_in(tmp_path)
    scan, wide = pictures_of(Reader(session)(found))
    assert (scan.suffix, wide.suffix) == (".webp", ".webp")
    assert Image.open(io.BytesIO(scan.copy or b"")).size == (300, 200)
    assert Image.open(io.BytesIO(wide.copy or b"")).size == (1600, 80)


def test_the_suffix_tells_what_the_file_is_and_not_what_it_is_called(
    tmp_path: Path, session: Session
) -> None:
    (tmp_path / "misnamed.jpg").write_bytes(encoded(photograph(60, 40), "PNG"))
    (picture,) = pictures_of(Reader(session)(found_in(tmp_path)))
    assert picture.suffix == ".png"


def test_the_limit_is_handed_on(tmp_path: Path, session: Session) -> None:
    Image.new("RGBA", (50, 50)).save(tmp_path / "clear.png")
    found = found_in(tmp_path)
    (problem,) = Reader(session, max_pixels=2499)(found)
    assert isinstance(problem, Problem)
    assert "--max-pixels" in problem.reason


def test_a_reader_opens_its_model_by_name() -> None:
    with pytest.raises(ModelError, match="no model 'vgg'"):
        Reader.open("vgg")


@pytest.mark.parametrize("name", ["odd_images", "exif_gps"])
def test_every_odd_file_is_drawn_or_explained(name: str, session: Session) -> None:
    if not (SHARED / name).is_dir():
        pytest.skip(f"needs the test pictures {name}, which are not here")
    found = found_in(SHARED / name)
    reader = Reader(session)
    results = [one for start in range(0, len(found), 8) for one in reader(found[start : start + 8])]
    problems = {one.uri: one.reason for one in results if isinstance(one, Problem)}
    assert len(results) == len(found)
    assert not any("unexpectedly" in reason for reason in problems.values())
    assert reader.decoded == len(found) - len(problems) > 0.6 * len(found)
