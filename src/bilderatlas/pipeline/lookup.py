"""From what a person calls a picture to the item it is, or to the file outside the atlas."""

from __future__ import annotations

import difflib
import os
import re
from functools import cached_property
from pathlib import Path
from typing import Any

from bilderatlas.errors import QueryError
from bilderatlas.store import Store

__all__ = ["Lookup", "Name"]

Name = str | int | Path
"""What a picture is called: an id, a uri, a key or the path of a file."""

_KEY = re.compile(r"[0-9a-f]{6,32}")
_ID = re.compile(r"#(\d+)", re.ASCII)
_SUGGESTED = 3
_COMPARED = 20_000  # uris that are compared with a mistyped one letter by letter


class Lookup:
    """Finds the items of one version of the items table by what they are called."""

    def __init__(self, store: Store, version: int) -> None:
        self._store = store
        self._version = version

    @cached_property
    def uris(self) -> list[str]:
        """The uris of all items, by id."""
        uris: list[str] = self._column("uri")
        return uris

    @cached_property
    def keys(self) -> list[str]:
        """The keys of all items, by id."""
        keys: list[str] = self._column("key")
        return keys

    @cached_property
    def id_of_uri(self) -> dict[str, int]:
        """The id of the item with a uri."""
        return {uri: item for item, uri in enumerate(self.uris)}

    @cached_property
    def id_of_key(self) -> dict[str, int]:
        """The lowest id of the items with a key."""
        return {key: item for item, key in reversed(list(enumerate(self.keys)))}

    def find(self, picture: Name) -> int | Path:
        """Return the id of an item, or the path of a file that is none.

        Parameters
        ----------
        picture
            An id, ``#`` and an id, a uri, the path of a file, or a key or the first six or more
            digits of one.

        Raises
        ------
        QueryError
            If it is none of these.
        """
        if isinstance(picture, int):
            return self._checked(picture, str(picture))
        text = os.fspath(picture)
        if (item := self.id_of_uri.get(text)) is not None:
            return item
        if number := _ID.fullmatch(text):
            return self._checked(int(number[1]), text)
        path = Path(text)
        if path.is_file():
            where = (os.fsencode(path.absolute()), os.fsencode(path.resolve()))
            return next((self._id_of_file[w] for w in where if w in self._id_of_file), path)
        if _KEY.fullmatch(text.lower()):
            return self._id_of_digits(text.lower())
        near = self._like(text)
        hint = f"did you mean {' or '.join(near)}?" if near else f"one is {self.uris[0]}."
        raise QueryError(
            f"{text!r} is neither a picture of {self._store.folder} nor a file: {hint}"
        )

    def _checked(self, item: int, said: str) -> int:
        n = len(self.uris)
        if not 0 <= item < n:
            raise QueryError(
                f"{self._store.folder} has no picture {said}: its {n:,} pictures have the ids "
                f"from 0 to {n - 1}."
            )
        return item

    @cached_property
    def _id_of_file(self) -> dict[bytes, int]:
        return {location: item for item, location in enumerate(self._column("location"))}

    def _id_of_digits(self, digits: str) -> int:
        found = sorted({key for key in self.keys if key.startswith(digits)})
        if not found:
            raise QueryError(
                f"{digits!r} is neither a picture of {self._store.folder} nor a file, and no key "
                "begins with it: give the path of a picture."
            )
        if len(found) > 1:
            raise QueryError(
                f"The keys of {len(found)} pictures begin with {digits!r}: give more digits, as in "
                f"{found[0]}."
            )
        return self.id_of_key[found[0]]

    def _like(self, text: str) -> list[str]:
        """Return the uris that a mistyped one may stand for."""
        name = text.rpartition("/")[2].lower()
        within = [uri for uri in self.uris if name in uri.lower()]
        if within:
            return sorted(within, key=len)[:_SUGGESTED]
        return difflib.get_close_matches(text, self.uris[:_COMPARED], _SUGGESTED)

    def _column(self, name: str) -> list[Any]:
        values: list[Any] = self._store.read_items(self._version, [name]).column(0).to_pylist()
        return values
