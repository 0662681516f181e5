"""The neighbour graph for other tools: as a table of edges, and as GraphML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import pyarrow as pa

from bilderatlas.publish.tables.xml_letters import xml_letters
from bilderatlas.types import Neighbours

__all__ = ["write_edges", "write_graphml"]

_BLOCK = 4096
"""Items whose edges are held at a time."""

_KINDS: tuple[tuple[Callable[[pa.DataType], bool], str], ...] = (
    (pa.types.is_boolean, "boolean"),
    (pa.types.is_integer, "long"),
    (pa.types.is_floating, "double"),
)
"""GraphML's words for types; whatever else there is becomes a string."""


def write_edges(path: Path, uris: Sequence[str], neighbours: Neighbours) -> None:
    """Write a CSV file with a row an edge: source_uri, target_uri, rank, similarity.

    Parameters
    ----------
    uris
        Of the n items.
    neighbours
        Rank 1 is the nearest. An id of -1 is no edge.
    """
    from pyarrow import csv

    names = pa.array(uris, pa.string())
    schema = pa.schema(
        {
            "source_uri": pa.string(),
            "target_uri": pa.string(),
            "rank": pa.int32(),
            "similarity": pa.float32(),
        }
    )
    with csv.CSVWriter(path, schema) as file:
        for source, target, rank, similarity in _edges(neighbours):
            columns = [
                names.take(pa.array(source)),
                names.take(pa.array(target)),
                rank,
                np.round(similarity, 6),
            ]
            file.write(pa.table(columns, schema))


def write_graphml(path: Path, items: pa.Table, neighbours: Neighbours) -> None:
    """Write GraphML (http://graphml.graphdrawing.org/specification.html), a node an item.

    An edge leads from an item to each of its neighbours; its ``weight`` is their similarity. Gephi,
    igraph and networkx read it; Gephi puts the nodes at ``x`` and ``y``.

    Parameters
    ----------
    items
        The attributes of the nodes, in id order. What is null or NaN is left out.
    neighbours
        An id of -1 is no edge.
    """
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        )
        for number, field in enumerate(items.schema):
            name = quoteattr(xml_letters(field.name))
            kind = next((word for test, word in _KINDS if test(field.type)), "string")
            file.write(f'<key id="d{number}" for="node" attr.name={name} attr.type="{kind}"/>\n')
        file.write(
            '<key id="weight" for="edge" attr.name="weight" attr.type="double"/>\n'
            '<graph id="neighbours" edgedefault="directed">\n'
        )
        for start in range(0, len(items), _BLOCK):
            rows = zip(*(_texts(c) for c in items.slice(start, _BLOCK).columns), strict=True)
            for number, row in enumerate(rows, start):
                file.write(f'<node id="n{number}">{"".join(_data(row))}</node>\n')
        for source, target, _, similarity in _edges(neighbours):
            file.writelines(
                f'<edge source="n{one}" target="n{other}"><data key="weight">{weight:.6f}</data>'
                "</edge>\n"
                for one, other, weight in zip(
                    source.tolist(), target.tolist(), similarity.tolist(), strict=True
                )
            )
        file.write("</graph>\n</graphml>\n")


def _edges(neighbours: Neighbours) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Yield source, target, rank and similarity of the edges, as arrays, block by block."""
    n = len(neighbours.ids)
    for start in range(0, n, _BLOCK):
        block = slice(start, min(n, start + _BLOCK))
        there = neighbours.ids[block] >= 0
        source, rank = np.nonzero(there)
        yield (
            source + start,
            neighbours.ids[block][there],
            (rank + 1).astype(np.int32),
            neighbours.similarity[block][there],
        )


def _texts(column: pa.ChunkedArray) -> list[str | None]:
    """Return the values as XML says them; ``None`` where there is none."""
    if pa.types.is_floating(column.type):
        return [None if v is None or v != v else repr(v) for v in column.to_pylist()]
    return [
        None
        if v is None
        else str(v).lower()
        if isinstance(v, bool)
        else escape(xml_letters(str(v)))
        for v in column.to_pylist()
    ]


def _data(row: Sequence[str | None]) -> Iterator[str]:
    for number, text in enumerate(row):
        if text is not None:
            yield f'<data key="d{number}">{text}</data>'
