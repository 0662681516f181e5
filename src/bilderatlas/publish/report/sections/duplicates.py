"""Chapter 4: what is there more than once."""

from __future__ import annotations

from bilderatlas.publish.report.blocks import Block, Galleries, Gallery, Heading, Section, Text
from bilderatlas.publish.report.content import ReportContent
from bilderatlas.publish.report.pictures import file_name, tile
from bilderatlas.publish.wording import counted
from bilderatlas.types import DuplicateGroup

__all__ = ["section_of_duplicates"]

_GROUPS = 12
_COPIES = 6
_PAIRS = 9


def section_of_duplicates(content: ReportContent) -> Section:
    """Show the groups of duplicates, the best marked, and the look-alikes apart from them."""
    return Section("duplicates", "Duplicates", [*_groups(content), *_look_alikes(content)])


def _groups(content: ReportContent) -> list[Block]:
    groups = content.duplicates
    if not groups:
        return [Text("No picture is there more than once.", "verdict")]
    exact = sum(group.kind == "exact" for group in groups)
    spare = sum(len(group.members) - 1 for group in groups)
    blocks: list[Block] = [
        Text(
            f"{counted(len(groups), 'picture')} {'is' if len(groups) == 1 else 'are'} there more "
            f"than once; {counted(spare, 'file')} could go without a picture being lost.",
            "verdict",
        ),
        Text(
            f"In {exact:,} of these groups the files are the same to the last byte; in the others "
            "the same picture was saved again, made smaller, cropped or changed. The copy to keep "
            "is framed, and below each of the others stands what sets it apart."
        ),
    ]
    blocks.append(Galleries([_group(content, group) for group in groups[:_GROUPS]]))
    if len(groups) > _GROUPS:
        blocks.append(
            Text(f"{len(groups) - _GROUPS:,} more: `bilderatlas duplicates` lists them all.")
        )
    return blocks


def _group(content: ReportContent, group: DuplicateGroup) -> Gallery:
    shown = list(zip(group.members.tolist(), group.edits, strict=True))[:_COPIES]
    rest = len(group.members) - len(shown)
    tiles = [
        tile(
            content,
            item,
            [
                file_name(content, item),
                "the copy to keep" if not place else edit or "the same file once more",
            ],
            marked=not place,
        )
        for place, (item, edit) in enumerate(shown)
    ]
    return Gallery(tiles, f"… and {rest:,} more copies" if rest else "")


def _look_alikes(content: ReportContent) -> list[Block]:
    pairs = content.look_alikes.pairs.tolist()
    heading = Heading("Look-alikes")
    if not pairs:
        return [heading, Text("No two different pictures show the same thing.")]
    n = len(pairs)
    blocks: list[Block] = [
        heading,
        Text(
            f"{counted(n, 'pair')} of pictures {'is' if n == 1 else 'are'} different pictures that "
            "show the same thing, or nearly so; none is a copy of the other. The most alike, "
            "1 being the same:"
        ),
    ]
    shown = zip(pairs[:_PAIRS], content.look_alikes.similarity[:_PAIRS], strict=True)
    blocks.append(
        Galleries(
            [
                Gallery(
                    [tile(content, item, [file_name(content, item)]) for item in pair],
                    f"Likeness {similarity:.3f}",
                )
                for pair, similarity in shown
            ]
        )
    )
    return blocks
