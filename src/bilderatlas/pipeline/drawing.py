"""From the store to figures: gathers what the publish wing draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import fields
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bilderatlas.errors import FigureError
from bilderatlas.pipeline.captions import about_layout, written
from bilderatlas.pipeline.desk import Desk
from bilderatlas.pipeline.lookup import Name
from bilderatlas.pipeline.progress import Progress
from bilderatlas.publish.site.columns import Column
from bilderatlas.record import Record
from bilderatlas.store import Store
from bilderatlas.types import Backdrop, Float32Array, Layout

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from bilderatlas.publish.figures.neighbours import Strip

__all__ = ["draw"]

_TRUEST = "tsne"
_MOST_GROUPS = 12  # classes whose pictures get neighbour strips, unless they are named
_NEIGHBOURS = 8
_PERPLEXITIES = (5.0, 15.0, 30.0, 50.0)
_ITERATIONS = (300, 600, 1000)
_EARLY = 250  # iterations of t-SNE with exaggeration, which count


def draw(
    store: Store,
    record: Record,
    kind: str,
    path: Path | None,
    progress: Progress,
    parameters: dict[str, Any],
) -> Figure:
    """Draw a figure of an atlas, and save it if there is a path.

    Parameters
    ----------
    kind
        A key of `_KINDS`.
    path
        A file whose suffix is that of a format.
    parameters
        ``size``, ``dpi``, and those of the kind.

    Raises
    ------
    FigureError
        If there is no such kind, parameter, column, layout or format, or nothing to draw.
    """
    from bilderatlas.publish.figures.writing import check_suffix, save_figure

    if kind not in _KINDS:
        raise FigureError(f"There is no figure {kind!r}: choose one of {', '.join(_KINDS)}.")
    make = _KINDS[kind]
    own = [p.name for p in signature(make).parameters.values() if p.kind is Parameter.KEYWORD_ONLY]
    known = [*own, "size", "dpi"]
    if unknown := [name for name in parameters if name not in known]:
        raise FigureError(
            f"--{unknown[0].replace('_', '-')}: the figure {kind!r} has no such option; it takes "
            f"{', '.join(known)}."
        )
    if path is not None:
        check_suffix(path)
    on_paper: dict[str, Any] = {
        name: parameters.pop(name) for name in ("size", "dpi") if name in parameters
    }
    figure = make(Desk(store, record, progress, on_paper), **parameters)
    if path is not None:
        with progress.stage(f"writing {path.name}"):
            boxes = save_figure(figure, path)
        if boxes:
            progress.note(
                f"{path}: no font of this machine has {' '.join(boxes)}, so boxes stand for it; "
                "install a font that has, as Noto Sans CJK for Chinese, Japanese and Korean."
            )
    return figure


def _scatter(
    desk: Desk,
    *,
    layout: str | None = None,
    colour: str | None = None,
    only: Sequence[str] = (),
    hide_others: bool = False,
) -> Figure:
    from bilderatlas.publish.figures.scatter import figure_scatter

    drawn = desk.layout(layout, _TRUEST)
    column = desk.usual_colour() if colour is None else desk.column(colour, drawn)
    return figure_scatter(
        drawn.positions,
        column,
        desk.paper(about_layout(drawn)),
        only=only,
        classes=desk.classes(column),
        hide_others=hide_others,
        backdrop=drawn.backdrop,
    )


def _thumbnails(
    desk: Desk,
    *,
    layout: str | None = None,
    colour: str | None = None,
    only: Sequence[str] = (),
    overlap: str = "thin",
    thumb_size: float | None = None,
) -> Figure:
    from bilderatlas.publish.figures.thumbnails import figure_thumbnails

    drawn = desk.layout(layout)
    positions, backdrop, cell = drawn.positions, drawn.backdrop, None
    column = None if colour is None else desk.column(colour, drawn)
    classes = desk.classes(column)
    about = about_layout(drawn)
    if overlap == "grid":
        positions, cell, about = _in_a_grid(desk, drawn, classes, only)
        backdrop, overlap = Backdrop(), "all"
    elif overlap == "thin" and thumb_size is None:
        cell = _room(desk, drawn)
    typical: Float32Array = np.zeros(len(positions), np.float32)
    for cluster in desk.clusters:
        typical[cluster.members] = cluster.strength
        typical[cluster.exemplar] = 2
    return figure_thumbnails(
        positions,
        desk.aspects,
        desk.pictures,
        desk.paper(about),
        overlap=overlap,
        cell=cell,
        typical=typical,
        thumb_size=thumb_size,
        colour=column,
        only=only,
        classes=classes,
        backdrop=backdrop,
    )


def _room(desk: Desk, layout: Layout) -> tuple[float, float] | None:
    """Return width and height that a layout leaves to each picture, if it leaves any."""
    from bilderatlas.publish.site.frame import room_of

    aspect = float(np.clip(np.median(desk.aspects), 2 / 3, 3 / 2))
    high = room_of(layout, aspect)
    return (high * aspect, high) if high else None


def _in_a_grid(
    desk: Desk, layout: Layout, classes: Column | None, only: Sequence[str]
) -> tuple[Float32Array, tuple[float, float], str]:
    """Return a cell for each item that is drawn, NaN for others, the cells' size, and a caption."""
    from bilderatlas.analysis.layouts.grid import Grid
    from bilderatlas.analysis.quality import kept
    from bilderatlas.publish.figures.colours import chosen

    positions = layout.positions
    asked = chosen(classes, only, len(positions)) & np.isfinite(positions).all(axis=1)
    aspect = float(np.clip(np.median(desk.aspects[asked]), 2 / 3, 3 / 2)) if asked.any() else 1.0
    cells = np.full_like(positions, np.nan)
    cells[asked] = Grid(picture_aspect=aspect).fit_transform(positions[asked])
    neighbours = desk.store.read_neighbours(desk.record.stages["neighbours"].version)
    of = min(10, neighbours.ids.shape[1])
    about = f"In rows and columns, in the order of the layout {layout.name}."
    if of:
        share, _ = kept(neighbours, cells, of)
        about += (
            f" Of the {of} pictures most like one of those shown, {of * share:.1f} stand beside it "
            "in the mean."
        )
    return cells, (aspect, 1.0), about


