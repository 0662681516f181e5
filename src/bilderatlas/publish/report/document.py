"""The report as one HTML file that needs nothing else: no script, no network, no other file."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from bilderatlas.publish.report.blocks import Section
from bilderatlas.publish.report.content import ReportContent
from bilderatlas.publish.report.sections.belief import section_of_belief
from bilderatlas.publish.report.sections.classes import section_of_classes
from bilderatlas.publish.report.sections.clusters import section_of_clusters
from bilderatlas.publish.report.sections.collection import section_of_collection
from bilderatlas.publish.report.sections.duplicates import section_of_duplicates
from bilderatlas.publish.report.sections.making import section_of_making
from bilderatlas.publish.report.sections.map import section_of_map
from bilderatlas.publish.report.sections.oddities import section_of_oddities
from bilderatlas.publish.wording import counted

__all__ = ["document", "report"]

_SECTIONS = (
    section_of_collection,
    section_of_map,
    section_of_clusters,
    section_of_duplicates,
    section_of_oddities,
    section_of_classes,
    section_of_belief,
    section_of_making,
)


def report(content: ReportContent) -> str:
    """Return the report of a collection, an HTML document for the screen and for A4 paper."""
    about = (
        f"{counted(len(content.items), 'picture')}, arranged by likeness. Drawn by "
        f"{content.making.generator} on {content.making.drawn_on:%-d %B %Y}."
    )
    return document(content.title, about, [section(content) for section in _SECTIONS])


def document(title: str, about: str, sections: Sequence[Section]) -> str:
    """Return sections as a page with a table of contents."""
    style = files("bilderatlas.publish.report").joinpath("style.css").read_text("utf-8")
    contents = "".join(
        f'<li><a href="#{section.name}">{escape(section.title)}</a></li>' for section in sections
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}: report</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f'<header><p class="kind">Report on a picture collection</p>\n<h1>{escape(title)}</h1>\n'
        f'<p class="about">{escape(about)}</p>\n'
        f'<nav aria-label="Contents"><ol>{contents}</ol></nav></header>\n<main>\n'
        f"{''.join(section.html() for section in sections)}</main>\n</body>\n</html>\n"
    )
