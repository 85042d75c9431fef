"""`sla handoff`: what goes along with a lead, whether it is all there, and which seller gets it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli.main import FINDINGS, NOTHING_JUDGED
from checker.cli.options import Decorated, Output, as_of, formats, language, outputs_with
from checker.cli.output import deliver, has_colour
from checker.cli.speech import speak, speak_as

if TYPE_CHECKING:
    from checker.agreement import Agreement
    from checker.text import Document


def of_agreement(command: Decorated) -> Decorated:
    """`--agreement`: the agreement's file or folder."""
    return click.option(
        "--agreement",
        "path",
        type=click.Path(path_type=Path),
        default=Path("sla"),
        show_default=True,
        help="The agreement, a file or a folder.",
    )(command)


def payload_files(command: Decorated) -> Decorated:
    """FILE…: payloads."""
    return click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")(command)


@click.group("handoff", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """What goes along with a lead that is handed over, and who gets it."""


@command.command("schema")
@of_agreement
@click.option("--output", type=click.Path(path_type=Path), help="File to write. Default: print it.")
def schema(path: Path, output: Path | None) -> int:
    """Print the payload as a JSON Schema, for the program that sends leads.

    It holds what the handoff lists and what the criteria, the ranking, the routing and the deadlines ask for.
    """
    from checker.agreement.payload_schema import payload_schema
    from checker.cli.words import spoken
    from checker.review.payloads import handoff_of, nothing_goes_along

    agreement, _ = _read(path, None)
    handoff_of(agreement)
    found = payload_schema(agreement)
    if not agreement.payload:
        # still a schema, which every lead fits: it says why
        told = spoken(nothing_goes_along())
        click.echo(f"sla: {told}", err=True)
        found = {"$schema": found.pop("$schema"), "$comment": told, **found}
    deliver(json.dumps(found, indent=2, ensure_ascii=False) + "\n", output)
    return 0


@command.command("validate")
@payload_files
@of_agreement
@formats("text", "json")
@language
def validate(
    files: tuple[Path, ...], path: Path, outputs: tuple[Output, ...], output: Path | None, language: str | None
) -> int:
    """Check that the leads in FILE... carry everything that sales needs.

    A FILE holds one lead as JSON, a list of leads, or a lead a line (JSON Lines).
    """
    from checker.review.payloads import check_payloads

    wanted = outputs_with(outputs, output)
    agreement, _ = _read(path, language)
    found = check_payloads(agreement, files)
    spoken = speak(language or agreement.language)
    for target in wanted:
        if target.format == "json":
            from checker.report.payloads_json import payloads_json

            deliver(payloads_json(found, spoken), target.file)
        else:
            from checker.report.payloads_text import payloads_text

            deliver(payloads_text(found, spoken, has_colour=has_colour(target.file)), target.file)
    return FINDINGS if found.problems else 0


@command.command("route")
@payload_files
@of_agreement
@as_of("Day of the handoff: who works here then, and what counts as days ago.")
@formats("text", "json")
@language
def route(
    files: tuple[Path, ...],
    path: Path,
    as_of: date | None,
    outputs: tuple[Output, ...],
    output: Path | None,
    language: str | None,
) -> int:
    """Say which seller gets each lead in FILE..., and by which line of the agreement.

    A FILE holds one lead as JSON, a list of leads, or a lead a line (JSON Lines).
    """
    from checker.review.payloads import route_payloads

    wanted = outputs_with(outputs, output)
    agreement, document = _read(path, language)
    routed, problems = route_payloads(agreement, document, files, as_of)
    spoken = speak(language or agreement.language)
    for target in wanted:
        if target.format == "json":
            from checker.report.payloads_json import routes_json

            deliver(routes_json(routed, problems, spoken), target.file)
        else:
            from checker.report.payloads_text import routes_text

            deliver(routes_text(routed, problems, spoken, has_colour=has_colour(target.file)), target.file)
    if not routed:
        return NOTHING_JUDGED
    return FINDINGS if problems or any(not item.sellers for item in routed) else 0


def _read(path: Path, language: str | None) -> tuple[Agreement, Document]:
    """The agreement as far as it can be read; what has errors is said, and left out."""
    from checker.agreement import build
    from checker.cli.words import say_what_is_left_out
    from checker.text import read

    document = read(path)
    speak_as(document, language)
    agreement = build(document.values, document.problems, document.unread)
    say_what_is_left_out(agreement)
    return agreement, document
