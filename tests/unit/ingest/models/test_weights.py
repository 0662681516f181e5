import collections
import io
import os
import pickle
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from bilderatlas.errors import ModelError
from bilderatlas.ingest.models.weights import read_state_dict

MAGIC, PROTOCOL = 0x1950A86A20F9469CFC6C, 1001


class Storage:
    """Stands for a run of numbers that follows the pickle."""

    def __init__(self, key: str, values: npt.NDArray[Any]) -> None:
        self.key, self.values = key, values


class Tensor:
    """Pickles itself as PyTorch's tensors do."""

    def __init__(self, storage: Storage, offset: int, shape: Any, strides: Any) -> None:
        self.parts: tuple[object, ...] = (
            storage,
            offset,
            shape,
            strides,
            False,
            collections.OrderedDict(),
        )

    def __reduce__(self) -> Any:
        return sys.modules["torch._utils"]._rebuild_tensor_v2, self.parts


@pytest.fixture
def save(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Path]:
    """Return what writes a file as torch.save did, without torch."""
    torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
    kinds = {}
    for name in ("FloatStorage", "LongStorage", "HalfStorage"):
        kinds[name] = type(name, (), {"__module__": "torch"})
        setattr(torch, name, kinds[name])

    def rebuild() -> None: ...

    rebuild.__module__, rebuild.__qualname__ = "torch._utils", "_rebuild_tensor_v2"
    utils._rebuild_tensor_v2 = rebuild  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "torch._utils", utils)
    names = {"f4": "FloatStorage", "i8": "LongStorage", "f2": "HalfStorage"}

    class Pickler(pickle.Pickler):
        def persistent_id(self, obj: object) -> Any:
            if not isinstance(obj, Storage):
                return None
            kind = kinds[names[obj.values.dtype.str[1:]]]
            return ("storage", kind, obj.key, "cpu", obj.values.size, None)

    def write(state: object, *storages: Storage, cut: int | None = None) -> Path:
        file = io.BytesIO()
        for part in (MAGIC, PROTOCOL, {"little_endian": True}):
            pickle.dump(part, file, protocol=2)
        Pickler(file, protocol=2).dump(state)
        pickle.dump([storage.key for storage in storages], file, protocol=2)
        for storage in storages:
            file.write(storage.values.size.to_bytes(8, "little") + storage.values.tobytes())
        path = tmp_path / "weights.pth"
        path.write_bytes(file.getvalue()[:cut])
        return path

    return write


def test_tensors_are_read_as_they_were(save: Callable[..., Path]) -> None:
    floats = Storage("1", np.arange(24, dtype="<f4"))
    count = Storage("2", np.array([77], dtype="<i8"))
    state = collections.OrderedDict(
        whole=Tensor(floats, 0, (2, 3, 4), (12, 4, 1)),
        turned=Tensor(floats, 0, (4, 6), (1, 4)),
        part=Tensor(floats, 20, (2, 2), (2, 1)),
        count=Tensor(count, 0, (), ()),
    )
    tensors = read_state_dict(save(state, floats, count))
    assert list(tensors) == ["whole", "turned", "part", "count"]
    np.testing.assert_array_equal(tensors["whole"], np.arange(24).reshape(2, 3, 4))
    np.testing.assert_array_equal(tensors["turned"], np.arange(24).reshape(6, 4).T)
    np.testing.assert_array_equal(tensors["part"], [[20, 21], [22, 23]])
    assert tensors["count"] == 77
    assert tensors["whole"].dtype == np.float32


class Command:
    """What an attacker's pickle asks for."""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self.parts = (function, arguments)

    def __reduce__(self) -> Any:
        return self.parts


@pytest.mark.parametrize("function", [os.system, eval, exec, getattr, print])
def test_a_pickle_that_would_run_something_is_refused(
    save: Callable[..., Path], tmp_path: Path, function: Callable[..., object]
) -> None:
    witness = tmp_path / "witness"
    path = save({"weight": Command(function, f"touch {witness}")})
    with pytest.raises(ModelError, match=r"weights\.pth are refused: they ask for"):
        read_state_dict(path)
    assert not witness.exists()


def test_a_pickle_that_runs_something_before_the_tensors_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "evil.pth"
    path.write_bytes(pickle.dumps(Command(os.system, f"touch {tmp_path / 'witness'}")))
    with pytest.raises(ModelError, match="refused"):
        read_state_dict(path)
    assert not (tmp_path / "witness").exists()


@pytest.mark.parametrize(
    ("offset", "shape", "strides"),
    [(0, (5,), (1,)), (3, (2,), (1,)), (0, (2, 2), (3, 1)), (2, (2,), (-1,)), (9, (1,), (1,))],
)
def test_a_tensor_beyond_its_storage_is_refused(
    save: Callable[..., Path], offset: int, shape: Any, strides: Any
) -> None:
    storage = Storage("1", np.arange(4, dtype="<f4"))
    path = save({"weight": Tensor(storage, offset, shape, strides)}, storage)
    with pytest.raises(ModelError, match="beyond its storage"):
        read_state_dict(path)


def test_a_file_that_ends_early_is_refused(save: Callable[..., Path]) -> None:
    storage = Storage("1", np.arange(4, dtype="<f4"))
    path = save({"weight": Tensor(storage, 0, (4,), (1,))}, storage, cut=-3)
    with pytest.raises(ModelError, match="ends early"):
        read_state_dict(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello", pickle.dumps([1, 2])])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.pth"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"other\.pth"):
        read_state_dict(path)


def test_a_missing_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.pth cannot be opened"):
        read_state_dict(tmp_path / "none.pth")
