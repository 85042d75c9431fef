"""Tools and processes: which system records what, and the steps that are always done in the same way."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from checker.agreement.base import as_list
from checker.agreement.cooperation import AT_ONCE, Process, Tool
from checker.message import Message, say
from checker.quantity import Duration
from checker.report.names import in_words, team
from checker.site.basis import Basis
from checker.site.page import Page
from checker.site.safe import slug
from checker.site.where import has_page

PATH = "tools.md"
LISTS: dict[str, Message] = {
    "pieces": say("published pieces"),
    "kits": say("kits for sellers"),
    "meetings": say("meetings that were held"),
    "objections_heard": say("objections that were heard"),
    "improvements": say("improvements"),
}


@dataclass(frozen=True)
class System:
    """A tool: what happens to a lead that it records, the lists it keeps, the data about a lead that is in it."""

    id: str
    anchor: str
    tool: Tool
    name: str
    happenings: Markup
    lists: Markup
    fields: Markup
    synced: Markup


@dataclass(frozen=True)
class Steps:
    """A process."""

    id: str
    anchor: str
    process: Process
    name: str
    helped_by: Markup
    pilot: Markup


def tools(basis: Basis) -> Page | None:
    """The page; None where the agreement names neither."""
    sections = basis.agreement.sections
    if not has_page(basis.agreement, PATH):
        return None
    return basis.page(
        PATH,
        "tools.md.j2",
        basis.voice.gettext("Tools and processes"),
        ("tools",) if sections.tools else ("processes",),
        tags=(basis.voice.gettext("marketing"), basis.voice.gettext("sales")),
        systems=[_system(basis, name, tool) for name, tool in (sections.tools or {}).items()],
        processes=[_steps(basis, name, process) for name, process in (sections.processes or {}).items()],
    )


def _system(basis: Basis, name: str, tool: Tool) -> System:
    voice, names = basis.voice, basis.names
    happenings = [voice.say(names.event(one)) for one in tool.records if one in basis.agreement.events]
    lists = [voice.say(LISTS[one]) for one in tool.records if one in LISTS]
    kept = [field for field, entry in basis.agreement.fields.items() if entry.kept_in == name]
    recorded = [one for one in tool.records if one in basis.agreement.fields and one not in kept]
    fields = [names.field(field) for field in [*kept, *recorded]]
    return System(
        name,
        f"tool-{slug(name)}",
        tool,
        names.tool(name),
        voice.names(happenings) if happenings else Markup(""),
        voice.names(lists) if lists else Markup(""),
        voice.names(fields) if fields else Markup(""),
        _synced(basis, tool),
    )


def _synced(basis: Basis, tool: Tool) -> Markup:
    if isinstance(tool.synced, Duration):
        return basis.voice.gettext("within {time}", time=tool.synced)
    return basis.voice.gettext("at once") if tool.synced == AT_ONCE else Markup("")


def _steps(basis: Basis, name: str, process: Process) -> Steps:
    voice, names = basis.voice, basis.names
    helpers = [voice.say(team(one)) for one in as_list(process.helped_by)]
    pilots = [names.person(one) for one in process.pilot or ()]
    return Steps(
        name,
        f"process-{slug(name)}",
        process,
        names.prose(process.name) or in_words(name),
        voice.names(helpers) if helpers else Markup(""),
        voice.names(pilots) if pilots else Markup(""),
    )
