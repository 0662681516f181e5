"""Pictures stacked over time."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from bilderatlas.analysis.layouts.timeline import Timeline
from bilderatlas.errors import LayoutError


def moments(begin: str, end: str, n: int = 600) -> npt.NDArray[np.datetime64]:
    first, last = (np.datetime64(day, "s").astype(np.int64) for day in (begin, end))
    drawn = np.random.default_rng(0).integers(first, last, n)
    return drawn.astype("datetime64[s]")


@pytest.mark.parametrize(
    ("begin", "end", "unit", "title", "above"),
    [
        ("1000-01-01", "1999-12-31", "century", "1500s", None),
        ("1790-01-01", "1999-12-31", "decade", "1850s", None),
        ("1980-01-01", "1999-12-31", "year", "1984", None),
        ("2019-01-01", "2020-12-31", "month", "Sep", "2020"),
        ("2021-01-04", "2021-04-20", "week", "18", "Feb 2021"),
        ("2021-06-01", "2021-06-20", "day", "7", "Jun 2021"),
        ("2021-06-01T00:00", "2021-06-01T20:00", "hour", "08:00", "1 Jun 2021"),
        ("2021-06-01T12:01", "2021-06-01T12:20", "minute", "12:07", "1 Jun 2021"),
    ],
)
def test_the_unit_of_time_fits_the_collection(
    begin: str, end: str, unit: str, title: str, above: str | None
) -> None:
    layout = Timeline(window=1.6)
    positions = layout.fit_transform(moments(begin, end))
    assert layout.unit_ == layout.parameters["unit"] == unit
    titles = [text for text, *_ in layout.backdrop_.texts]
    assert title in titles
    assert above is None or above in titles
    width, height = np.ptp(positions, axis=0)
    assert width / height == pytest.approx(1.6, rel=0.4)


def test_columns_grow_upwards_with_their_pictures_in_order() -> None:
    times = moments("1990-01-01", "2009-12-31")
    layout = Timeline(picture_aspect=1.5)
    positions = layout.fit_transform(times)
    assert layout.unit_ == "year"
    assert positions[:, 1].min() == 0.5
    assert len(np.unique(positions, axis=0)) == len(times)
    years = times.astype("datetime64[Y]").astype(int)
    for year in np.unique(years):
        own = positions[years == year]
        assert not ((positions[years != year, 0] > own[:, 0].min()) &
                    (positions[years != year, 0] < own[:, 0].max())).any()  # fmt: skip
        order = np.lexsort((own[:, 0], own[:, 1]))
        assert (np.diff(times[years == year][order].astype(np.int64)) >= 0).all()
    order = np.argsort(positions[:, 0], kind="stable")
    assert (np.diff(years[order]) >= 0).all()


def test_a_long_time_without_pictures_is_left_out_and_said() -> None:
    times = np.concatenate(
        [moments("1900-01-01", "1909-12-31"), moments("1990-01-01", "1999-12-31")]
    )
    layout = Timeline()
    positions = layout.fit_transform(times)
    assert layout.unit_ == "year"
    dots = [x for text, x, _, _ in layout.backdrop_.texts if text == "⋯"]
    assert len(dots) == 1
    early = times < np.datetime64("1950")
    assert positions[early, 0].max() < dots[0] < positions[~early, 0].min()
    assert len(layout.backdrop_.lines) == 2
    gap = positions[~early, 0].min() - positions[early, 0].max()
    assert gap < 0.2 * np.ptp(positions[:, 0])


def test_pictures_without_a_date_are_not_lost() -> None:
    times = moments("1990-01-01", "2009-12-31", 300)
    times[::3] = np.datetime64("NaT")
    layout = Timeline()
    positions = layout.fit_transform(times)
    without = np.isnat(times)
    assert np.isfinite(positions).all()
    assert len(np.unique(positions, axis=0)) == 300
    assert positions[without, 0].min() > positions[~without, 0].max()
    assert "no date · 100" in [text for text, *_ in layout.backdrop_.texts]
    low, high = layout.backdrop_.lines[-1].min(axis=0), layout.backdrop_.lines[-1].max(axis=0)
    assert ((positions[without] > low) & (positions[without] < high)).all()


def test_titles_do_not_run_into_each_other() -> None:
    layout = Timeline()
    layout.fit_transform(moments("1950-01-01", "1999-12-31", 3000))
    ends = sorted(
        (x - 0.5 * len(text) * size / 2, x + 0.5 * len(text) * size / 2)
        for text, x, y, size in layout.backdrop_.texts
        if y == layout.backdrop_.texts[0][2]
    )
    assert len(ends) > 4
    assert all(end <= begin for (_, end), (begin, _) in pairwise(ends))


@pytest.mark.parametrize(
    ("time", "unit", "titles"),
    [
        ("1924-01-01", "year", {"1924"}),
        ("1924-05-01", "month", {"May", "1924"}),
        ("2020-05-17", "day", {"17", "May 2020"}),
        ("2020-05-17T08:30:12", "second", {"08:30:12", "17 May 2020"}),
    ],
)
def test_a_single_date_is_told_as_exactly_as_it_is_known(
    time: str, unit: str, titles: set[str]
) -> None:
    layout = Timeline()
    layout.fit_transform(np.full(50, np.datetime64(time, "s")))
    assert layout.unit_ == unit
    assert titles == {text for text, *_ in layout.backdrop_.texts}


def test_years_before_the_first_have_no_sign() -> None:
    layout = Timeline()
    years = np.repeat(np.arange(-14, 6), 12) - 1970
    layout.fit_transform(years.astype("datetime64[Y]").astype("datetime64[s]"))
    titles = {text for text, *_ in layout.backdrop_.texts}
    assert layout.unit_ == "year"
    assert "15 BCE" in titles
    assert not any(text.startswith("-") or text == "0" for text in titles)


@pytest.mark.parametrize("year", ["-0043", "+12000"])
def test_days_that_pythons_calendar_does_not_know_have_titles(year: str) -> None:
    begin = np.datetime64(f"{year}-03-01", "s")
    layout = Timeline()
    layout.fit_transform(begin + np.arange(0, 20 * 86400, 5000).astype("timedelta64[s]"))
    assert layout.unit_ == "day"
    above = "Mar 44 BCE" if year.startswith("-") else "Mar 12000"
    assert {"15", above} <= {text for text, *_ in layout.backdrop_.texts}


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_few_pictures_have_a_timeline_too(n: int) -> None:
    positions = Timeline().fit_transform(moments("1990-01-01", "2009-12-31", n))
    assert np.isfinite(positions).all()
    assert len(np.unique(positions, axis=0)) == n


def test_a_timeline_needs_a_date_and_is_made_whole() -> None:
    with pytest.raises(LayoutError, match="date"):
        Timeline().fit_transform(np.full(3, np.datetime64("NaT")))
    with pytest.raises(LayoutError, match="lay out all"):
        Timeline().transform(moments("1990-01-01", "2009-12-31", 1))
