"""The atlas: the one object that the faces and the notebooks speak to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilderatlas.atlas.outputs import Outputs
from bilderatlas.store import Store

if TYPE_CHECKING:
    import pyarrow as pa

    from bilderatlas.analysis.labels.classification import Classification
    from bilderatlas.pipeline.build import Summary
    from bilderatlas.pipeline.fine_tuning import FineTuning
    from bilderatlas.pipeline.lookup import Name
    from bilderatlas.pipeline.progress import Progress
    from bilderatlas.pipeline.settings import Settings
    from bilderatlas.pipeline.similarity import Similarity
    from bilderatlas.publish.tables.book import Book
    from bilderatlas.types import Layout

__all__ = ["Atlas", "build", "open"]


class Atlas(Outputs):
    """The last good build of one collection: what it holds, and what can be asked of it."""

    summary: Summary | None = None

    def similar(
        self,
        pictures: Name | Sequence[Name],
        *,
        k: int = 8,
        without: Name | Sequence[Name] = (),
        same: str | None = None,
        other: str | None = None,
        index: str | None = None,
        **parameters: Any,
    ) -> pa.Table:
        """Return the ``k`` items most like one or more pictures, nearest first.

        Parameters
        ----------
        pictures
            Each a uri, an id, a key (or its first six or more digits), or the path of any file.
            Of several, the mean of their vectors is searched for.
        k
            Number of answers. Items that are named are not among them; copies of them are.
        without
            Pictures whose mean vector is subtracted.
        same, other
            A metadata column in which answers have the value of the pictures, or have another; or
            ``COLUMN=VALUE``. An item without a value is no answer to either.
        index, parameters
            The kind of index to search, ``exact``, ``ivf`` or ``annoy``, built for this question
            with these parameters; by default the one that the atlas has.

        Returns
        -------
        pyarrow.Table
            ``rank``, ``id``, ``uri``, ``similarity`` (cosine, unless the index counts otherwise),
            ``relation`` (``exact`` for the same bytes, ``same picture``, or nothing) and, if there
            is a class column, ``label``.

        Raises
        ------
        QueryError
            If a picture, a column or an index is not there, or nothing is asked for.
        PictureError
            If a file outside the atlas cannot be used.
        ModelError, MissingExtraError
            If the atlas's model is not there, or makes other vectors than at the time.
        """
        return self._similarity.table(
            self._similarity.answer(
                pictures, k=k, without=without, same=same, other=other, index=index, **parameters
            )
        )

    def similar_book(
        self,
        pictures: Name | Sequence[Name],
        *,
        k: int = 8,
        without: Name | Sequence[Name] = (),
        same: str | None = None,
        other: str | None = None,
        index: str | None = None,
        **parameters: Any,
    ) -> Book:
        """Return the answer of :meth:`similar` with its thumbnails, to be written to a file."""
        return self._similarity.book(
            self._similarity.answer(
                pictures, k=k, without=without, same=same, other=other, index=index, **parameters
            )
        )

    def similar_all(
        self, *, k: int = 8, label: str | None = None, index: str | None = None, **parameters: Any
    ) -> pa.Table:
        """Return the ``k`` nearest neighbours of every item, a row a neighbour.

        Parameters
        ----------
        k
            At most as many as the atlas keeps of each item, unless an index is named.
        label
            The metadata column that holds the class; by default the one it was built with.
        index, parameters
            As in :meth:`similar`; by default the neighbours are those that the atlas keeps.

        Raises
        ------
        QueryError
            If the atlas keeps fewer neighbours, or has no such column or index.
        """
        return self._similarity.all_table(k=k, label=label, index=index, **parameters)

    def similar_all_book(
        self, *, k: int = 8, label: str | None = None, index: str | None = None, **parameters: Any
    ) -> Book:
        """Return :meth:`similar_all` with thumbnails, and how far neighbours share labels."""
        return self._similarity.all_book(k=k, label=label, index=index, **parameters)

    def layout(
        self,
        kind: str,
        *,
        name: str | None = None,
        progress: Progress | None = None,
        **parameters: Any,
    ) -> Layout:
        """Arrange all items in another way, keep the layout, and publish it.

        The atlas keeps it up: later builds make it anew when pictures come or go.

        Parameters
        ----------
        kind
            ``tsne``, ``umap``, ``pacmap``, ``pca``, ``apart``, ``grid``, ``facet``, ``time``,
            ``map`` or ``xy``.
        name
            Of the layout; by default its kind. An asked layout of this name is replaced.
        progress
            Shows the stages.
        parameters
            Of the kind: see ``bilderatlas.analysis.layouts.LAYOUTS[kind].parameters``.

        Returns
        -------
        Layout
            With its quality.

        Raises
        ------
        LayoutError
            If there is no such kind, parameter or column, or the items cannot be arranged so.
        MissingExtraError
            If the kind comes from a package that is not installed.
        AtlasError
            If another build runs, or was interrupted.
        """
        from bilderatlas.pipeline.progress import Silent
        from bilderatlas.pipeline.revising import add_layout

        # A t-SNE is there already, so another one needs a name of its own.
        called = name or ("tsne-2" if kind == "tsne" else kind)
        made = add_layout(self._store, kind, called, parameters, progress or Silent())
        self._reread()
        return made

    def remove_layout(self, name: str, *, progress: Progress | None = None) -> None:
        """Forget a layout that was asked for, and publish without it.

        Raises
        ------
        LayoutError
            If it was not asked for.
        AtlasError
            If another build runs, or was interrupted.
        """
        from bilderatlas.pipeline.progress import Silent
        from bilderatlas.pipeline.revising import remove_layout

        remove_layout(self._store, name, progress or Silent())
        self._reread()

    def duplicates_book(self, *, look_alikes: bool = False) -> Book:
        """Return the duplicates, or the look-alikes, with thumbnails, to be written to a file."""
        from bilderatlas.pipeline.copies import copies_book

        return copies_book(self._store, self._record, look_alikes=look_alikes)

    def spare_files(self) -> list[str]:
        """Return the paths of all duplicates but the best copy of each picture."""
        from bilderatlas.pipeline.copies import spare_files

        return spare_files(self._store, self._record)

    def classify(
        self, label: str | None = None, *, tags: str | Path | None = None
    ) -> Classification:
        """Ask how well the vectors tell classes apart, and which pictures speak against theirs.

        The answer is kept in the atlas, for the report.

        Parameters
        ----------
        label
            A metadata column, or ``folder`` for the folders of the pictures; by default the column
            the atlas was built with.
        tags
            A CSV file with the columns ``key``, ``uri`` and ``tag`` to take instead.

        Raises
        ------
        QueryError
            If there are no such labels, or they make no two classes.
        """
        from bilderatlas.pipeline.classification import classify_atlas

        file = None if tags is None else Path(tags)
        return classify_atlas(self._store, self._record, label=label, tags=file)

    @property
    def classifications(self) -> dict[str, Classification]:
        """What ``classify`` has found of the items and labels as they are now, by label."""
        from bilderatlas.pipeline.classification import kept_classifications

        return kept_classifications(self._store, self._record)

    def judgements(self, found: Classification) -> pa.Table:
        """Return a row an item of what ``classify`` has found: given, predicted, how probable.

        The columns are ``id``, ``key``, ``uri``, ``given``, ``predicted``, ``probability``,
        ``probability_of_given``, ``margin`` and ``finding``: ``likely mislabelled``, ``at odds``,
        ``suggestion``, or nothing.
        """
        from bilderatlas.pipeline.classification import judgements

        return judgements(found, self.items.column("key"), self.items.column("uri"))

    def fine_tune(
        self, found: Classification, output: str | Path, *, progress: Progress | None = None
    ) -> FineTuning:
        """Retrain the network's last block on the labels of a classification.

        Parameters
        ----------
        found
            What ``classify`` has returned.
        output
            The ONNX file to write; ``onnx:FILE`` is the model with which to build again.
        progress
            Shows the stages.

        Raises
        ------
        MissingExtraError
            If torch is not installed.
        ModelError
            If the atlas's model is none of the registry.
        QueryError
            If too few of the pictures are where they were, or there is no folder for the file.
        """
        from bilderatlas.pipeline.fine_tuning import fine_tune_atlas
        from bilderatlas.pipeline.progress import Silent

        return fine_tune_atlas(self._store, self._record, found, Path(output), progress or Silent())

    @cached_property
    def _similarity(self) -> Similarity:
        from bilderatlas.pipeline.similarity import Similarity

        return Similarity(self._store, self._record)


def open(folder: str | Path) -> Atlas:
    """Return the atlas in ``folder``.

    Raises
    ------
    AtlasError
        If the folder is no atlas, or one of another format version.
    """
    return Atlas(folder)


def build(
    source: str | Path,
    output: str | Path | None = None,
    *,
    metadata: str | Path | None = None,
    title: str | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Atlas:
    """Make the atlas of a folder of pictures, or bring it up to date.

    Parameters
    ----------
    source
        The folder of pictures.
    output
        The atlas folder; by default ``NAME.atlas`` in the current folder, after the source's name.
    metadata
        A table with a ``filename`` column; by default ``metadata.csv`` in the source.
    title
        Title of the atlas; by default the output's name.
    settings
        Parameters of all stages.
    progress
        Shows the stages.

    Returns
    -------
    Atlas
        With ``summary`` set to what this build has done.

    Raises
    ------
    SourceError
        If the source cannot be listed, or holds no picture that can be used.
    """
    from bilderatlas.ingest.sources.folder import Folder
    from bilderatlas.pipeline.build import build as run
    from bilderatlas.pipeline.progress import Silent
    from bilderatlas.pipeline.settings import Settings as Defaults

    root = Path(source).resolve()
    folder = Path(output) if output is not None else Path(f"{root.name}.atlas")
    described: dict[str, Any] = {
        "kind": "folder",
        "root": str(root),
        "metadata": None if metadata is None else str(Path(metadata).resolve()),
    }
    summary = run(
        Folder(root, None if metadata is None else Path(metadata)),
        Store(folder),
        name=title or folder.stem,
        described=described,
        settings=settings or Defaults(),
        progress=progress or Silent(),
    )
    atlas = Atlas(folder)
    atlas.summary = summary
    return atlas
