"""Which files must be read."""

from bilderatlas.pipeline.plan import make_plan
from bilderatlas.types import Found


def a_file(uri: str, size: int = 1, mtime: int = 1) -> Found:
    return Found(uri, f"/{uri}", size, mtime)


def test_a_first_build_reads_everything() -> None:
    found = [a_file("a"), a_file("b")]
    plan = make_plan(found, {}, {})
    assert (plan.read, plan.drop) == (tuple(found), ())


def test_the_same_folder_again_reads_nothing() -> None:
    plan = make_plan([a_file("a"), a_file("bad")], {"a": (1, 1)}, {"bad": (1, 1)})
    assert (plan.read, plan.drop) == ((), ())


def test_a_changed_file_is_dropped_and_read() -> None:
    found = [a_file("a", mtime=2)]
    plan = make_plan(found, {"a": (1, 1)}, {})
    assert (plan.read, plan.drop) == (tuple(found), ("a",))


def test_a_file_that_has_gone_is_dropped() -> None:
    assert make_plan([], {"a": (1, 1)}, {}).drop == ("a",)


def test_a_mended_file_is_tried_again() -> None:
    found = [a_file("bad", size=2)]
    assert make_plan(found, {}, {"bad": (1, 1)}).read == tuple(found)