def _perplexities(
    desk: Desk,
    *,
    colour: str | None = None,
    perplexities: Sequence[float] = _PERPLEXITIES,
    iterations: Sequence[int] = _ITERATIONS,
) -> Figure:
    from bilderatlas.analysis.layouts.tsne import TSNE
    from bilderatlas.analysis.neighbours import nearest
    from bilderatlas.analysis.quality import kept
    from bilderatlas.publish.figures.perplexities import Trial, figure_perplexities

    if not perplexities or min(perplexities) < 1:
        raise FigureError("--perplexity: give numbers of at least 1.")
    if not iterations or min(iterations) <= _EARLY:
        raise FigureError(
            f"--iterations: give numbers above {_EARLY}, which t-SNE needs to begin with."
        )
    column = desk.usual_colour() if colour is None else desk.column(colour)
    vectors = desk.store.read_vectors(desk.items)
    neighbours = desk.store.read_neighbours(desk.record.stages["neighbours"].version)
    needed = min(len(vectors) - 1, round(3 * max(perplexities)))
    if neighbours.ids.shape[1] < needed:
        neighbours = nearest(vectors, needed)
    of = min(10, neighbours.ids.shape[1])
    seed = desk.record.parameters["layouts"]["random_state"]
    asked = [(p, i) for p in dict.fromkeys(perplexities) for i in dict.fromkeys(iterations)]
    trials = []
    with desk.progress.stage("drawing maps", "maps") as report:
        for done, (perplexity, steps) in enumerate(asked):
            report(done, len(asked))
            method = TSNE(
                perplexity=perplexity,
                n_iter=steps - _EARLY,
                n_iter_without_progress=0,
                random_state=seed,
            )
            positions = method.fit_transform(neighbours, vectors)
            share, _ = kept(neighbours, positions, of)
            trials.append(Trial(perplexity, steps, positions, share, of))
        report(len(asked), len(asked))
    about = (
        "Each map by t-SNE on the cosine graph, begun at the principal components, "
        f"{_EARLY} iterations with exaggeration 12 among those named, seed {seed}. "
        f"'Keeps': how many of the {of} pictures most like one stand beside it, in the mean."
    )
    return figure_perplexities(trials, column, desk.paper(about))


def _neighbours(
    desk: Desk,
    *,
    colour: str | None = None,
    only: Sequence[str] = (),
    pictures: Sequence[Name] = (),
    rows: int = 3,
    k: int | None = None,
    thumb_size: float | None = None,
) -> Figure:
    from bilderatlas.pipeline.relations import Relations
    from bilderatlas.publish.figures.neighbours import Strip, figure_neighbours
    from bilderatlas.publish.figures.sheet import check_count

    check_count("--rows", rows)
    stages = desk.record.stages
    graph = desk.store.read_neighbours(stages["neighbours"].version)
    most = graph.ids.shape[1]
    if k is None:
        k = min(_NEIGHBOURS, most)
    elif not 1 <= k <= most:
        raise FigureError(
            f"-k {k}: the atlas keeps {most} neighbours of each; ask for 1 to {most}."
        )
    groups = desk.store.read_duplicates(stages["duplicates"].version)
    relations = Relations(desk.lookup.keys, desk.lookup.id_of_key, groups)
    labels = desk.texts(colour)
    chosen_by = ""
    if pictures:
        found = [desk.lookup.find(name) for name in pictures]
        if outside := [name for name in found if not isinstance(name, int)]:
            raise FigureError(f"--picture {outside[0]}: it is not in the atlas; build with it.")
        asked = [("", [item for item in found if isinstance(item, int)])]
    else:
        asked = _by_lot(labels or [None] * len(desk.aspects), only, rows)
        chosen_by = "The pictures at the left were drawn by lot."

    def strip(item: int) -> Strip:
        ids = graph.ids[item, :k]
        between = relations.between(np.array([item], np.int32), ids)
        return Strip(item, ids, graph.similarity[item, :k], between.tolist())

    about = (
        f"{chosen_by} Numbers: cosine similarity of the vectors. In bold: the class where it is "
        "another one (framed), or that it is the same picture once more."
    )
    return figure_neighbours(
        [(heading, [strip(item) for item in items]) for heading, items in asked],
        [uri.rpartition("/")[2] for uri in desk.lookup.uris],
        labels,
        desk.aspects,
        desk.pictures,
        desk.paper(about.strip()),
        thumb_size=thumb_size,
    )


