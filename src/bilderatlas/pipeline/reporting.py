"""From the store to the report: gathers what the publish wing asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bilderatlas.analysis.labels.classification import Classification
from bilderatlas.errors import QueryError
from bilderatlas.pipeline.desk import Desk
from bilderatlas.pipeline.progress import Progress
from bilderatlas.publish.figures.page import Paper
from bilderatlas.publish.report import content as of_report
from bilderatlas.publish.site.columns import Column
from bilderatlas.publish.site.manifest import layout_title
from bilderatlas.record import Record
from bilderatlas.store import Store
from bilderatlas.types import Layout

__all__ = ["report_atlas"]

_MAP = {"size": "6.8x7.2", "dpi": 220, "thumb_size": 0.2}
_SMALL = ("3.4x2.6", 240)  # size, dpi
_COLOURS = 12
_TYPICAL = 9
_AT_ODDS = 12
_BOUNDARY = 6


def report_atlas(
    store: Store, record: Record, path: Path, progress: Progress, *, label: str | None = None
) -> None:
    """Write the report of an atlas.

    Parameters
    ----------
    path
        The HTML file.
    label
        Whose classes to look at: a metadata column, or ``folder``; by default that of the build,
        else what was asked of before.

    Raises
    ------
    ExportError
        If no report can be written to ``path``.
    QueryError
        If there are no such labels, or they make no classes.
    """
    from bilderatlas.publish.report.writing import check_report_path, write_report

    check_report_path(path)
    desk = Desk(store, record, progress, {})
    content = _content(desk, *_classification(desk, label))
    with progress.stage(f"writing {path.name}"):
        write_report(content, path)


def _content(desk: Desk, found: Classification | None, no_classes: str) -> of_report.ReportContent:
    from bilderatlas.pipeline.drawing import draw
    from bilderatlas.pipeline.publication import described_items

    store, record = desk.store, desk.record
    layouts = list(desk.layouts.values())
    titles = {layout.name: layout_title(layout) for layout in layouts}
    name = layouts[0].name
    with desk.progress.stage("drawing the map"):
        pictures = draw(store, record, "thumbnails", None, desk.progress, {**_MAP, "layout": name})
        maps = [_map(desk, layout, layouts, titles) for layout in layouts]
    made = record.stages
    return of_report.ReportContent(
        title=record.name,
        items=described_items(store, record),
        columns=desk.metadata.column_names,
        making=_making(desk),
        map=of_report.Plate(pictures, f"The pictures of {record.name} on a map by their likeness"),
        maps=maps,
        clusters=desk.clusters,
        structure=_structure(record.measured["structure"]),
        duplicates=store.read_duplicates(made["duplicates"].version),
        look_alikes=store.read_look_alikes(made["duplicates"].version),
        oddities=store.read_oddities(made["oddities"].version),
        problems=[problem for problem, _, _ in store.read_problems()],
        classes=None if found is None else _classes(found, name, titles),
        no_classes=no_classes,
        picture=desk.pictures,
    )


def _map(
    desk: Desk, layout: Layout, layouts: Sequence[Layout], titles: dict[str, str]
) -> of_report.Map:
    from bilderatlas.analysis.quality.sentences import findings
    from bilderatlas.publish.figures.scatter import figure_scatter

    colour = _colour(desk)
    title = titles[layout.name]
    figure = figure_scatter(
        layout.positions,
        colour,
        Paper(title, "", *_SMALL),
        legend=False,  # each class is named where it lies
        backdrop=layout.backdrop,
    )
    by = "" if colour is None else f", coloured by {colour.name}"
    return of_report.Map(
        layout,
        title,
        [
            of_report.Measure(said.measure, said.value, said.error, said.sentence)
            for said in findings(layout, layouts, titles)
        ],
        of_report.Plate(figure, f"The layout {title}, a point a picture{by}"),
    )


def _colour(desk: Desk) -> Column | None:
    """Return the class, or else the cluster, if there are so few that a small map can show them."""
    names = [name for name in (desk.class_column, "cluster" if desk.clusters else None) if name]
    columns = (desk.column(name) for name in names)
    return next(
        (c for c in columns if c.kind == "category" and len(c.categories) <= _COLOURS), None
    )


def _structure(said: dict[str, Any]) -> of_report.Structure:
    return of_report.Structure(
        said["verdict"],
        said["sentence"],
        [(each["sentence"], each["silhouette"]) for each in said["clusters"]],
    )


def _making(desk: Desk) -> of_report.Making:
    record = desk.record
    kind, colon, rest = record.model["name"].partition(":")
    model = f"{kind}{colon}{Path(rest).name}"  # nobody's folders stand in print
    items = {**record.parameters["items"], "model": model}
    search = record.measured.get("neighbours", {})
    return of_report.Making(
        generator=f"bilderatlas {record.versions['bilderatlas']}",
        model=model,
        source=f"the {record.source['kind']} {Path(record.source['root']).name}",
        built_on=desk.store.built_on,
        drawn_on=datetime.now(),
        parameters={**record.parameters, "items": items},
        versions=record.versions,
        timings=record.timings,
        index=search.get("index", "exact"),
        recall=search.get("recall"),
    )


def _classification(desk: Desk, label: str | None) -> tuple[Classification | None, str]:
    """Return what is known of the classes; or nothing, and why."""
    from bilderatlas.pipeline.classification import (
        TAGS,
        classify_atlas,
        kept_classifications,
        outdated_classifications,
    )

    kept = kept_classifications(desk.store, desk.record)
    outdated = outdated_classifications(desk.store, desk.record)
    asked_before = [*kept, *(name for name in outdated if name != TAGS)]
    name = label or desk.class_column or next(iter(asked_before), None)
    if name is None:
        return None, (
            "Nobody has said of what class the pictures are, so nothing can be said of classes. "
            "They may come from a column of a table, from folders, or from tags: see "
            "`bilderatlas classify`."
        )
    if name in kept and (name == TAGS or _knows(kept[name], desk.layouts.values())):
        return kept[name], ""
    try:
        with desk.progress.stage("asking for the classes"):
            return classify_atlas(desk.store, desk.record, label=name, tags=None), ""
    except QueryError as error:
        if label is not None:
            raise
        return None, f"The column {name} makes no classes that could be compared. ({error})"


def _knows(found: Classification, layouts: Iterable[Layout]) -> bool:
    """Return whether classes were looked at on all layouts: some may be younger."""
    from bilderatlas.pipeline.classification import not_drawn_from

    wanted = {layout.name for layout in not_drawn_from(found.label, layouts)}
    return wanted <= {space.name for space in found.spaces}


def _classes(found: Classification, name: str, titles: dict[str, str]) -> of_report.Classes:
    from bilderatlas.analysis.labels.data_or_map import data_or_map
    from bilderatlas.analysis.labels.spaces import VECTORS
    from bilderatlas.publish.figures.confusion import figure_confusion

    odd = found.at_odds()
    likely = int(found.mislabelled[odd].sum())
    worst = odd[np.argsort(~found.mislabelled[odd], kind="stable")][:_AT_ODDS]
    called = {**titles, VECTORS: "The pictures themselves"}
    vectors = next(space for space in found.spaces if space.name == VECTORS)
    matrix = figure_confusion(found.confusion, found.names, found.label, Paper("Classes", dpi=170))
    return of_report.Classes(
        label=found.label,
        sentences=found.sentences(titles),
        data_or_map=data_or_map(found, name, titles[name]),
        accuracy=found.accuracy,
        accuracy_error=found.accuracy_error,
        majority=found.majority,
        shuffled=sum(found.shuffled.accuracies) / len(found.shuffled.accuracies),
        agreement_by_chance=vectors.agreement_by_chance,
        labelled=found.labelled,
        odd=len(odd),
        likely=likely,
        rows=[
            of_report.ClassRow(
                each.name,
                each.items,
                each.precision,
                each.recall,
                each.f1,
                found.typical(code)[:_TYPICAL].tolist(),
            )
            for code, each in enumerate(found.classes)
        ],
        spaces=[
            of_report.SpaceRow(
                called.get(space.name, space.name),
                space.agreement,
                space.votes,
                space.silhouette,
                space.chance,
            )
            for space in found.spaces
        ],
        at_odds=_judged(found, worst),
        boundary=_judged(found, found.boundary()[:_BOUNDARY]),
        confusion=of_report.Plate(matrix, f"Which {found.label} is taken for which"),
    )


def _judged(found: Classification, items: npt.NDArray[Any]) -> list[of_report.Judged]:
    return [
        of_report.Judged(
            item,
            found.names[found.given[item]],
            found.names[found.predicted[item]],
            float(found.probability[item]),
            float(found.probability_of_given[item]),
        )
        for item in items.tolist()
    ]
