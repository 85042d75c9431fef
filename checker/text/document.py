"""What a reader gives: the values of one or several files, where each of them stands, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence as SequenceOf
from typing import Literal

from checker.finding import At, Because, Path, Place, Problem
from checker.message import Written, say
from checker.text.file import File, Part
from checker.text.scalars import Value
from checker.text.source import Source
from checker.text.tree import Mapping, Node, Scalar, Sequence, Span
from checker.text.words import moved, span_of_words


class Document:
    """An agreement as text: values, and places for every one of them.

    values: the top-level keys of all files together
    problems: what the reader found, file by file in the order of their names, line by line; each has a place and a kind
    files: the files' names as users see them
    unread: paths that are written but whose value cannot be known (empty, or in lines that cannot be read); a rule
        that misses one of these has nothing new to say
    waivers: what remarks waive, rule by rule
    folder_problems: those of the problems that are about the folder itself
    """

    def __init__(self, files: SequenceOf[File], problems: SequenceOf[Problem] = ()) -> None:
        """At least one file, each read already, and what is wrong with the folder itself."""
        self.files = tuple(file.source.name for file in files)
        self.values: dict[str, Value] = {}
        self.unread: frozenset[Path] = frozenset[Path]().union(*(file.unread for file in files))
        self.waivers = tuple(waived for file in files for waived in file.waivers)
        self.folder_problems = tuple(problems)
        self._sources = {file.source.name: file.source for file in files}
        self._parts: dict[str, Part] = {}
        found = list(problems)
        for file in files:
            found += file.problems
            for name, part in file.parts.items():
                if name in self._parts:
                    found.append(_key_in_two_files(name, self._parts[name], part))
                else:
                    self._parts[name] = part
                    self.values[name] = part.value
        if all(file.is_empty for file in files):
            found.append(Problem(self._first_line(), say("there is no agreement in here yet"), kind="not-a-mapping"))
        self.problems = tuple(found)

    def place(self, path: Path, on: Literal["key", "value"] = "value") -> Place:
        """Where the key or the value of a path stands.

        A value that goes over indented lines is marked at its key, or at its first word where it is an entry of a
        list. A path that does not exist gives its nearest surviving parent's key, and `()` the first line.
        """
        found = self._find(path)
        if found is None:
            return self._first_line()
        source, key, node, whole = found
        marked = node.span if key is None else key.span if on == "key" or not whole or _is_indented(node) else node.span
        return source.place(marked)

    def place_at(self, at: At) -> Place:
        """As `place`, for a spot of the model. Words that are not found in their value give all of it."""
        return (self._place_of_words(at) if at.words else None) or self.place(at.path, at.on)

    def _place_of_words(self, at: At) -> Place | None:
        found = self._find(at.path)
        if found is None or not found[3]:
            return None
        source, _, node, _ = found
        standing = source.standing(node.span)
        inside = span_of_words(source.text(standing), at.words, at.nth)
        return None if inside is None else source.place_of(moved(inside, standing))

    def has(self, path: Path) -> bool:
        """Whether a path has a value."""
        if not path:
            return True
        found = self._find(path)
        return found is not None and found[3]

    def written(self, path: Path) -> str:
        """The source text of a value as it stands, quotes included; empty where there is none."""
        found = self._find(path)
        return found[0].written(found[2].span) if found is not None and found[3] else ""

    def in_braces(self, path: Path) -> bool:
        """Whether a path has a mapping or a list that is written within braces or brackets."""
        found = self._find(path)
        node = found[2] if found is not None and found[3] else None
        return (isinstance(node, Mapping) and node.in_braces) or (isinstance(node, Sequence) and node.in_brackets)

    def last_line(self, path: Path) -> int:
        """The line on which the value of a path ends, counted from 1; the first where there is no such path."""
        found = self._find(path)
        if found is None or not found[3]:
            return 1
        node: Node = found[2]
        while _is_indented(node) and isinstance(node, Mapping | Sequence) and node.children:
            node = node.children[-1]
        span = found[0].standing(node.span)
        # a text over several lines may end where the next line begins
        last = span.end_line + (span.end_column > 0)
        while last > span.line + 1 and not found[0].line(last).strip():
            last -= 1
        return last

    def file_of(self, path: Path) -> str:
        """The file that holds a path; the first file for what does not exist."""
        part = self._parts.get(str(path[0])) if path else None
        return part.source.name if part else self.files[0]

    def line(self, file: str, number: int) -> str:
        """A line of a file, counted from 1; empty past the end."""
        return self._sources[file].line(number)

    def text(self, file: str) -> str:
        """All of a file's text, with its line ends, without the mark of UTF-8 that it may begin with."""
        return self._sources[file].whole

    def lines(self, file: str) -> tuple[str, ...]:
        """All lines of a file."""
        return tuple(self._sources[file].lines)

    def _first_line(self) -> Place:
        source = self._sources[self.files[0]]
        return source.place(Span(0, 0, 0, len(source.line(1).rstrip())))

    def _find(self, path: Path) -> tuple[Source, Scalar | None, Node, bool] | None:
        """File, key (None for an entry of a list) and value of a path or of its nearest parent that exists; whether it
        is the path itself.
        """
        part = self._parts.get(path[0]) if path and isinstance(path[0], str) else None
        if part is None:
            return None
        key: Scalar | None = part.key
        node = part.node
        for step in path[1:]:
            if isinstance(node, Mapping) and isinstance(step, str):
                pair = node.child(step)
                if pair is None:
                    return part.source, key, node, False
                key, node = pair
            elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.children):
                key, node = None, node.children[step]
            else:
                return part.source, key, node, False
        return part.source, key, node, True


def _is_indented(node: Node) -> bool:
    return (isinstance(node, Mapping) and not node.in_braces) or (isinstance(node, Sequence) and not node.in_brackets)


def _key_in_two_files(name: str, first: Part, second: Part) -> Problem:
    message = say(
        "`{key}` stands in {first} and in {second}, and only the first counts: keep one of them",
        key=Written(name),
        first=Written(first.source.name),
        second=Written(second.source.name),
    )
    because = Because(first.source.place(first.key.span), say("the first `{key}`", key=Written(name)))
    return Problem(second.source.place(second.key.span), message, because=(because,), kind="key-in-two-files")