def _by_lot(
    labels: Sequence[str | None], only: Sequence[str], rows: int
) -> list[tuple[str, list[int]]]:
    """Return some items of each class under its name, the most frequent classes first."""
    from bilderatlas.publish.figures.page import quoted

    counts = Counter(label for label in labels if label is not None)
    names = sorted(counts, key=lambda name: (-counts[name], name))
    if missing := [name for name in only if name not in counts]:
        raise FigureError(
            f"--only {','.join(only)}: there is no class {missing[0]!r}; choose from "
            f"{quoted(names) or 'none'}."
        )
    random = np.random.default_rng(0)
    own = np.array(labels, object)
    if not names:
        everyone = np.arange(len(labels))
        drawn = random.choice(everyone, min(4 * rows, len(everyone)), replace=False)
        return [("", sorted(drawn.tolist()))]
    groups = []
    for name in [name for name in names if name in only] or names[:_MOST_GROUPS]:
        members = np.flatnonzero(own == name)
        drawn = random.choice(members, min(rows, len(members)), replace=False)
        groups.append((f"{name} ({counts[name]:,})", sorted(drawn.tolist())))
    return groups


def _confusion(desk: Desk, *, colour: str | None = None) -> Figure:
    from bilderatlas.pipeline.classification import classify_atlas, kept_classifications
    from bilderatlas.publish.figures.confusion import figure_confusion

    name = colour or desk.class_column
    found = kept_classifications(desk.store, desk.record).get(name or "")
    if found is None:
        with desk.progress.stage("asking for the classes"):
            found = classify_atlas(desk.store, desk.record, label=name, tags=None, flag="--colour")
    about = (
        f"{' '.join(found.sentences()[:1])} Rows: the given {found.label}; columns: what a linear "
        "probe says that has not seen the picture nor a copy of it. Cells: pictures, and their "
        "share of the row."
    )
    return figure_confusion(found.confusion, found.names, found.label, desk.paper(about))


def _clusters(
    desk: Desk, *, only: Sequence[str] = (), rows: int = 12, thumb_size: float | None = None
) -> Figure:
    from bilderatlas.publish.figures.clusters import figure_clusters

    made = desk.record.parameters["clusters"]
    about = (
        "Communities of the neighbour graph, "
        f"{written(made)}. The upper row has "
        "the firmest members, the lower one the loosest; numbers: the share of the similarity to "
        "its neighbours that stays in the cluster."
    )
    return figure_clusters(
        desk.clusters,
        desk.aspects,
        desk.pictures,
        desk.paper(about),
        rows=rows,
        only=only,
        thumb_size=thumb_size,
    )


def _duplicates(desk: Desk, *, rows: int = 40, thumb_size: float | None = None) -> Figure:
    from bilderatlas.publish.figures.duplicates import Copy, figure_duplicates

    names = ["uri", *(field.name for field in fields(Copy)[1:])]
    items = desk.store.read_items(desk.items, names).to_pydict()
    columns = (items[name] for name in names)
    copies = [Copy(uri.rpartition("/")[2], *of) for uri, *of in zip(*columns, strict=True)]
    about = (
        "Framed and called best: the largest copy, of equals the oldest, then the least "
        "compressed. Below the others: what sets them apart from it."
    )
    return figure_duplicates(
        desk.store.read_duplicates(desk.record.stages["duplicates"].version),
        copies,
        desk.pictures,
        desk.paper(about),
        rows=rows,
        thumb_size=thumb_size,
    )


_KINDS: dict[str, Callable[..., Figure]] = {
    "scatter": _scatter,
    "thumbnails": _thumbnails,
    "perplexities": _perplexities,
    "neighbours": _neighbours,
    "confusion": _confusion,
    "clusters": _clusters,
    "duplicates": _duplicates,
}
