"""What is said of a line, whatever it came from: a finding, a promise's verdict, a change of the agreement.

Servers show such remarks beside the lines: `remarks_github`, `remarks_gitlab` and `sarif` draw them.
"""

from __future__ import annotations

from dataclasses import dataclass

from checker.finding import Place, Severity
from checker.message import Message

_GRAVITY = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say of a line.

    code: what programs know it by: `SLA214`, `first-response`, `promise-tightened`
    name: what people call it
    more: what there is to say behind the message, line by line; the last says where one reads on
    help: the address of a page about it
    fingerprint: stays the same while lines move
    accepted: until when and why it is accepted; None for what is not
    is_quiet: whether it is as it should be, so that nobody needs to look: it belongs into lists, not beside lines
    """

    code: str
    name: str
    severity: Severity
    message: Message
    place: Place
    more: tuple[str, ...] = ()
    help: str = ""
    fingerprint: str = ""
    accepted: Message | None = None
    is_quiet: bool = False

    @property
    def gravity(self) -> int:
        """For sorting, the worst first; what is accepted comes behind it, what is as it should be last."""
        if self.is_quiet:
            return len(_GRAVITY) + 1
        return len(_GRAVITY) if self.accepted else _GRAVITY.index(self.severity)

    @property
    def is_grave(self) -> bool:
        """Whether it is more than a note."""
        return self.accepted is None and not self.is_quiet and self.severity is not Severity.INFO
