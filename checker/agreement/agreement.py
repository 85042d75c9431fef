"""The agreement: its sections as typed values, and the questions that every room asks of it.

`build` makes it from the values of a text. Each top-level section stands or falls alone: what is wrong in one is a
problem with its path, and the others are still there to be judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

from checker.agreement import payload as payload_of
from checker.agreement.base import prose
from checker.agreement.conditions import AllOf, FieldIs, Question, leaves, question
from checker.agreement.events import event_names
from checker.agreement.fields import Field
from checker.agreement.people import WorkingTime
from checker.agreement.plan import Channel
from checker.agreement.promise_list import SECTIONS, Promise, promise
from checker.agreement.sections import Sections
from checker.agreement.stages import Stage
from checker.agreement.texts import Said, texts
from checker.finding import Path, Problem
from checker.quantity import Money, Share

T = TypeVar("T")

BUILT_IN_FIELDS: dict[str, str] = {
    "stage": "stage",
    "points": "whole number",
    "mode": "mode",
    "last_action": "action",
    "return_reason": "return reason",
    "accepted": "yes or no",
    "channel": "channel",
    "persona": "persona",
}
"""Fields that conditions may use without declaring them -> what kind of value they hold."""


class Agreement:
    """An agreement.

    `sections` holds what was written (None where nothing was, or where it could not be read: see `broken`);
    `problems` is what reading and building found; `written` are the values as they were read, those of broken
    sections too; `unread` are the paths that are written and could not be read; `edited` are those whose value somebody
    has just written, where an older version is there to compare with. Names that sections define are offered as plain
    mappings, empty where the section is absent.
    """

    def __init__(
        self,
        sections: Sections,
        broken: frozenset[str] = frozenset(),
        problems: tuple[Problem, ...] = (),
        written: Mapping[str, Any] | None = None,
        unread: frozenset[Path] = frozenset(),
        edited: frozenset[Path] = frozenset(),
    ) -> None:
        self.sections = sections
        self.broken = broken
        self.problems = problems
        self.written = written or {}
        self.unread = unread
        self.edited = edited

    @property
    def title(self) -> str:
        return prose(self.sections.agreement, self.language)

    @property
    def language(self) -> str:
        return self.sections.language or "en"

    @property
    def currency(self) -> str:
        """The currency's code; empty where the agreement names none."""
        return self.sections.currency or ""

    @property
    def is_signed(self) -> bool:
        return self.sections.status == "signed"

    @property
    def stages(self) -> Mapping[str, Stage]:
        """Stage id -> stage, in the order a buyer goes through them."""
        return self.sections.stages or {}

    @property
    def fields(self) -> Mapping[str, Field]:
        return self.sections.fields or {}

    @property
    def channels(self) -> Mapping[str, Channel]:
        return self.sections.channels or {}

    @property
    def version(self) -> str:
        """The version stamped by a release, or `draft`."""
        return self.sections.release.version if self.sections.release else "draft"

    def money(self, amount: Any) -> Money:
        """An amount in the agreement's currency."""
        return Money(amount, self.currency)

    # ------------------------------------------------------------ stages

    def stage_named(self, role: str) -> str | None:
        """The first stage that says `is: role` (anonymous, pipeline, won), or None."""
        return next((name for name, stage in self.stages.items() if stage.is_ == role), None)

    def stage_after(self, name: str) -> str | None:
        """The stage that follows, or None after the last (or for an unknown stage)."""
        order = list(self.stages)
        index = order.index(name) + 1 if name in order else len(order)
        return order[index] if index < len(order) else None

    def conversions(self) -> tuple[tuple[str, str, str], ...]:
        """Each pair of neighbouring stages and the id of its rate: (`lead`, `mql`, `lead_to_mql`)."""
        order = list(self.stages)
        return tuple((first, second, f"{first}_to_{second}") for first, second in pairwise(order))

    def rate(self, rate_id: str, channel: str | None = None) -> tuple[Share, Path] | None:
        """A conversion rate and where it is written: the channel's own, else the one for all."""
        if channel is not None and channel in self.channels:
            own = self.channels[channel].rates or {}
            if rate_id in own:
                return own[rate_id], ("channels", channel, "rates", rate_id)
        shared = self.sections.rates or {}
        return (shared[rate_id], ("rates", rate_id)) if rate_id in shared else None

    # ------------------------------------------------------------ names

    @cached_property
    def events(self) -> tuple[str, ...]:
        """Every event name of this agreement."""
        return event_names(self.stages)

    def field_kind(self, name: str) -> str | None:
        """What kind of value a field holds (`money`, `one of` …); None for an unknown field."""
        if name in BUILT_IN_FIELDS:
            return BUILT_IN_FIELDS[name]
        return self.fields[name].is_ if name in self.fields else None

    def field_values(self, name: str) -> tuple[str, ...] | None:
        """The closed list of a field's values, or None where any value of its kind is allowed."""
        sections = self.sections
        names: dict[str, Any] = {
            "stage": self.stages,
            "mode": sections.modes,
            "action": sections.actions,
            "list of actions": sections.actions,
            "return reason": sections.return_reasons,
            "channel": sections.channels,
            "persona": sections.personas,
            "seller": sections.sellers,
        }
        kind = self.field_kind(name)
        if kind == "one of":
            return tuple(self.fields[name].values or ())
        return tuple(names[kind]) if kind in names and names[kind] is not None else None

    def working_time(self, name: str | None = None) -> WorkingTime | None:
        """A calendar by name; the first one where nothing is said."""
        calendars = self.sections.working_time or {}
        return calendars.get(name) if name is not None else next(iter(calendars.values()), None)

    # ------------------------------------------------------------ promises and conditions

    @cached_property
    def _promises(self) -> tuple[Promise, ...]:
        return tuple(
            promise(section, name, written)
            for section in SECTIONS
            for name, written in (getattr(self.sections, section) or {}).items()
        )

    def promises(self) -> tuple[Promise, ...]:
        """Every promise, marketing's first, in file order."""
        return self._promises

    def promise(self, name: str) -> Promise | None:
        """The promise with this id."""
        return next((item for item in self._promises if item.id == name), None)

    @cached_property
    def named_conditions(self) -> Mapping[str, AllOf]:
        """Group or stage id -> its conditions as a tree: what `meets` may name. A group wins over a stage."""
        stages = {
            name: question(stage, ("stages", name)) for name, stage in self.stages.items() if stage.has_conditions
        }
        groups = {name: question(group, ("groups", name)) for name, group in (self.sections.groups or {}).items()}
        return stages | groups

    def reached(self, node: Question) -> Iterator[FieldIs]:
        """Every test that a condition leads to, through `meets`; a cycle of `meets` is followed once."""
        seen: set[str] = set()

        def walk(part: Question) -> Iterator[FieldIs]:
            for leaf in leaves(part):
                if isinstance(leaf, FieldIs):
                    yield leaf
                elif leaf.name not in seen and leaf.name in self.named_conditions:
                    seen.add(leaf.name)
                    yield from walk(self.named_conditions[leaf.name])

        return walk(node)

    def written_conditions(self) -> Iterator[tuple[AllOf, Path]]:
        """Every condition of the agreement and where it is written, in the order of the format."""
        sections = self.sections
        for node in self.named_conditions.values():
            yield node, node.path
        for name, campaign in (sections.campaigns or {}).items():
            if campaign.to is not None:
                yield question(campaign.to, ("campaigns", name, "to")), ("campaigns", name, "to")
        for name, persona in (sections.personas or {}).items():
            if persona.recognised_by is not None:
                path: Path = ("personas", name, "recognised_by")
                yield question(persona.recognised_by, path), path
        for index, rank in enumerate(sections.ranking or []):
            if rank.when is not None:
                path = ("ranking", index, "when")
                yield question(rank.when, path), path
        for index, route in enumerate((sections.handoff.routing if sections.handoff else None) or []):
            if route.when is not None:
                path = ("handoff", "routing", index, "when")
                yield question(route.when, path), path
        yield from self._points_conditions()
        for item in self.promises():
            if item.only is not None:
                yield item.only, item.only.path
            for deadline in item.deadlines:
                if deadline.when is not None:
                    yield deadline.when, deadline.when.path

    def _points_conditions(self) -> Iterator[tuple[AllOf, Path]]:
        points = self.sections.points
        if points is None or points.lost is None:
            return
        many = isinstance(points.lost, list)
        for index, lost in enumerate(points.lost if isinstance(points.lost, list) else [points.lost]):
            path: Path = ("points", "lost", *((index,) if many else ()), "when")
            yield question(lost.when, path), path

    @cached_property
    def payload(self) -> tuple[payload_of.PayloadItem, ...]:
        """The fields that go along with a handed-over lead."""
        return payload_of.payload(self)

    @cached_property
    def texts(self) -> tuple[Said, ...]:
        """Every text that people wrote for people, in the order of the format."""
        return tuple(texts(self.sections, self.language))

    def text(self, value: Any, fallback: str = "") -> str:
        """Prose in the agreement's language."""
        return prose(value, self.language, fallback)
