"""The graph as other tools read it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pyarrow as pa
import pytest

from bilderatlas.publish.exports import graph
from bilderatlas.publish.exports.graph import write_edges, write_graphml
from bilderatlas.types import Neighbours

NEIGHBOURS = Neighbours(
    np.array([[2, 1], [2, -1], [0, 1]], np.int32),
    np.array([[0.75, 0.5], [0.25, -1], [0.75, 0.25]], np.float32),
)
EDGES = [(0, 2, 1, 0.75), (0, 1, 2, 0.5), (1, 2, 1, 0.25), (2, 0, 1, 0.75), (2, 1, 2, 0.25)]
URIS = ["a, b.jpg", 'ä "quoted" <&>.jpg', "control \x01 and\nbreak.jpg"]
NAMESPACE = {"g": "http://graphml.graphdrawing.org/xmlns"}


@pytest.fixture(params=[1, 2, 4096], autouse=True)
def block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write in blocks of all sizes: they must not show."""
    monkeypatch.setattr(graph, "_BLOCK", request.param)


def read_graphml(path: Path) -> tuple[dict[str, dict[str, str]], list[tuple[str, str, float]]]:
    """Return the attributes of each node by name, and the edges, as a reader of GraphML would."""
    root = ElementTree.parse(path).getroot()
    names = {key.get("id"): str(key.get("attr.name")) for key in root.findall("g:key", NAMESPACE)}
    nodes = {
        str(node.get("id")): {names[data.get("key")]: data.text or "" for data in node}
        for node in root.findall("g:graph/g:node", NAMESPACE)
    }
    edges = [
        (str(edge.get("source")), str(edge.get("target")), float(edge[0].text or ""))
        for edge in root.findall("g:graph/g:edge", NAMESPACE)
    ]
    return nodes, edges


def test_each_edge_is_a_row_with_its_rank(tmp_path: Path) -> None:
    write_edges(tmp_path / "edges.csv", URIS, NEIGHBOURS)
    with (tmp_path / "edges.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["source_uri", "target_uri", "rank", "similarity"]
    assert [(r[0], r[1], int(r[2]), float(r[3])) for r in rows] == [
        (URIS[source], URIS[target], rank, similarity) for source, target, rank, similarity in EDGES
    ]


def test_the_nodes_of_graphml_keep_what_is_known_of_the_items(tmp_path: Path) -> None:
    items: dict[str, Any] = {
        "uri": URIS,
        "width": pa.array([3, None, 5], pa.int32()),
        "x <places>": pa.array([0.5, float("nan"), -1.25], pa.float32()),
        "kept": [True, False, None],
    }
    write_graphml(tmp_path / "graph.graphml", pa.table(items), NEIGHBOURS)
    nodes, edges = read_graphml(tmp_path / "graph.graphml")
    assert nodes == {
        "n0": {"uri": URIS[0], "width": "3", "x <places>": "0.5", "kept": "true"},
        "n1": {"uri": URIS[1], "kept": "false"},
        "n2": {"uri": URIS[2].replace("\x01", "\ufffd"), "width": "5", "x <places>": "-1.25"},
    }
    assert edges == [(f"n{source}", f"n{target}", weight) for source, target, _, weight in EDGES]
    keys = ElementTree.parse(tmp_path / "graph.graphml").getroot().findall("g:key", NAMESPACE)
    assert [key.get("attr.type") for key in keys] == [
        *("string", "long", "double", "boolean", "double")
    ]


def test_a_collection_without_edges_is_a_graph_too(tmp_path: Path) -> None:
    nobody = Neighbours(np.zeros((1, 0), np.int32), np.zeros((1, 0), np.float32))
    write_graphml(tmp_path / "one.graphml", pa.table({"uri": ["a"]}), nobody)
    assert read_graphml(tmp_path / "one.graphml") == ({"n0": {"uri": "a"}}, [])
    write_edges(tmp_path / "one.csv", ["a"], nobody)
    assert len((tmp_path / "one.csv").read_text().splitlines()) == 1
