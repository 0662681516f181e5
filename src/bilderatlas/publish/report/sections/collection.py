"""Chapter 1: what the collection is."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import numpy as np

from bilderatlas.publish.report.blocks import Block, Facts, Heading, Section, Table, Text
from bilderatlas.publish.report.content import ReportContent
from bilderatlas.publish.wording import byte_size, counted, listed

__all__ = ["section_of_collection"]

_PROBLEMS_SHOWN = 20


def section_of_collection(content: ReportContent) -> Section:
    """Say how many pictures there are, of what sizes and dates, and what could not be used."""
    blocks: list[Block] = [Facts([*_counts(content), *_sizes(content), *_described(content)])]
    blocks += _problems(content)
    return Section("collection", "What the collection is", blocks)


def _counts(content: ReportContent) -> list[tuple[str, str, str]]:
    making = content.making
    copies = sum(len(group.members) - 1 for group in content.duplicates)
    n = len(content.items)
    return [
        ("Pictures", f"{n:,}", f"of which {n - copies:,} are different pictures."),
        ("From", making.source, "where the pictures were found."),
        ("Built", f"{making.built_on:%-d %B %Y}", "the day the atlas was last brought up to date."),
        (
            "Likeness by",
            making.model,
            "the network that turns each picture into numbers; two pictures are alike here when "
            "their numbers are.",
        ),
    ]


def _sizes(content: ReportContent) -> list[tuple[str, str, str]]:
    width = content.items.column("width").to_numpy().astype(np.int64)
    height = content.items.column("height").to_numpy().astype(np.int64)
    order = np.argsort(width * height, kind="stable")
    small, middle, large = (
        f"{width[i]:,} by {height[i]:,}" for i in (order[0], order[len(order) // 2], order[-1])
    )
    lying = int((width > height).sum())
    return [
        (
            "Size",
            middle,
            f"pixels of the middle one; the smallest has {small}, the largest {large}.",
        ),
        ("Shape", f"{lying / len(width):.0%} wide", "the share that is wider than high."),
        (
            "On disk",
            byte_size(int(content.items.column("bytes").to_numpy().sum())),
            "all files together.",
        ),
    ]


def _described(content: ReportContent) -> list[tuple[str, str, str]]:
    n = len(content.items)
    dates: list[datetime] = [d for d in content.items.column("taken_at").to_pylist() if d]
    places = n - content.items.column("latitude").null_count
    told = [
        (
            "Dates",
            f"{min(dates):%Y-%m-%d} to {max(dates):%Y-%m-%d}" if dates else "none",
            f"when they were taken, as {counted(len(dates), 'file')} of {n:,} "
            f"{'says' if len(dates) == 1 else 'say'}."
            if dates
            else "no file says when its picture was taken.",
        ),
        (
            "Places",
            f"{places:,}" if places else "none",
            "pictures whose file says where they were taken."
            if places
            else "no file says where its picture was taken.",
        ),
        (
            "Described by",
            listed(content.columns) if content.columns else "nothing",
            "the columns of the table that came with the pictures."
            if content.columns
            else "no table came with the pictures.",
        ),
    ]
    if content.classes is not None:
        classes = content.classes
        told.append(
            (
                "Classes",
                f"{len(classes.rows)}",
                f"by {classes.label}: "
                + listed([f"{row.name} ({row.items:,})" for row in classes.rows])
                + ".",
            )
        )
    return told


def _problems(content: ReportContent) -> list[Block]:
    problems = content.problems
    if not problems:
        return [Text("Every picture that was found could be used.")]
    reasons = Counter(problem.reason for problem in problems).most_common(3)
    said = listed([f"{reason} ({count:,})" for reason, count in reasons])
    rows = [(p.uri, p.stage, p.reason) for p in problems[:_PROBLEMS_SHOWN]]
    rest = len(problems) - len(rows)
    return [
        Heading("What could not be used"),
        Text(
            f"{counted(len(problems), 'file')} could not be used and "
            f"{'is' if len(problems) == 1 else 'are'} in no figure of this report. The most "
            f"frequent reasons: {said}."
        ),
        Table(
            "Files that could not be used" + (f"; {rest:,} more are left out" if rest else ""),
            ("File", "Where it failed", "Why"),
            rows,
        ),
    ]
