"""Layouts that other packages offer, which not everybody installs."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from bilderatlas.errors import MissingExtraError

__all__ = ["imported"]


def imported(module: str, extra: str) -> Any:
    """Return a module of an optional package.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtraError(
            f"The layout {extra!r} is not installed: run \"pip install 'bilderatlas[{extra}]'\"."
        ) from error
