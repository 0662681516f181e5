"""What must run again."""

from pathlib import Path

from bilderatlas.pipeline.freshness import Ledger, fingerprint, fingerprint_rows
from bilderatlas.record import Record
from bilderatlas.store import Store


def test_a_fingerprint_depends_on_every_part() -> None:
    assert fingerprint("a", {"x": 1, "y": 2}) == fingerprint("a", {"y": 2, "x": 1})
    assert len({fingerprint("a"), fingerprint("b"), fingerprint("a", None)}) == 3
    assert fingerprint_rows([("ab", "c")]) != fingerprint_rows([("a", "bc")])


def test_a_stage_runs_once_for_the_same_inputs_and_is_remembered(tmp_path: Path) -> None:
    store = Store(tmp_path / "some.atlas")
    runs: list[str] = []

    def make() -> int:
        runs.append("run")
        return len(runs)

    ledger = Ledger(store, Record("some"))
    assert ledger.run("layouts", "a", make) == 1
    assert ledger.run("layouts", "a", make) == 1
    remembered = store.read_pending()
    assert remembered is not None
    again = Ledger(store, remembered)
    assert again.run("layouts", "a", make) == 1
    assert again.ran == {}
    assert again.run("layouts", "b", make) == 2
    again.forget("layouts")
    assert again.run("layouts", "b", make) == 3
    assert list(again.ran) == ["layouts"]
