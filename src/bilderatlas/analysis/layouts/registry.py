"""All kinds of layout, so that whoever offers them needs no code for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Any

import numpy as np

from bilderatlas.analysis.layouts.apart import Apart
from bilderatlas.analysis.layouts.facet import Facet
from bilderatlas.analysis.layouts.given import Given
from bilderatlas.analysis.layouts.grid import Grid
from bilderatlas.analysis.layouts.map import GeographicMap
from bilderatlas.analysis.layouts.pacmap import PaCMAP
from bilderatlas.analysis.layouts.pca import PCA
from bilderatlas.analysis.layouts.timeline import Timeline
from bilderatlas.analysis.layouts.tsne import TSNE
from bilderatlas.analysis.layouts.umap import UMAP
from bilderatlas.analysis.layouts.xy import XY
from bilderatlas.errors import LayoutError
from bilderatlas.types import Backdrop, Float32Array, Layout

__all__ = ["LAYOUTS", "Kind", "make_layout"]

_SUPPLIED = {"progress", "picture_aspect", "names", "missing", "n_components", "n_jobs"}
"""What a layout takes from what is given, or that makes no other map."""

Made = tuple[Any, Float32Array]
"""A fitted layout and the positions."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of layout.

    Attributes
    ----------
    title
        What people call it.
    purpose
        What it shows, in half a sentence.
    layout
        The class.
    asks
        Parameters beside those of the class, and their defaults: which columns to take, and on what
        other layout to build. `...`: must be given.
    make
        Fits the class to what is given. Takes it, what was asked, and the class's parameters.
    """

    title: str
    purpose: str
    layout: type
    asks: Mapping[str, Any]
    make: Callable[[Given, dict[str, Any], dict[str, Any]], Made]

    @property
    def parameters(self) -> dict[str, Any]:
        """Every parameter that `make_layout` takes for this kind, and its default."""
        own = signature(self.layout).parameters.values()
        return {**self.asks, **{p.name: p.default for p in own if p.name not in _SUPPLIED}}


def make_layout(kind: str, given: Given, *, name: str | None = None, **parameters: Any) -> Layout:
    """Arrange all items.

    Parameters
    ----------
    kind
        One of `LAYOUTS`.
    given
        What is known of the items.
    name
        Of the layout; by default its kind.
    parameters
        As `LAYOUTS[kind].parameters`; the others keep their defaults.

    Returns
    -------
    Layout
        With all its parameters; ``quality`` holds how far pictures were moved to keep them apart,
        and not yet how true the map is, for which see `analysis.quality`.

    Raises
    ------
    LayoutError
        If there is no such kind, parameter or column, or the items cannot be arranged so.
    MissingExtraError
        If the layout comes from a package that is not installed.
    """
    if kind not in LAYOUTS:
        raise LayoutError(f"There is no layout {kind!r}: choose one of {', '.join(LAYOUTS)}.")
    chosen = LAYOUTS[kind]
    known = chosen.parameters
    for parameter in parameters:
        if parameter not in known:
            raise LayoutError(
                f"The layout {kind!r} has no parameter {parameter!r}: it takes "
                f"{', '.join(known) or 'none'}."
            )
    asked = {key: parameters.pop(key, default) for key, default in chosen.asks.items()}
    for parameter, value in asked.items():
        if value is ...:
            raise LayoutError(f"The layout {kind!r} needs {parameter!r}: name a column.")
    layout, positions = chosen.make(given, asked, parameters)
    moved = getattr(layout, "displacement_", {})
    return Layout(
        name=name or kind,
        kind=kind,
        positions=positions,
        parameters={
            **layout.parameters,
            **{key: value for key, value in asked.items() if value is not None},
        },
        quality={f"displacement_{measure}": value for measure, value in moved.items()},
        backdrop=getattr(layout, "backdrop_", Backdrop()),
    )


def _tsne(given: Given, asked: dict[str, Any], own: dict[str, Any]) -> Made:
    layout = TSNE(progress=given.progress, **own)
    labels = None if asked["supervised"] is None else given.labels(asked["supervised"])
    return layout, layout.fit_transform(given.neighbours, given.vectors, labels)


def _by_graph(layout: Callable[..., Any]) -> Callable[..., Made]:
    def make(given: Given, asked: dict[str, Any], own: dict[str, Any]) -> Made:
        made = layout(**own)
        return made, made.fit_transform(given.neighbours, given.vectors)

    return make


def _pca(given: Given, asked: dict[str, Any], own: dict[str, Any]) -> Made:
    layout = PCA(**own)
    return layout, layout.fit_transform(given.vectors)


def _rearranged(layout: Callable[..., Any]) -> Callable[..., Made]:
    def make(given: Given, asked: dict[str, Any], own: dict[str, Any]) -> Made:
        asked["base"], positions = given.base(asked["base"])
        made = layout(picture_aspect=given.picture_aspect, **own)
        return made, made.fit_transform(positions)

    return make


def _facet(given: Given, asked: dict[str, Any], own: dict[str, Any]) -> Made:
    asked["base"], positions = given.base(asked["base"])
    layout = Facet(picture_aspect=given.picture_aspect, missing=f"no {asked['by']}", **own)
    return layout, layout.fit_transform(given.texts(asked["by"]), positions)


def _time(given: Given, asked: dict[str, Any], own: dict[str, Any]) -> Made:
    layout = Timeline(picture_aspect=given.picture_aspect, **own)
    times = given.times(asked["by"])
    if np.isnat(times).all():
        where = "its file" if asked["by"] is None else f"the column {asked['by']!r}"
        raise LayoutError(f"No picture has a date in {where}: name a column of dates.")
    return layout, layout.fit_transform(times)


def _map(given: Given, asked: dict[str, Any], own: dict[str, Any]) -> Made:
    layout = GeographicMap(picture_aspect=given.picture_aspect, **own)
    if asked["latitude"] is None and asked["longitude"] is None:
        return layout, layout.fit_transform(*given.places())
    if asked["latitude"] is None or asked["longitude"] is None:
        raise LayoutError("The layout 'map' needs both 'latitude' and 'longitude': name columns.")
    places = given.numbers(asked["latitude"]), given.numbers(asked["longitude"])
    return layout, layout.fit_transform(*places)


def _xy(given: Given, asked: dict[str, Any], own: dict[str, Any]) -> Made:
    names = asked["x"], asked["y"]
    layout = XY(picture_aspect=given.picture_aspect, names=names, **own)
    return layout, layout.fit_transform(given.numbers(names[0]), given.numbers(names[1]))


LAYOUTS: Mapping[str, Kind] = {
    "tsne": Kind(
        "t-SNE", "pictures beside those that look like them", TSNE, {"supervised": None}, _tsne
    ),
    "umap": Kind("UMAP", "groups, and how they lie", UMAP, {}, _by_graph(UMAP)),
    "pacmap": Kind("PaCMAP", "a preview within seconds", PaCMAP, {}, _by_graph(PaCMAP)),
    "pca": Kind("PCA", "the two directions in which pictures differ most", PCA, {}, _pca),
    "apart": Kind(
        "No overlap",
        "another layout, moved so that no picture hides another",
        Apart,
        {"base": None},
        _rearranged(Apart),
    ),
    "grid": Kind(
        "Grid", "another layout in rows and columns", Grid, {"base": None}, _rearranged(Grid)
    ),
    "facet": Kind(
        "Groups", "a box for each value of a column", Facet, {"by": ..., "base": None}, _facet
    ),
    "time": Kind("Time", "pictures stacked over their dates", Timeline, {"by": None}, _time),
    "map": Kind(
        "Map",
        "pictures where they were taken",
        GeographicMap,
        {"latitude": None, "longitude": None},
        _map,
    ),
    "xy": Kind("x and y", "pictures over two columns of numbers", XY, {"x": ..., "y": ...}, _xy),
}
"""Every kind of layout by its name on the command line."""
