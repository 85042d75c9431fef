"""`make new-rule GROUP=unused_names NAME="A channel without a budget"`: scaffolds a rule.

Adds a rule with the next free code of its subject to the end of `checker/rules/GROUP.py`. A group that is new needs
its subject, the first digit of its codes (`SUBJECT=4` for the handoff), and is put on the catalogue's list.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

from checker.report import rule_page
from checker.rules.catalogue import MODULES, every_rule

ROOM = Path(__file__).parent.parent / "checker" / "rules"
CATALOGUE = ROOM / "catalogue.py"
SUBJECTS = {digit: subject.text for digit, subject in rule_page.SUBJECTS.items() if digit != "9"}
IMPORTS = (
    "from collections.abc import Iterator",
    "from checker.agreement import Agreement",
    "from checker.finding import Problem, Severity",
    "from checker.rules.rule import rule",
)
SCAFFOLD = '''

@rule(
    "{code}",
    "{name}",
    severity=Severity.WARNING,
    since="{since}",
    bad="""
        stages:
          lead: {{team: marketing}}                  # {code}
        """,
    good="""
        stages:
          lead: {{team: marketing}}
        """,
)
def {function}(agreement: Agreement) -> Iterator[Problem]:
    """
    What goes wrong between the two teams where an agreement is like this.

    What the rule looks at, and what it lets pass.
    """
    yield from ()
'''
NEXT = """\
{code} is in {file}.

1. the examples: mark what is wrong with "# {code}", the other lines of the conflict with "# because"
2. the function: yield Problem(At(("stages", name)), say("... {{name}} ...", name=Written(name)))
3. try it: make test TESTS="tests/rules/test_every_rule.py -k {code}"
4. the docstring: it is the rule's page, `sla explain {code}`
5. make test TESTS=tests/rules, and make translations
"""


def main() -> None:
    """Scaffolds one rule, or ends with what is missing."""
    parser = argparse.ArgumentParser(prog="make new-rule", description="Scaffolds a rule.")
    parser.add_argument("--group", required=True, help="a file of checker/rules, without .py")
    parser.add_argument("--name", required=True, help="what the finding is, in a few words")
    parser.add_argument("--subject", choices=SUBJECTS, help="the first digit of the codes of a new group")
    wanted = parser.parse_args()
    if not re.fullmatch("[a-z][a-z_]*", wanted.group):
        parser.error(f"GROUP is a file name like unused_names, not {wanted.group!r}")
    if not re.fullmatch(r"[A-Za-z][\w' -]*", wanted.name):
        parser.error(f"NAME is a few plain words, not {wanted.name!r}")
    subject = subject_of(wanted.group) or wanted.subject
    if subject is None:
        subjects = ", ".join(f"{digit} {words}" for digit, words in SUBJECTS.items())
        parser.error(f"{wanted.group} is new: say its SUBJECT too ({subjects}). Groups: {', '.join(MODULES)}")
    code = next_code(subject)
    file = add_rule(wanted.group, code, wanted.name)
    print(NEXT.format(code=code, file=file.relative_to(ROOM.parent.parent)))


def subject_of(group: str) -> str | None:
    """The first digit of the codes in a group; None where the group has no rules yet."""
    module = f"checker.rules.{group}"
    return next((rule.code[3] for rule in every_rule() if rule.check.__module__ == module), None)


def next_code(subject: str) -> str:
    """The code after the last one of a subject; `SLA401` where it has none."""
    taken = [int(rule.code[3:]) for rule in every_rule() if rule.code[3] == subject]
    return f"SLA{max(taken, default=int(subject) * 100) + 1:03d}"


def add_rule(group: str, code: str, name: str) -> Path:
    """Writes the scaffold into the group's file, which is made and put on the catalogue's list where it is new."""
    file = ROOM / f"{group}.py"
    if not file.exists():
        file.write_text(f'"""{name}."""\n\nfrom __future__ import annotations\n', encoding="utf-8")
        before, end, after = CATALOGUE.read_text(encoding="utf-8").partition('\n)\n"""Every file')
        CATALOGUE.write_text(f'{before}\n    "{group}",{end}{after}', encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    head, mark, body = text.partition("from __future__ import annotations\n")
    scaffold = SCAFFOLD.format(code=code, name=name, since=version(), function=function_name(name))
    imports = "\n".join(IMPORTS)
    file.write_text(f"{head}{mark}\n{imports}\n{body.rstrip()}\n{scaffold}", encoding="utf-8")
    ruff = Path(sys.executable).parent / "ruff"
    subprocess.run([ruff, "check", "--quiet", "--fix-only", "--select", "F811,I", file], check=True)
    subprocess.run([ruff, "format", "--quiet", file], check=True)
    return file


def version() -> str:
    """The release that is being worked on, without its last number."""
    from checker import __version__

    return ".".join(__version__.split(".")[:2])


def function_name(name: str) -> str:
    """`A channel without a budget` -> `channel_without_budget`."""
    words = [word for word in re.findall("[a-z]+", name.lower()) if word not in ("a", "an", "the")]
    return "_".join(words)


if __name__ == "__main__":
    main()
