import io
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from tests.unit.ingest.pictures.encoded import corners, encoded

from bilderatlas.ingest.pictures.exif import Facts, orientation, read_facts

NOTHING = Facts(None, None, None)


def facts_of(
    *, base: dict[int, Any] | None = None, capture: Any = None, place: Any = None
) -> Facts:
    """Write the tags into a file and read them back, as a camera and we would."""
    exif = Image.Exif()
    exif.update(base or {})
    exif.get_ifd(0x8769).update(capture or {})
    exif.get_ifd(0x8825).update(place or {})
    return read_facts(Image.open(io.BytesIO(encoded(corners(), "JPEG", exif=exif))).getexif())


def test_the_moment_of_capture_wins_over_that_of_editing() -> None:
    facts = facts_of(base={0x0132: "2021:01:01 00:00:00"}, capture={0x9003: "2019:08:07 06:05:04"})
    assert facts.taken_at == datetime(2019, 8, 7, 6, 5, 4)


def test_the_date_of_the_file_is_better_than_none() -> None:
    facts = facts_of(base={0x0132: "2021:01:02 03:04:05"}, capture={0x9003: "    :  :     :  :  "})
    assert facts.taken_at == datetime(2021, 1, 2, 3, 4, 5)


@pytest.mark.parametrize("text", ["0000:00:00 00:00:00", "yesterday", "", "2021:13:40 99:00:00"])
def test_a_date_that_is_none_is_none(text: str) -> None:
    assert facts_of(capture={0x9003: text}) == NOTHING


def test_south_and_west_are_negative() -> None:
    facts = facts_of(place={1: "S", 2: (33.0, 51.0, 36.0), 3: "W", 4: (70.0, 30.0, 0.0)})
    assert facts.latitude == pytest.approx(-33.86)
    assert facts.longitude == pytest.approx(-70.5)


@pytest.mark.parametrize(
    "place",
    [
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (95.0, 0.0, 0.0), 3: "E", 4: (7.0, 0.0, 0.0)},
        {1: "N", 2: (50.0, 0.0, 0.0)},
        {2: (IFDRational(1, 0),) * 3, 4: (IFDRational(0, 0),) * 3},
    ],
    ids=["nowhere", "beyond the pole", "half", "divided by zero"],
)
def test_a_place_that_is_none_is_none(place: Any) -> None:
    assert facts_of(place=place) == NOTHING


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from([1, 2, 3, 4]),
        st.one_of(
            st.none(),
            st.text(),
            st.binary(),
            st.floats(),
            st.tuples(st.floats(), st.floats()),
            st.tuples(st.binary(), st.none(), st.text()),
        ),
    )
)
def test_garbage_is_tolerated(place: dict[int, Any]) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825).update(place)
    facts = read_facts(exif)
    assert facts.latitude is None or -90 <= facts.latitude <= 90


@pytest.mark.parametrize("value", [0, 9, 77, "6", None, (6,)])
def test_an_orientation_that_is_none_is_upright(value: object) -> None:
    exif = Image.Exif()
    exif[0x0112] = value
    assert orientation(exif) == 1
