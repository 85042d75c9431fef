"""What changed between two versions of an agreement: runs the catalogue and puts every answer on its lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from checker.agreement import Agreement, build
from checker.agreement.build import in_own_words
from checker.agreement.history import History
from checker.agreement.sections import BESIDE, section_names
from checker.change import Change, Changes, Difference, Direction
from checker.changes.catalogue import comparisons
from checker.changes.kind import Kind
from checker.errors import UnreadableInput
from checker.finding import Path, Place
from checker.message import Written, say
from checker.review.edited import edited_paths
from checker.review.effect import effect_of
from checker.review.next_version import next_version
from checker.review.validate import validate
from checker.text import Document


def diff(old: Document, new: Document, today: date | None = None, history: History | None = None) -> Changes:
    """Every change from the old text to the new one, what weighs most first, and which version they ask for.

    What cannot be read in either is not compared, and named. The new text may be inconsistent and is compared all the
    same; what is wrong with it is found as by `validate`, where `today` and `history` (the releases) are told of.
    Raises UnreadableInput for what is no agreement.
    """
    before, after, unread = readable(old, new)
    changes = changes_between(old, new)
    release = before.sections.release
    return Changes(
        changes=changes,
        version=next_version(changes, release.version if release else None),
        unread=unread,
        language=after.language,
        findings=validate(new, today, base=old, history=history),
        effect=effect_of(before, after, changes),
    )


def changes_between(old: Document, new: Document) -> tuple[Change, ...]:
    """Every change from the old text to the new one, what weighs most first."""
    before, after, _ = readable(old, new)
    own_before, own_after = in_own_words(before), in_own_words(after)
    edited = edited_paths(old.values, new.values), edited_paths(new.values, old.values)
    return tuple(
        _in_order(
            [
                _placed(_narrowed(difference, old, new, *edited), comparison.kind_of(difference), old, new)
                for comparison in comparisons()
                for difference in (
                    comparison.find(before, after)
                    if comparison.kind.of_translations
                    else comparison.find(own_before, own_after)
                )
            ]
        )
    )


def readable(old: Document, new: Document) -> tuple[Agreement, Agreement, tuple[str, ...]]:
    """Both agreements without the sections that cannot be read in one of them, and the names of these.

    Raises UnreadableInput where one of the texts has no section of an agreement at all.
    """
    known = section_names()
    for document in (old, new):
        if not any(name in document.values or (name,) in document.unread for name in known):
            raise UnreadableInput(say("there is no agreement in {file}", file=Written(document.files[0])))
    before, after = _built(old), _built(new)
    broken = before.broken | after.broken
    if broken:
        before, after = (_without(side, broken) for side in (before, after))
    return before, after, tuple(name for name in known if name in broken and name not in BESIDE)


def _built(document: Document) -> Agreement:
    return build(document.values, document.problems, document.unread)


def _without(agreement: Agreement, sections: frozenset[str]) -> Agreement:
    """An agreement without some sections, so that what is not read on one side is not missed on the other."""
    values = {key: value for key, value in agreement.written.items() if key not in sections}
    return build(values)


def _narrowed(
    difference: Difference, before: Document, after: Document, gone: frozenset[Path], came: frozenset[Path]
) -> Difference:
    """A difference with the very lines that were edited, where it only knows the entry that holds them."""
    old = _edited_below(difference.old, gone, before)
    return replace(difference, old=old, new=_edited_below(difference.new, came, after))


def _edited_below(path: Path | None, edited: frozenset[Path], document: Document) -> Path | None:
    """The first line below a path that was edited, an explanation only where nothing else was; else the path."""
    if path is None or path in edited:
        return path
    below = [other for other in edited if other[: len(path)] == path]
    innermost = [other for other in below if not any(further[: len(other)] == other != further for further in below)]
    return min(
        innermost,
        key=lambda other: (other[-1] in _EXPLANATIONS, document.place(other).line, document.place(other).column),
        default=path,
    )


_EXPLANATIONS = ("name", "why", "means", "built_from")


def _placed(difference: Difference, kind: Kind, old: Document, new: Document) -> Change:
    return Change(
        kind=kind.slug,
        name=kind.name,
        what=difference.what,
        message=difference.message,
        sides=difference.sides,
        old=_place(difference.old, old),
        new=_place(difference.new, new),
        at=new.place(difference.new or difference.old or (), "key"),
        only_old=difference.only_old,
        only_new=difference.only_new,
        follows=difference.follows,
        is_editorial=kind.is_editorial,
        help=kind.help,
        means=difference.means,
        path=difference.new or difference.old or (),
    )


def _place(path: Path | None, document: Document) -> Place | None:
    return document.place(path, "key") if path else None


_WEIGHT = {
    Direction.STRICTER: 0,
    Direction.LOOSER: 1,
    Direction.HEAVIER: 2,
    Direction.LIGHTER: 3,
    Direction.SHIFTED: 4,
    Direction.SAME: 5,
}


def _in_order(changes: list[Change]) -> list[Change]:
    """What somebody owes first, words last; otherwise as the catalogue finds them."""
    return sorted(
        changes,
        key=lambda change: (
            change.is_editorial,
            min(_WEIGHT[change.sides.marketing], _WEIGHT[change.sides.sales]),
        ),
    )
