"""Writes a whole site (docs/format.md)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bilderatlas.errors import SiteError
from bilderatlas.publish.site.backdrop import write_backdrop
from bilderatlas.publish.site.columns import site_columns, write_columns
from bilderatlas.publish.site.content import SiteContent
from bilderatlas.publish.site.duplicates import write_duplicates
from bilderatlas.publish.site.facts import PAGE_ITEMS, place_pictures, write_facts
from bilderatlas.publish.site.folder import SiteFolder, as_json
from bilderatlas.publish.site.manifest import make_manifest
from bilderatlas.publish.site.neighbours import write_neighbours
from bilderatlas.publish.site.order import Arrangement, arrange, median_aspect
from bilderatlas.publish.site.pages import T32, T128, write_pages
from bilderatlas.publish.site.poster import make_poster
from bilderatlas.publish.site.tables import items_table, write_tables
from bilderatlas.publish.site.viewer import BUILT_VIEWER, copy_viewer

__all__ = ["SHARED_PAGES", "Progress", "write_site"]

SHARED_PAGES = 20_000
"""Up to so many items all layouts share the small pages of the first."""

Progress = Callable[[int, int], None]
"""``progress(done, total)``, in pages of pictures."""


def write_site(
    content: SiteContent,
    folder: Path,
    *,
    progress: Progress | None = None,
    viewer: Path | None = BUILT_VIEWER,
) -> None:
    """Publish a collection as a folder of static files.

    The site is written beside ``folder`` and swapped in when it is whole: until then, and after
    a run that was killed, the last good site stands. The same content gives the same bytes.

    Parameters
    ----------
    content
        The collection.
    folder
        A new folder, an empty one, or a site, which is replaced.
    progress
        Told after each page how many of how many are done.
    viewer
        The built viewer; ``None`` writes the data alone, for a viewer served from elsewhere.

    Raises
    ------
    SiteError
        When ``folder`` holds something else than a site, the viewer is not built, there is no
        layout, or the first has no place for some item.
    """
    if not content.layouts:
        raise SiteError("There is no layout to publish; make one with `bilderatlas layout`.")
    aspects = content.blur[:, 8]
    cell_aspect = median_aspect(aspects)
    arrangements = [arrange(each, content.priority, cell_aspect) for each in content.layouts]
    first, order = arrangements[0], arrangements[0].order
    if first.placed < len(order):
        raise SiteError(
            f"The layout {content.layouts[0].name!r} has no place for some pictures, and the map "
            f"begins with it: put one first that places them all."
        )
    items = content.items.take(order).combine_chunks()
    metadata = content.metadata.take(order).combine_chunks()
    own_pages = len(order) > SHARED_PAGES
    paged = arrangements if own_pages else arrangements[:1]
    tick = _counted(
        progress,
        _pages(order, T128.slots)
        + _pages(order, T32.slots) * len(paged)
        + _pages(order, PAGE_ITEMS),
    )

    site = SiteFolder(folder)
    if viewer is not None:
        count = f"{len(order):,} picture{'' if len(order) == 1 else 's'}"
        words = {"title": content.title, "description": f"A map of {count}"}
        copy_viewer(viewer, site.path, words)
    site.write_chunks("blur", "blur/", content.blur[order, :8], aspects[order])
    _write_arrangements(site, content, arrangements)
    backdrops = [
        write_backdrop(site, layout, arrangement.frame)
        for layout, arrangement in zip(content.layouts, arrangements, strict=True)
    ]
    for layout, arrangement in zip(content.layouts, paged, strict=False):
        family = f"layouts/{layout.name}/t32"
        write_pages(site, family, T32, arrangement.order, aspects, content.thumbnails, tick)
    write_pages(site, "t128", T128, order, aspects, content.thumbnails, tick)
    columns = write_columns(site, site_columns(content, items, metadata), items["key"].to_pylist())
    pictures = place_pictures(site, items, content.place_picture, tick)
    write_facts(site, items, metadata, pictures)
    neighbours = write_neighbours(site, content.neighbours, order)
    duplicates = write_duplicates(site, content.duplicates, content.look_alikes, order)
    table = items_table(
        items, metadata, content.layouts, content.clusters, pictures, content.oddities
    )
    write_tables(site.path, table)
    poster = make_poster(first, aspects, content.thumbnails, cell_aspect)
    (site.path / "poster.webp").write_bytes(poster)
    manifest = make_manifest(
        content,
        arrangements,
        pages=[(each if own_pages else content.layouts[0]).name for each in content.layouts],
        backdrops=backdrops,
        cell_aspect=cell_aspect,
        columns=columns,
        neighbours=neighbours,
        duplicates=duplicates,
        files=site.hashes,
    )
    (site.path / "manifest.json").write_bytes(as_json(manifest))
    site.publish()


def _write_arrangements(
    site: SiteFolder, content: SiteContent, arrangements: Sequence[Arrangement]
) -> None:
    canonical = arrangements[0].order
    index = np.empty(len(canonical), np.uint32)
    index[canonical] = np.arange(len(canonical), dtype=np.uint32)
    for layout, arrangement in zip(content.layouts, arrangements, strict=True):
        points = arrangement.points[canonical]
        family = f"layouts/{layout.name}/pos"
        site.write_chunks(family, f"{family}.", points[:, 0], points[:, 1])
        if arrangement is not arrangements[0]:
            family = f"layouts/{layout.name}/order"
            site.write_chunks(family, f"{family}.", index[arrangement.order])


def _pages(order: npt.NDArray[np.int64], slots: int) -> int:
    return -(-len(order) // slots)


def _counted(progress: Progress | None, total: int) -> Callable[[], None]:
    """Return a call that counts and reports."""
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, total)

    return tick
