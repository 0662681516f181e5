"""The pass over the pictures: bytes in, all that is known of each picture out."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bilderatlas.errors import PictureError
from bilderatlas.types import Aspect, Float32Array, Found, Picture, Problem

from .models.session import Session
from .pictures.blur import blur
from .pictures.copy import encode_copy
from .pictures.decode import LARGE, MAX_PIXELS, Decoded, decode
from .pictures.phash import difference_hash
from .pictures.sharpness import measure_sharpness
from .pictures.silence import decoders_silenced
from .pictures.thumbnails import encode_thumbnail, thumbnails
from .pictures.tone import measure_tone

__all__ = ["Known", "Reader"]

_LARGE_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Known:
    """An item whose bytes have been seen before, so that nothing was decoded."""

    uri: str
    key: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """A picture that lacks only what the network says of it."""

    uri: str
    model_input: npt.NDArray[np.uint8]
    picture: Callable[..., Picture]


class Reader:
    """Reads batches of pictures, each decoded once. One reader serves one thread.

    Parameters
    ----------
    session
        The network.
    known
        Whether the picture with this key is known already; it is then not decoded.
    max_pixels
        A picture with more is refused before it is decoded.

    Attributes
    ----------
    decoded, embedded
        How many pictures were decoded, and how many went through the network, so far.
    """

    def __init__(
        self,
        session: Session,
        *,
        known: Callable[[str], bool] = lambda key: False,
        max_pixels: int = MAX_PIXELS,
    ) -> None:
        self.decoded = 0
        self.embedded = 0
        self._session = session
        self._known = known
        self._max_pixels = max_pixels

    @classmethod
    def open(
        cls,
        model: str,
        *,
        known: Callable[[str], bool] = lambda key: False,
        max_pixels: int = MAX_PIXELS,
    ) -> Reader:
        """Open the model of that name, and return a reader that uses it.

        Raises
        ------
        ModelError, MissingExtraError
            If there is no such model, or it cannot be used.
        """
        return cls(Session.open(model), known=known, max_pixels=max_pixels)

    def __call__(self, batch: Sequence[Found]) -> list[Picture | Known | Problem]:
        """Read a batch (8 is a good size), and return what became of each, in order.

        Raises
        ------
        ModelError
            If the network fails. Whatever is wrong with a picture is its ``Problem`` instead.
        """
        with decoders_silenced:
            seen = [self._see(found) for found in batch]
        return self._embedded(seen)

    def _see(self, found: Found) -> _Seen | Known | Problem:
        """Do all but the network's part for one picture."""
        try:
            with LARGE if found.bytes > _LARGE_BYTES else contextlib.nullcontext():
                try:
                    data = Path(found.location).read_bytes()
                except OSError as error:
                    reason = f"the file cannot be read ({error.strerror})"
                    return Problem(found.uri, "read", reason)
                key = hashlib.blake2b(data, digest_size=16).hexdigest()
                if self._known(key):
                    return Known(found.uri, key)
                decoded = decode(data, max_pixels=self._max_pixels)
            self.decoded += 1
            return self._described(found, key, decoded)
        except PictureError as error:
            return Problem(found.uri, "decode", str(error))
        except Exception as error:  # one picture, however odd, must not end the pass
            return Problem(found.uri, "decode", f"it fails unexpectedly ({error!r})")

    def _described(self, found: Found, key: str, decoded: Decoded) -> _Seen:
        aspect = Aspect.of(decoded.width, decoded.height)
        t32, t128 = thumbnails(decoded.image, aspect)
        copy, suffix = None, decoded.suffix or Path(found.uri).suffix.lower()
        if decoded.wants_copy:
            copy, suffix = encode_copy(decoded.image, decoded.width, decoded.height), ".webp"
        brightness, contrast = measure_tone(t128)
        picture = partial(
            Picture,
            key=key,
            width=decoded.width,
            height=decoded.height,
            taken_at=decoded.facts.taken_at,
            latitude=decoded.facts.latitude,
            longitude=decoded.facts.longitude,
            t32=encode_thumbnail(t32),
            t128=encode_thumbnail(t128),
            blur=blur(t32, aspect),
            phash=difference_hash(t128),
            brightness=brightness,
            contrast=contrast,
            sharpness=measure_sharpness(decoded.image, aspect),
            copy=copy,
            suffix=suffix,
        )
        return _Seen(found.uri, self._session.preprocessing(decoded.image), picture)

    def _embedded(self, seen: Sequence[_Seen | Known | Problem]) -> list[Picture | Known | Problem]:
        """Put the batch through the network, and complete its pictures."""
        inputs = [one.model_input for one in seen if isinstance(one, _Seen)]
        if not inputs:
            return [one for one in seen if not isinstance(one, _Seen)]
        outputs = zip(*self._session.embed(np.stack(inputs)), strict=True)
        self.embedded += len(inputs)
        return [_complete(one, *next(outputs)) if isinstance(one, _Seen) else one for one in seen]


def _complete(
    one: _Seen, vector: Float32Array, names: npt.NDArray[np.int16], scores: Float32Array
) -> Picture | Problem:
    if not np.isfinite(vector).all():
        return Problem(one.uri, "embed", "the network makes no numbers of it")
    return one.picture(
        vector=vector.astype(np.float16), names=names, name_scores=scores.astype(np.float16)
    )
