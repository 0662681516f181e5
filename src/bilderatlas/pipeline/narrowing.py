"""Which items may be answers: those with the same value in a column, or with another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from bilderatlas.errors import QueryError
from bilderatlas.pipeline.asking import Asked
from bilderatlas.types import BoolArray

__all__ = ["find_column", "narrow"]

_NAMED = 8  # values that a message names


def narrow(
    metadata: pa.Table, asked: Sequence[Asked], *, same: str | None, other: str | None
) -> BoolArray:
    """Return which items may be answers, shape (n,).

    Parameters
    ----------
    metadata
        A row an item, columns of text.
    asked
        The pictures of the question, whose values count where none is given.
    same, other
        ``COLUMN`` or ``COLUMN=VALUE``: answers have a value of the asked, or another one. An item
        without a value is no answer to either.

    Raises
    ------
    QueryError
        If there is no such column or value, or the asked have none.
    """
    may = np.ones(len(metadata), bool)
    if same is not None:
        has, known = _with_value(metadata, asked, "--same", same)
        may &= has & known
    if other is not None:
        has, known = _with_value(metadata, asked, "--other", other)
        may &= ~has & known
    return may


def find_column(metadata: pa.Table, flag: str, name: str) -> str:
    """Return the name of a column that is there.

    Raises
    ------
    QueryError
        If it is not; the message names those there are.
    """
    columns = metadata.column_names
    if name in columns:
        return name
    there = f"it has {', '.join(columns)}" if columns else "it has none"
    raise QueryError(f"{flag} {name}: the metadata has no such column; {there}.")


def _with_value(
    metadata: pa.Table, asked: Sequence[Asked], flag: str, condition: str
) -> tuple[BoolArray, BoolArray]:
    """Return who has one of the values that a condition is about, and who has any value."""
    name, given = condition, None
    if condition not in metadata.column_names and "=" in condition:
        name, _, given = condition.partition("=")
    cells = metadata.column(find_column(metadata, flag, name)).to_pylist()
    known = np.array([cell is not None for cell in cells], bool)
    if given is not None:
        values = {given}
        if given not in cells:
            raise QueryError(f"{flag} {condition}: no picture has it; {_said(name, cells)}.")
    else:
        values = {cells[one.item] for one in asked if one.item >= 0} - {None}
        if not values:
            raise QueryError(
                f"{flag} {name}: {asked[0].name} has no {name} of its own; give one, as in "
                f"{flag} {name}=VALUE."
            )
    has: BoolArray = np.array([cell in values for cell in cells], bool)
    return has, known


def _said(name: str, cells: Sequence[str | None]) -> str:
    values = Counter(cell for cell in cells if cell is not None)
    common = [value for value, _ in values.most_common(_NAMED + 1)]
    more = ", …" if len(common) > _NAMED else ""
    return f"{name} is one of {', '.join(common[:_NAMED])}{more}"
