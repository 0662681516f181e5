import threading
import warnings

import pytest

from bilderatlas.ingest.pictures.silence import decoders_silenced


def warn_as(module: str) -> None:
    warnings.warn_explicit("odd", UserWarning, "decoder.py", 1, module=module)


def test_decoders_are_silent_inside_and_loud_outside() -> None:
    with decoders_silenced, decoders_silenced:
        warn_as("PIL.PngImagePlugin")
        with pytest.raises(UserWarning, match="odd"):
            warn_as("elsewhere")
    with pytest.raises(UserWarning, match="odd"):
        warn_as("PIL.PngImagePlugin")


def test_threads_that_overlap_leave_the_filters_as_they_were() -> None:
    before = list(warnings.filters)
    entered, leave = threading.Event(), threading.Event()

    def first_in_last_out() -> None:
        with decoders_silenced:
            entered.set()
            leave.wait(5)

    thread = threading.Thread(target=first_in_last_out)
    thread.start()
    entered.wait(5)
    with decoders_silenced:
        leave.set()
        thread.join()
        warn_as("PIL.Image")
    assert warnings.filters == before
