"""What 80% of few and of many leads can say about a promise of 90%: Wilson's intervals."""

from __future__ import annotations

from fractions import Fraction

from checker.logic.statistics import too_few_to_tell, wilson_interval
from tools.drawings.picture import BAD, INK, MARK, OPEN, QUIET, WIDTH, Picture

TARGET = Fraction(9, 10)
SHARES = ((8, 10), (16, 20), (24, 30), (40, 50), (160, 200))
"""So many in time of so many: the same 80%."""
_LEFT, _TOP, _ROW, _FROM = 120, 66, 42, 0.4
_FULL = WIDTH - _LEFT - 215


def _at(share: float) -> float:
    return _LEFT + _FULL * (share - _FROM) / (1 - _FROM)


def verdict_of(kept: int, total: int) -> str:
    """What the checker says beside such a month."""
    return "too few to tell" if too_few_to_tell(kept, total, TARGET) else "clear"


def intervals() -> str:
    """A bar from the lowest to the highest share that may be the true one, for each month."""
    spans = {(kept, total): wilson_interval(kept, total) for kept, total in SHARES}
    says = "; ".join(
        f"{kept} of {total}: {low:.0%} to {high:.0%}, {verdict_of(kept, total)}"
        for (kept, total), (low, high) in spans.items()
    )
    picture = Picture(_TOP + _ROW * len(spans) + 50, "What 80% in time may really be", says)
    picture.text(20, 30, "80% in time, where 90% is promised: the true share may be anything in the bar", size=16)
    bottom = _TOP + _ROW * len(spans)
    picture.dashed(_at(float(TARGET)), 46, bottom, MARK)
    picture.text(_at(float(TARGET)) + 6, 56, "promised", MARK, 13)
    for number, ((kept, total), (low, high)) in enumerate(spans.items()):
        top = _TOP + number * _ROW
        unsure = too_few_to_tell(kept, total, TARGET)
        picture.text(_LEFT - 14, top + 22, f"{kept} of {total}", anchor="end")
        picture.line(_at(_FROM), top + 17, _at(1), top + 17, QUIET, 1)
        picture.box(_at(low), top + 8, _at(high) - _at(low), 18, OPEN if unsure else BAD, 0.55)
        picture.dot(_at(kept / total), top + 17, INK, 4)
        picture.text(_at(1) + 12, top + 22, f"{low:.0%} to {high:.0%}", size=13)
        picture.text(_at(1) + 104, top + 22, verdict_of(kept, total), OPEN if unsure else BAD, 12)
    for share in (40, 50, 60, 70, 80, 90, 100):
        left = _at(share / 100)
        picture.line(left, bottom, left, bottom + 6, INK, 1)
        picture.text(left, bottom + 24, f"{share}%", size=12, anchor="middle")
    return picture.svg()
