"""What an inspection ends with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker.inspection.proposal import Proposal
from checker.message import Message
from checker.verdict import Data, Results


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was found: the proposed section, what reading by it gives, and what an agreement's promises get from that.

    `data` is None where the section cannot be read yet; `refused` says why, unless the export is still to be made
    (`proposal.awaited`). `results` is None without an agreement.
    `places` says of each file, by its label, where it is.
    """

    proposal: Proposal
    data: Data | None = None
    refused: Message | None = None
    results: Results | None = None
    places: Mapping[str, Path] = field(default_factory=dict)

    def readable(self) -> dict[str, Any]:
        """The section with whole paths, which can be read from anywhere."""
        return with_whole_paths(self.proposal, self.proposal.values, self.places)


def with_whole_paths(proposal: Proposal, values: Mapping[str, Any], places: Mapping[str, Path]) -> dict[str, Any]:
    """A section in which each file stands under its whole path."""
    whole = {file.name: str(places[file.label].resolve()) for file in proposal.files}
    files = values["files"]
    if isinstance(files, Mapping):
        located: Any = {name: {**written, "path": whole[name]} for name, written in files.items()}
    else:
        located = [whole[file.name] for file in proposal.used]
    return {**values, "files": located}
