"""From bytes of UTF-8 to code points, quickly also for many places in a large text."""

from __future__ import annotations

from functools import cached_property

from attrs import define

_STEP = 16_384


@define(frozen=True, eq=False)
class Offsets:
    """The places of one text."""

    encoded: bytes

    @cached_property
    def _points(self) -> list[int]:
        """How many characters begin before every so many bytes."""
        counts = [0]
        for at in range(0, len(self.encoded), _STEP):
            counts.append(counts[-1] + _characters(self.encoded[at : at + _STEP]))
        return counts

    def code_points(self, offset: int) -> int:
        """How many characters end at or before a byte; a place outside is moved to the end."""
        at = max(min(offset, len(self.encoded)), 0)
        if self.encoded.isascii():
            return at
        block = at // _STEP
        return self._points[block] + _characters(self.encoded[block * _STEP : at])


def _characters(data: bytes) -> int:
    """How many characters begin in some bytes: all of them but those that continue one."""
    return len(data.translate(None, _CONTINUING))


_CONTINUING = bytes(range(0x80, 0xC0))
