"""How to change it: editing in the browser, step by step, for someone who has never seen the agreement's files."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from checker.change import Changelog
from checker.report.changelog_words import nothing
from checker.report.names import in_words
from checker.rules.completeness import checklist
from checker.site.basis import Basis
from checker.site.example_edit import ExampleEdit, example_edit
from checker.site.lines import wrapped
from checker.site.page import Page
from checker.site.safe import escaped

PATH = "change-it.md"
CODE = 36
"""The same for a line of a file, whose letters are all as wide."""


@dataclass(frozen=True)
class Code:
    """A line of a file in a drawing: cut where it is long, but never where its value stands. `indent` is in letters."""

    file: Markup
    number: int
    indent: int
    before: Markup
    old: Markup
    new: Markup
    after: Markup
    new_at: int


@dataclass(frozen=True)
class Host:
    """A place where the files are kept, and what its buttons are called, in its own words."""

    id: str
    name: str
    edit: str
    begin: str
    choose: str
    send: str
    open: str
    proposal: Markup


def change_it(basis: Basis, changelog: Changelog | None) -> Page:
    """The page. Its example is a real line of this agreement."""
    edit = example_edit(basis)
    voice = basis.voice
    return basis.page(
        PATH,
        "change-it.md.j2",
        voice.gettext("How to change it"),
        edit.path,
        tags=(voice.gettext("marketing"), voice.gettext("sales")),
        edit=edit,
        code=_code(edit),
        what=_subject(basis, edit),
        answer=Markup("") if edit.said is None else voice.say(edit.said),
        whom=Markup("") if edit.whom is None else voice.say(edit.whom),
        hosts=_hosts(basis),
        wrapped=wrapped,
        undone=[item.message for item in checklist(basis.agreement) if not item.is_done],
        not_released=Markup("") if changelog is None or changelog.chapters else voice.say(nothing()),
        has_changes=changelog is not None and bool(changelog.chapters),
    )


def _hosts(basis: Basis) -> tuple[Host, Host]:
    """The names of buttons stand as they do on the screen, in the host's own language."""
    return (
        Host(
            "github",
            "GitHub",
            "Edit this file",
            "Commit changes…",
            "Create a new branch for this commit and start a pull request",
            "Propose changes",
            "Create pull request",
            basis.voice.gettext("pull request"),
        ),
        Host(
            "gitlab",
            "GitLab",
            "Edit single file",
            "Commit changes",
            "Commit to a new branch",
            "Commit changes",
            "Create merge request",
            basis.voice.gettext("merge request"),
        ),
    )


def _subject(basis: Basis, edit: ExampleEdit) -> Markup:
    """What the line is about, in words."""
    path = edit.path
    if path[0] == "targets" and len(path) > 2:
        return basis.voice.gettext(
            "{stage}, {channel}", stage=basis.names.short_stage(str(path[1])), channel=basis.names.channel(str(path[2]))
        )
    promise = basis.agreement.promise(str(path[1])) if len(path) > 1 else None
    if promise is not None:
        return basis.voice.gettext("{promise}", promise=basis.names.promise(promise))
    return basis.voice.gettext("{what}", what=in_words(str(path[0])))


def _code(edit: ExampleEdit) -> Code:
    before = edit.before.lstrip()
    indent = min(len(edit.before) - len(before), 6)
    room = max(CODE - indent - max(len(edit.old), len(edit.new)), 4)
    cut = before if len(before) <= room else "…" + before[1 - room :] if edit.old else before[: room - 1] + "…"
    rest = edit.after if len(cut) + len(edit.after) <= room else ""
    return Code(
        escaped(edit.place.file.rpartition("/")[2][-30:]),
        edit.place.line,
        indent,
        _spaced(cut),
        _spaced(edit.old),
        _spaced(edit.new),
        _spaced(rest),
        indent + len(cut),
    )


def _spaced(text: str) -> Markup:
    """A piece of a line with the spaces at its ends."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text)
    return escaped(seen.replace(" ", "\u00a0"))
