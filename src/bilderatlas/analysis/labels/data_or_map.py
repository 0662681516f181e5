"""Where classes do not show on a map: whether that is the data or the map."""

from __future__ import annotations

from bilderatlas.analysis.labels.classification import Classification
from bilderatlas.analysis.labels.spaces import VECTORS
from bilderatlas.analysis.labels.words import LOST_BY_MAP

__all__ = ["data_or_map"]

_HELD = 0.5
"""Of the way from chance to all ten neighbours, from which classes hold together by likeness."""


def data_or_map(found: Classification, name: str, title: str | None = None) -> str:
    """Say whether it is the data or the map where classes do not show.

    Parameters
    ----------
    found
        What is known of the classes.
    name, title
        Of the layout that people look at; what they call it.
    """
    spaces = {space.name: space for space in found.spaces}
    vectors, drawn = spaces[VECTORS], spaces.get(name)
    seen = f"of the 10 pictures most like a picture, {10 * vectors.agreement:.1f} bear its label"
    if found.verdict == "nothing":
        return (
            "It is the data and not the map: nothing was found in what the network sees that has "
            "to do with these classes, so no map of it can be expected to show them."
        )
    if found.verdict == "little":
        return (
            "It is the data rather than the map: the network sees little in the pictures that has "
            f"to do with these classes; {seen}, and a map by likeness can hardly show more."
        )
    way = (vectors.agreement - vectors.agreement_by_chance) / (1 - vectors.agreement_by_chance)
    if way < _HELD:
        return (
            "It is neither the data nor the map alone: the classes are in the pictures, but not in "
            f"what makes them alike. {seen[:1].upper()}{seen[1:]}; who looks for the classes finds "
            "them, and a map that is drawn by likeness does not show them."
        )
    if drawn is None:
        return f"The classes are in the pictures: {seen}."
    there = f"on the map {title or name} {10 * drawn.agreement:.1f} of the 10 beside it do"
    if vectors.agreement - drawn.agreement > LOST_BY_MAP:
        return (
            f"It is the map and not the data: {seen}, and {there}. What looks mixed there is not "
            "so among the pictures."
        )
    opening = (
        "Neither the data nor the map is weak"
        if found.verdict == "all"
        else "The map is not to blame, it shows what is there to see"
    )
    return (
        f"{opening}: {seen}, and {there}. What looks mixed there is mixed among the pictures, too."
    )
