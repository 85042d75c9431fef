"""Changes as a JUnit report: each is a test that passes and tells what changes for whom.

A suite is a file of the agreement. The last suite is about the version: it fails where one was required that is not far
enough on.
"""

from __future__ import annotations

from collections.abc import Iterable

from checker.change import Changes
from checker.language import Words
from checker.message import Message, say
from checker.report.change_remarks import change_remarks, ending
from checker.report.junit import Test, junit, of_remark
from checker.report.remark import Remark
from checker.report.repository import Repository

_VERSION = "sla.version"


def changes_junit(changes: Changes, words: Words, repository: Repository, refusal: Message | None = None) -> str:
    """The report as XML. `refusal` says why a version that was required does not suffice."""
    files: dict[str, list[Remark]] = {}
    for remark in change_remarks(changes, words, repository):
        files.setdefault(repository.file(remark.place.file), []).append(remark)
    suites: list[tuple[str, Iterable[Test]]] = [
        (file, [of_remark(remark, words, repository) for remark in members]) for file, members in files.items()
    ]
    told = "\n".join(words.say(message) for message in ending(changes))
    failure = None if refusal is None else (words.say(refusal), "version")
    name = words.say(say("the version of the next release"))
    suites.append((_VERSION, [Test(_VERSION, name, told, failure=failure)]))
    return junit("sla diff", suites)
