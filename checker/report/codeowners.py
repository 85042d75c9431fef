"""The file CODEOWNERS, by which GitHub and GitLab ask the right team about a change; a block in it is ours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

BEGIN, END = "# sla owners: from here", "# sla owners: to here"
SIDES = ("marketing", "sales")
_TEAMS = re.compile(r"# teams: (?P<teams>.*)")
_HANDLE = re.compile(r"(?:@[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*|[^\s@=]+@[^\s@=]+\.[^\s@=]+)\Z")
_SIGNS = re.compile(r"([\s\\#!])")


def is_handle(text: str) -> bool:
    """Whether a text is how the two name somebody: `@person`, `@organisation/team`, or an e-mail address."""
    return _HANDLE.match(text) is not None


def codeowners(folder: str, teams: Mapping[str, Sequence[str]], handles: Mapping[str, str]) -> str:
    """The block: of each file the handles of its teams. `folder` is the agreement's, `teams` are by the path from the
    top of the repository; a team without a handle is left out, and a file without any left is both sides'.

    The last line that fits a file counts, so the folder comes first: also what is written there later has an owner.
    """
    everybody = [handles[side] for side in SIDES if side in handles] or list(handles.values())
    whole = f"/{folder.strip('/')}/" if folder.strip("./") else "*"
    lines = {whole: everybody}
    for file, names in teams.items():
        own = [handles[name] for name in names if name in handles] or everybody
        if own != everybody:
            lines[f"/{file}"] = own
    width = max(len(_written(pattern)) for pattern in lines)
    return "\n".join(
        [
            BEGIN,
            "# Who is asked about a change of the agreement. Written by `sla owners`: run it again when sections move.",
            f"# teams: {' '.join(f'{team}={handle}' for team, handle in handles.items())}",
            *(f"{_written(pattern):<{width}} {' '.join(dict.fromkeys(own))}" for pattern, own in lines.items()),
            END,
            "",
        ]
    )


def _written(pattern: str) -> str:
    """A path as the file writes it."""
    return _SIGNS.sub(r"\\\1", pattern)


def with_block(text: str, block: str) -> str:
    """The file with the block in place of its old one, else behind what other people wrote."""
    before, begins, rest = text.partition(BEGIN)
    if not begins:
        return (text.rstrip("\n") + "\n\n" if text.strip() else "") + block
    return before + block + rest.partition(END)[2].removeprefix("\n")


def handles_in(text: str) -> dict[str, str]:
    """Team -> handle, as the block of a file says; empty where there is none."""
    found = _TEAMS.search(text.partition(BEGIN)[2].partition(END)[0])
    pairs = [pair.partition("=") for pair in found["teams"].split()] if found else []
    return {team: handle for team, _, handle in pairs if is_handle(handle)}
