"""A second reader of logs, as plain as can be: one line after the other, then one lead after the other.

It reads cells and moments as `tests.funnel.row_by_row` does, and knows nothing of the product's statements.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.funnel.row_by_row import Row, RowByRow

END_OF_DAY = 86399
Moment = tuple[int, bool]
Occurrence = tuple[Moment, int, Row]
"""When, the number of the line, and what the line says."""


@dataclass
class Story:
    """All that the lines say of one lead: its occurrences of each event, in the order of time."""

    lead_id: str
    lines: list[Row] = field(default_factory=list)
    events: dict[str, list[Occurrence]] = field(default_factory=dict)

    def turns(self) -> list[tuple[str, Occurrence, bool]]:
        """Handoffs and returns in the order of time, and of each whether it is a second handoff."""
        found = [(event, one) for event in ("handed_off", "returned") for one in self.events.get(event, [])]
        told: list[tuple[str, Occurrence, bool]] = []
        handed = came_back = False
        for event, one in sorted(found, key=lambda turn: (turn[1][0][0], turn[1][1])):
            is_again = event == "handed_off" and handed and came_back
            handed, came_back = handed or event == "handed_off", event == "returned"
            told.append((event, one, is_again))
        return told


class LineByLine(RowByRow):
    """Reads a source whose only file, `log`, has a line for each event."""

    def __init__(self, source: Mapping[str, Any], kinds: Mapping[str, str], report_zone: str, folder: Path) -> None:
        super().__init__(source, kinds, report_zone, folder)
        self.repeated = 0
        self.idle = 0

    def _facts_of(self, file: str, row: Row) -> Row:
        """As of a table; and what the line says beside its moment, where it is of the event."""
        read = super()._facts_of(file, row)
        for event, written in self.source["events"].items():
            for key, column in written.get("set", {}).items():
                says = column if isinstance(column, Mapping) else {"column": column}
                kind = "amount" if key == "amount" else self.kinds.get(f"field_{key}", "text")
                is_line = self._fits(file, row, written)
                read[f"{event} says {key}"] = self._value(kind, file, row, says["column"], says) if is_line else None
        return read

    def _fits(self, file: str, row: Row, written: Mapping[str, Any]) -> bool:
        for key, wanted in (("when", True), ("unless", False)):
            for column, values in written.get(key, {}).items():
                words = [value.lower() for value in (values if isinstance(values, list) else [values])]
                cell = self._cell(file, row, column)
                if (cell is not None and cell.lower() in words) is not wanted:
                    return False
        return True

    def stories(self) -> list[Story]:
        """The leads in the order of their first lines."""
        found: dict[str, Story] = {}
        seen: set[tuple[str, ...]] = set()
        for number, row in enumerate(self._rows("log")):
            lead_id = self._cell("log", row, self.source["leads"]["id"])
            if lead_id is None:
                self.rejected += 1
                continue
            facts = row["facts"]
            happened = [event for event in self.source["events"] if facts[f"at_{event}"] is not None]
            said = tuple(row["cells"][column].strip() for column in self._in_use())
            if happened and said in seen:
                self.repeated += 1
                continue
            self.idle += not happened
            seen |= {said} if happened else set()
            story = found.setdefault(lead_id, Story(lead_id))
            story.lines.append(row)
            for event in happened:
                moment = (facts[f"at_{event}"], facts[f"day_{event}"])
                story.events.setdefault(event, []).append((moment, number, facts))
        for story in found.values():
            for occurrences in story.events.values():
                occurrences.sort(key=lambda one: (one[0], one[1]))
        return list(found.values())

    def _in_use(self) -> list[str]:
        columns = {self.source["leads"]["id"]}
        columns |= {written if isinstance(written, str) else written["column"] for _, written in self._values()}
        for written in self.source["events"].values():
            columns |= {written["column"], *written.get("when", {}), *written.get("unless", {})}
            says = written.get("set", {}).values()
            columns |= {column if isinstance(column, str) else column["column"] for column in says}
        return sorted(columns)

    def facts(self) -> list[Row]:
        """The lead facts, a row a lead."""
        return [self._fold(story) for story in self.stories()]

    def _fold(self, story: Story) -> Row:
        fact: Row = {"lead_id": story.lead_id, "source_line": story.lines[0]["line"]}
        for name, written in self._values():
            told = [line["facts"][name] for line in story.lines if line["facts"][name] is not None]
            fact[name] = told[-1] if told else None
            if isinstance(written, Mapping) and "blank" in written and fact[name] is None:
                fact[name] = written["blank"]
        for event in self.source["events"]:
            happened = story.events.get(event, [])
            fact[f"at_{event}"], fact[f"day_{event}"] = happened[0][0] if happened else (None, None)
            fact[f"count_{event}"] = len(happened)
        fact |= self._said(story)
        contacts = [moment for moment, _, _ in story.events.get("contact_attempt", [])]
        handed_off = fact["at_handed_off"]
        after = [one for one in contacts if handed_off is not None and one[0] + one[1] * END_OF_DAY >= handed_off]
        fact["at_first_personal_contact"], fact["day_first_personal_contact"] = min(after, default=(None, None))
        again = [one[0] for _, one, is_again in story.turns() if is_again]
        fact["at_handed_off_again"], fact["day_handed_off_again"] = again[0] if again else (None, None)
        return fact

    def _said(self, story: Story) -> Row:
        """Reasons are those of the first return and loss, a channel is the first that is said, all else the last."""
        fact: Row = {}
        for event, name in (("returned", "return_reason"), ("lost", "disposition")):
            happened = story.events.get(event, [])
            fact[name] = happened[0][2][f"{event} says reason"] if happened else None
        for key, name in (("owner", "owner"), ("amount", "amount"), ("budget", "field_budget")):
            told = [
                (moment, number, facts[f"{event} says {key}"])
                for event, written in self.source["events"].items()
                if key in written.get("set", {})
                for moment, number, facts in story.events.get(event, [])
                if facts[f"{event} says {key}"] is not None
            ]
            fact[name] = max(told, key=lambda one: one[:2])[2] if told else None
        return fact
