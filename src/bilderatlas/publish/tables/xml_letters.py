"""The letters that XML can hold: all but a few that the name of a file may still have."""

from __future__ import annotations

import re

__all__ = ["xml_letters"]

_OTHERS = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_letters(text: str) -> str:
    """Return the text with U+FFFD for what XML 1.0 (section 2.2) has no way to say."""
    return _OTHERS.sub("\ufffd", text)
