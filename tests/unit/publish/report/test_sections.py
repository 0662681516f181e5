"""What the chapters say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import numpy as np
import pyarrow as pa
from tests.unit.publish.report.conftest import NO_REAL_CLUSTERS, Page

from bilderatlas.publish.report.blocks import Section
from bilderatlas.publish.report.content import Map, ReportContent, Structure
from bilderatlas.publish.report.document import report
from bilderatlas.publish.report.pictures import file_name
from bilderatlas.publish.report.sections.belief import section_of_belief
from bilderatlas.publish.report.sections.classes import section_of_classes
from bilderatlas.publish.report.sections.clusters import section_of_clusters
from bilderatlas.publish.report.sections.collection import section_of_collection
from bilderatlas.publish.report.sections.duplicates import section_of_duplicates
from bilderatlas.publish.report.sections.making import section_of_making
from bilderatlas.publish.report.sections.oddities import section_of_oddities
from bilderatlas.types import LookAlikes, Oddities

Made = Callable[..., ReportContent]


def words_of(section: Section) -> str:
    return " ".join(Page(section.html()).words.split())


def test_the_collection_is_counted_and_what_failed_is_named(content: Made) -> None:
    words = words_of(section_of_collection(content()))
    assert "4 of which 3 are different pictures." in words
    assert "640 by 480" in words
    assert "6.0 MB" in words
    assert "1 file could not be used" in words
    assert "broken.jpg read The file is cut off." in words
    assert "bath (2) and hall (2)" in words


def test_a_very_long_file_name_is_shortened_to_both_its_ends(content: Made) -> None:
    made = content()
    uris = pa.array([f"folder/begun {'so long ' * 30}ended.png"] * len(made.items))
    items = made.items.set_column(made.items.column_names.index("uri"), "uri", uris)
    name = file_name(replace(made, items=items), 0)
    assert (len(name), name[:5], name[-9:]) == (60, "begun", "ended.png")
    assert file_name(made, 0) == "0.png"


def test_dates_are_given_where_files_have_them(content: Made) -> None:
    made = content()
    dates = [datetime(1999, 1, 2), None, datetime(2004, 5, 6), None]
    column = made.items.column_names.index("taken_at")
    items = made.items.set_column(column, "taken_at", pa.array(dates, pa.timestamp("us")))
    dated = replace(made, items=items)
    assert "1999-01-02 to 2004-05-06 when they were taken, as 2 files of 4 say" in words_of(
        section_of_collection(dated)
    )
    assert "When 2 pictures of 4 were taken is not known." in words_of(section_of_making(dated))
    assert "When the pictures were taken is not known." in words_of(section_of_making(made))


def test_a_collection_without_structure_is_said_to_have_no_real_clusters(content: Made) -> None:
    section = section_of_clusters(
        content(structure=Structure("none", NO_REAL_CLUSTERS, [("No real cluster.", -0.01)]))
    )
    assert words_of(section).startswith(f"Clusters {NO_REAL_CLUSTERS}")
    assert f'<p class="verdict">{NO_REAL_CLUSTERS}</p>' in section.html()


def test_a_cluster_is_shown_by_its_exemplar_and_measured(content: Made) -> None:
    section = section_of_clusters(content())
    words = words_of(section)
    assert "tubs (4 pictures) the most typical A real cluster." in words
    assert "tubs 4 75% 0.42" in words
    assert [image["alt"] for image in Page(section.html()).all("img")] == [
        "0.png", "1.png", "2.png", "3.png",
    ]  # fmt: skip


def test_the_best_copy_is_marked_and_the_others_say_what_sets_them_apart(content: Made) -> None:
    words = words_of(section_of_duplicates(content()))
    assert "1 picture is there more than once; 1 file could go" in words
    assert "1.png the copy to keep 0.png cropped" in words
    assert section_of_duplicates(content()).html().count("class=marked") == 1


def test_look_alikes_stand_apart_from_duplicates(content: Made) -> None:
    alike = LookAlikes(np.array([[2, 3]], np.int32), np.array([0.913], np.float32))
    words = words_of(section_of_duplicates(content(look_alikes=alike)))
    assert "1 pair of pictures is different pictures that show the same thing" in words
    assert "Likeness 0.913 2.png 3.png" in words


def test_what_is_missing_is_said_to_be_missing(content: Made) -> None:
    bare = content(duplicates=[], problems=[], classes=None, no_classes="Nobody has said.")
    words = " ".join(Page(report(bare)).words.split())
    assert "No picture is there more than once." in words
    assert "No two different pictures show the same thing." in words
    assert "Every picture that was found could be used." in words
    assert "No picture lies apart from all others." in words
    assert "What the classes hold together by Nobody has said." in words
    assert "Nobody has said of what class the pictures are" in words_of(section_of_making(bare))


def test_one_picture_makes_a_report(content: Made) -> None:
    alone = content(1)
    layout = replace(alone.maps[0].layout, quality={"kept_of": 0.0}, of_items={})
    unknown = "These are too few pictures to tell whether their clusters are real."
    words = " ".join(
        Page(
            report(
                replace(
                    alone,
                    maps=[Map(layout, "t-SNE", [], alone.map)],
                    clusters=[],
                    structure=Structure("unknown", unknown, []),
                    duplicates=[],
                    classes=None,
                    no_classes="Nobody has said.",
                )
            )
        ).words.split()
    )
    assert "1 picture, arranged by likeness." in words
    assert unknown in words
    assert "No clusters were found." in words
    assert "There are too few pictures to measure this map." in words


def test_the_strongest_oddities_come_first(content: Made) -> None:
    odd = Oddities(
        np.array([1.6, 1, 2.5, 1], np.float32),
        {
            "outlier": np.array([1, 0, 1, 0], bool),
            "very dark": np.array([0, 1, 0, 0], bool),
            "tiny": np.zeros(4, bool),
        },
    )
    words = words_of(section_of_oddities(content(oddities=odd)))
    assert "2 pictures lie apart from all others." in words
    assert "2.png 2.50 0.png 1.60" in words
    assert "Very dark 1 picture is nearly black. 1.png" in words
    assert "No picture is too small to show much." in words


def test_classes_are_answered_for_in_words_and_numbers(content: Made) -> None:
    words = words_of(section_of_classes(content()))
    assert "The classes are told apart clearly. Neither the data nor the map is weak." in words
    assert "87.5% ± 3.1 of 4 pictures" in words
    assert "bath 2 91.0% 92.0% 0.915" in words
    assert "The pictures themselves 9.6 99.0% 0.33 0.05 t-SNE 7.1 72.0% 0.21 0.15" in words
    assert "3.png given: hall (2%) looks like: bath (98%)" in words
    assert "2 pictures look to the probe like another class, 1 of them so clearly" in words
    assert section_of_classes(content()).html().count("class=marked") == 1


def test_each_measure_of_a_map_comes_with_its_error_and_its_sentence(content: Made) -> None:
    words = words_of(section_of_belief(content()))
    assert "Neighbours kept 0.31 ± 0.02 Three stay." in words
    assert "On t-SNE, 1 picture has none of the 10 pictures most like it beside it" in words
    assert "0.png" in words


def test_several_maps_stand_side_by_side(content: Made) -> None:
    made = content()
    worse = replace(made.maps[0].layout, name="pca", quality={"kept": 0.04, "kept_of": 10.0})
    both = replace(made, maps=[*made.maps, Map(worse, "PCA", [], made.map)])
    assert "Layout Neighbours kept t-SNE 0.31 PCA 0.04" in words_of(section_of_belief(both))


def test_every_parameter_version_and_time_is_named(content: Made) -> None:
    words = words_of(section_of_making(content()))
    assert (
        "neighbours k 90 neighbours index as suits the pictures layout tsne perplexity 30" in words
    )
    assert "python 3.11.7" in words
    assert "items 2 min 3 s" in words
    assert "none was overlooked" in words
    found = replace(content().making, index="ivf", recall=0.9931)
    assert "the index ivf, which finds 99.3% of the true ones" in words_of(
        section_of_making(content(making=found))
    )
