"""The viewer's page with the site's words."""

from pathlib import Path

import pytest

from bilderatlas.errors import SiteError
from bilderatlas.publish.site.viewer import copy_viewer, viewer_stamp


@pytest.fixture
def viewer(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    page = '<title>{{title}}</title><meta content="{{description}}"><p>{{other}}</p>'
    (folder / "index.html").write_text(page)
    (folder / "assets" / "a.js").write_text("{{title}}")
    return folder


def test_a_title_cannot_become_markup(viewer: Path, tmp_path: Path) -> None:
    words = {"title": "<script>alert('x')</script>", "description": '"><b> & {{title}}'}
    copy_viewer(viewer, tmp_path / "site", words)
    assert (tmp_path / "site" / "index.html").read_text() == (
        "<title>&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;</title>"
        '<meta content="&quot;&gt;&lt;b&gt; &amp; {{title}}"><p>{{other}}</p>'
    )


def test_everything_but_the_page_is_copied_as_it_is(viewer: Path, tmp_path: Path) -> None:
    copy_viewer(viewer, tmp_path / "site", {"title": "a"})
    assert (tmp_path / "site" / "assets" / "a.js").read_text() == "{{title}}"


def test_a_viewer_that_is_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="npm run build"):
        copy_viewer(tmp_path / "static", tmp_path / "site", {})


def test_the_stamp_changes_with_the_viewer(viewer: Path) -> None:
    before = viewer_stamp(viewer)
    assert viewer_stamp(viewer) == before
    (viewer / "assets" / "a.js").write_text("other")
    assert viewer_stamp(viewer) != before
