from pathlib import Path

import pytest

from bilderatlas.ingest.models.cache import cache_folder, cached


def test_the_environment_moves_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILDERATLAS_CACHE", str(tmp_path / "deep" / "cache"))
    assert cached("a.onnx", lambda: b"made") == b"made"
    assert (tmp_path / "deep" / "cache" / "a.onnx").read_bytes() == b"made"
    assert cached("a.onnx", lambda: b"other") == b"made"
    monkeypatch.delenv("BILDERATLAS_CACHE")
    assert cache_folder().name == "bilderatlas"


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("BILDERATLAS_CACHE", str(tmp_path / "file"))
    assert cached("a.onnx", lambda: b"made") == b"made"


def test_nothing_half_written_is_ever_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILDERATLAS_CACHE", str(tmp_path))

    def fail() -> bytes:
        raise RuntimeError("interrupted")

    with pytest.raises(RuntimeError):
        cached("a.onnx", fail)
    assert list(tmp_path.iterdir()) == []
