"""What stands beside a verdict and never decides it: where a month is heading, how sure it is, what was left out."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from checker.message import Translated
from checker.record import Number, Record, Said, Translations


class Pace(Record):
    """How a count or an amount stands to its target in a month that goes on."""

    days_gone: int = Field(description="Working days that are over")
    days: int = Field(description="Working days of the month")
    expected: Number = Field(description="What should be there by now: target x days_gone / days")
    share: float | None = Field(default=None, description="What is there as a share of what should be")
    projection: Number | None = Field(default=None, description="Where the month ends at the rate so far")
    low: int | None = Field(default=None, description="The month ends between `low` and `high` 95 times in 100")
    high: int | None = None
    a_day_so_far: float | None = None
    a_day_needed: float | None = None


class Recent(Record):
    """The misses of the last working days, whatever month they fell due in."""

    days: int = Field(description="How many working days, to the cut-off")
    since: date
    missed: int
    due: int
    times_as_fast: float | None = Field(
        default=None, description="Misses as a multiple of what the target allows; null where it allows none"
    )
    by_chance: float = Field(description="How often a team that keeps its target exactly shows as many misses or more")
    is_warning: bool = Field(description="True where that is less than 1 in 200")


class Together(Record):
    """The last three judged months taken as one: more leads, so less chance. It decides nothing."""

    months: tuple[str, ...]
    numerator: int
    denominator: int
    target: Number = Field(description="The months' own targets, weighted by their leads")
    is_kept: bool
    interval: tuple[float, float] = Field(description="Wilson, 95%")


class StepReached(Record):
    """The step of `when_late_leads_reach` that the misses of a month have reached."""

    share: Number = Field(description="Of the allowed misses")
    used: int
    allowed: int
    then: str = Field(description="What the agreement says is done")
    translations: Translations = {}

    @property
    def told(self) -> Translated:
        """What is done, for readers of any language."""
        return Translated(self.then, self.translations)


class Escalated(Record):
    """A step of the agreement's `escalation` that is to be taken now."""

    step: int = Field(description="Its place in the list, from 1")
    count: int = Field(description="Missed leads, leads that wait too long, or months in a row")
    tell: tuple[str, ...] = Field(description="People, a team, or `seller`")
    then: str
    translations: Translations = {}
    line: int
    file: str
    when: Said
    whom: Said

    @property
    def told(self) -> Translated:
        """What is done, for readers of any language."""
        return Translated(self.then, self.translations)


class Excepted(Record):
    """Leads that both sides agreed not to count."""

    count: int
    leads: tuple[str, ...] = Field(default=(), description="Where single leads were agreed on")
    first: date | None = Field(default=None, description="Where days were agreed on")
    last: date | None = None
    why: str
    translations: Translations = {}
    agreed_by: tuple[str, ...] = Field(description="The names of the people")

    @property
    def told(self) -> Translated:
        """The reason, for readers of any language."""
        return Translated(self.why, self.translations)


class Released(Record):
    """Leads that were not owed, because the other side failed first."""

    count: int
    because: str = Field(description="`wrongly_qualified`, or the promise that was late")


class StandIn(Record):
    """An event that the source reads off another one."""

    event: str
    same_as: str


class BesideVerdict(Record):
    """What a result says beside its numbers."""

    pace: Pace | None = None
    recent: tuple[Recent, ...] = Field(default=(), description="Of the last 5 and 20 working days")
    together: Together | None = None
    step: StepReached | None = Field(default=None, description="What the agreement says of so many misses")
    escalations: tuple[Escalated, ...] = ()
    exceptions: tuple[Excepted, ...] = Field(default=(), description="Which exceptions make up `not_counted`")
    released: tuple[Released, ...] = Field(default=(), description="Why those in `not_owed` were not owed")
    stand_ins: tuple[StandIn, ...] = Field(default=(), description="Why the result is `about`")
    unknown_would_break: bool = Field(
        default=False, description="True where the promise is kept only if those that do not say enough are left out"
    )
