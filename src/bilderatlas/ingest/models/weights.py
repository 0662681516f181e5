"""State dicts of PyTorch, read without PyTorch.

A ``.pth`` file is a pickle, and a pickle is a program. Only the few names that a plain state dict
needs are let through; anything else is refused before it runs.
"""

from __future__ import annotations

import collections
import pickle
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from bilderatlas.errors import ModelError

__all__ = ["read_state_dict"]

# First object of the format that torch.save wrote until version 1.6 (torch/serialization.py).
_MAGIC = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001

_DTYPES: Mapping[str, str] = {"FloatStorage": "<f4", "LongStorage": "<i8"}


class _Storage:
    """A flat run of numbers; its values stand behind the pickle and are filled in later."""

    def __init__(self, dtype: str, size: int) -> None:
        self.values: npt.NDArray[Any] = np.zeros(size, dtype=dtype)


def _tensor(
    storage: _Storage,
    offset: int,
    shape: tuple[int, ...],
    strides: tuple[int, ...],
    *_: object,
) -> Callable[[], npt.NDArray[Any]]:
    """Return what makes the array of one tensor once its storage is filled."""

    def make() -> npt.NDArray[Any]:
        values = storage.values[offset:]
        last = sum((n - 1) * step for n, step in zip(shape, strides, strict=True))
        if 0 in shape or last >= values.size or min((0, *strides)) < 0:
            raise ModelError("a tensor reaches beyond its storage")
        bytes_per_step = tuple(step * values.itemsize for step in strides)
        view = np.lib.stride_tricks.as_strided(values, shape, bytes_per_step, writeable=False)
        return np.ascontiguousarray(view)

    return make


class _AllowListUnpickler(pickle.Unpickler):
    """Knows ordered dicts and tensors, and nothing else."""

    allowed: Mapping[tuple[str, str], Any] = {
        ("collections", "OrderedDict"): collections.OrderedDict,
        ("torch._utils", "_rebuild_tensor_v2"): _tensor,
        ("torch", "FloatStorage"): "FloatStorage",
        ("torch", "LongStorage"): "LongStorage",
    }

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self.storages: dict[str, _Storage] = {}

    def find_class(self, module: str, name: str) -> Any:
        try:
            return self.allowed[module, name]
        except KeyError:
            raise ModelError(f"they ask for {module}.{name}, which weights do not need") from None

    def persistent_load(self, pid: Any) -> _Storage:
        _, kind, key, _, size, _ = pid
        return self.storages.setdefault(key, _Storage(_DTYPES[kind], size))


def read_state_dict(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Read the tensors of a ``.pth`` file in PyTorch's format of before version 1.6.

    Parameters
    ----------
    path
        A file made by ``torch.save(model.state_dict(), path)``.

    Returns
    -------
    dict
        Name → array, float32 or int64.

    Raises
    ------
    ModelError
        If the file is missing, is no such file, or asks for anything but tensors.
    """
    try:
        with path.open("rb") as file:
            return _read(file)
    except OSError as error:
        raise ModelError(
            f"The weights {path} cannot be opened ({error.strerror}): install the model's package "
            "again."
        ) from error
    except ModelError as error:
        raise ModelError(f"The weights {path} are refused: {error}.") from error
    except Exception as error:  # a pickle of junk raises nearly anything
        raise ModelError(
            f"The weights {path} are not a state dict that can be read: install the model's "
            "package again."
        ) from error


def _read(file: BinaryIO) -> dict[str, npt.NDArray[Any]]:
    preamble = [_AllowListUnpickler(file).load() for _ in range(3)]
    if preamble[:2] != [_MAGIC, _PROTOCOL] or not preamble[2]["little_endian"]:
        raise ModelError("the file is of another format")
    unpickler = _AllowListUnpickler(file)
    tensors: dict[str, Callable[[], npt.NDArray[Any]]] = unpickler.load()
    for key in _AllowListUnpickler(file).load():
        values = unpickler.storages[key].values
        count = int.from_bytes(file.read(8), "little")
        data = file.read(values.nbytes)
        if count != values.size or len(data) != values.nbytes:
            raise ModelError("the file ends early")
        values[:] = np.frombuffer(data, values.dtype)
    return {name: make() for name, make in tensors.items()}
