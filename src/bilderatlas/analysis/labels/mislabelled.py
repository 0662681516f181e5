"""Items that are likely to bear a wrong label."""

from __future__ import annotations

import numpy as np

from bilderatlas.types import BoolArray, Float32Array, Int32Array

__all__ = ["find_mislabelled"]


def find_mislabelled(of_classes: Float32Array, codes: Int32Array) -> BoolArray:
    """Find items that are as sure to be of another class as the items of that class are.

    Confident learning (Northcutt, Jiang & Chuang 2021, "Confident learning: estimating uncertainty
    in dataset labels", section 3.1): an item counts for the most probable of the classes that are
    at least as probable for it as, in the mean, for the items given that class; it is suspect if
    that is not its own.

    Parameters
    ----------
    of_classes
        Shape (n, c), float32: probabilities from probes that have not seen the item.
    codes
        Shape (n,), int32: the classes as given, each at least once.

    Returns
    -------
    ndarray
        Shape (n,), bool.
    """
    own = of_classes[np.arange(len(codes)), codes]
    usual = np.bincount(codes, own) / np.bincount(codes)
    sure = np.where(of_classes >= usual, of_classes, -1)
    counted = sure.argmax(axis=1)
    return np.asarray((counted != codes) & (sure.max(axis=1) >= 0))
