from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilderatlas.errors import SourceError
from bilderatlas.ingest.sources.table import Table, join, read_table

PIXPLOT = """filename,category,tags,description,permalink,year,label,lat,lng
bees-1.jpg,yellow,a|b|c,"bees, ""all"" of
them",https://example.org/1,1776,insect,41.3,-72.9
cats-1.jpg,,,,,,,,
"""


def table_of(tmp_path: Path, content: str | bytes) -> Table:
    path = tmp_path / "metadata.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(path)


def test_pixplots_columns_load_unchanged(tmp_path: Path) -> None:
    table = table_of(tmp_path, PIXPLOT)
    assert table.columns == (
        *("category", "tags", "description", "permalink", "year", "label", "lat", "lng"),
    )
    filename, cells = table.rows[0]
    assert filename == "bees-1.jpg"
    assert cells["tags"] == "a|b|c"
    assert cells["description"] == 'bees, "all" of\nthem'
    assert (cells["lat"], cells["lng"]) == ("41.3", "-72.9")


def test_empty_cells_are_left_out(tmp_path: Path) -> None:
    assert table_of(tmp_path, PIXPLOT).rows[1] == ("cats-1.jpg", {})


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_what_spreadsheets_save_is_read(tmp_path: Path, delimiter: str, encoding: str) -> None:
    text = delimiter.join(["Filename", "Künstler"]) + "\r\n" + delimiter.join(["a.jpg", "Dürer"])
    table = table_of(tmp_path, text.encode(encoding))
    assert table.columns == ("Künstler",)
    assert table.rows == (("a.jpg", {"Künstler": "Dürer"}),)


def test_ragged_rows_are_taken_as_far_as_they_go(tmp_path: Path) -> None:
    table = table_of(tmp_path, "x,filename,y\n1,a.jpg\n2\n\n3,b.jpg,4,5,6\n")
    assert table.rows == (("a.jpg", {"x": "1"}), ("b.jpg", {"x": "3", "y": "4"}))


@pytest.mark.parametrize("content", ["", "name,label\na.jpg,cat\n", "\0\1\2"])
def test_a_table_without_file_names_is_an_error(tmp_path: Path, content: str) -> None:
    with pytest.raises(SourceError, match=r"metadata\.csv has no column 'filename'"):
        table_of(tmp_path, content)


def test_a_cell_beyond_all_measure_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"metadata\.csv is no CSV file"):
        table_of(tmp_path, "filename,text\na.jpg," + "x" * 200_000)


def rows(*filenames: str) -> Table:
    return Table(
        Path("metadata.csv"),
        ("row",),
        tuple((name, {"row": str(number)}) for number, name in enumerate(filenames)),
    )


def test_a_path_wins_over_a_bare_name() -> None:
    metadata, problems = join(rows("b/x.jpg", "x.jpg"), ["x.jpg", "b/x.jpg"])
    assert metadata == {"b/x.jpg": {"row": "0"}, "x.jpg": {"row": "1"}}
    assert problems == ()


def test_a_bare_name_finds_the_only_picture_of_that_name() -> None:
    metadata, problems = join(rows("x.jpg", "elsewhere/y.jpg"), ["deep/x.jpg", "y.jpg"])
    assert set(metadata) == {"deep/x.jpg", "y.jpg"}
    assert problems == ()


def test_rows_that_find_no_one_picture_become_one_problem() -> None:
    names = ["x.jpg", "gone1.jpg", "gone2.jpg", "gone3.jpg"]
    metadata, (problem,) = join(rows(*names), ["a/x.jpg", "b/x.jpg"])
    assert metadata == {}
    assert (problem.uri, problem.stage) == ("metadata.csv", "source")
    assert problem.reason == "4 rows name no picture, or several: x.jpg, gone1.jpg, gone2.jpg, …"


def test_the_first_of_several_rows_for_one_picture_counts() -> None:
    metadata, (problem,) = join(rows("x.jpg", "./x.jpg"), ["x.jpg"])
    assert metadata == {"x.jpg": {"row": "0"}}
    assert problem.reason == "1 row names a picture that an earlier row names: ./x.jpg"


def test_paths_match_however_they_are_spelt() -> None:
    decomposed, composed = "e\u0301te\u0301", "\u00e9t\u00e9"
    metadata, problems = join(
        rows(f".\\{composed}\\a.jpg", f"./{decomposed}/b.jpg"),
        [f"{decomposed}/a.jpg", f"{composed}/b.jpg"],
    )
    assert set(metadata) == {f"{decomposed}/a.jpg", f"{composed}/b.jpg"}
    assert problems == ()


def test_two_spellings_of_one_name_are_two_pictures() -> None:
    uris = ["e\u0301.jpg", "\u00e9.jpg"]
    assert join(rows(*uris), uris)[0] == {uris[0]: {"row": "0"}, uris[1]: {"row": "1"}}


@given(st.sets(st.text(st.characters(codec="utf-8", exclude_characters="/\\\0."), min_size=1)))
def test_every_picture_finds_the_row_with_its_own_uri(names: set[str]) -> None:
    uris = sorted(f"{name}.jpg" for name in names)
    metadata, _ = join(rows(*uris), uris)
    assert all(uris[int(cells["row"])] == uri for uri, cells in metadata.items())
