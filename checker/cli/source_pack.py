"""`sla source pack`: the data that decides the promises, without anything of a person, for CI to hold."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.options import agreement_path, data, language
from checker.cli.speech import speak, speak_as

SALT = "SLA_SALT"


@click.command("pack", short_help="Pack the data without anything personal, for CI to hold")
@agreement_path
@data
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the packed files."
)
@click.option(
    "--salt",
    envvar=SALT,
    show_envvar=True,
    help="A secret of at least 16 signs that ids are mixed with; it is stored nowhere. The same salt gives the same "
    "ids. Safer in the environment than on the command line.",
)
@language
def command(
    path: Path, sources: tuple[tuple[str, Path], ...], output: Path, salt: str | None, language: str | None
) -> int:
    """Pack the data of the agreement in PATH (a file or a folder, sla/ by default) into Parquet files.

    They hold what decides the promises: dates, numbers, words of the agreement, ids mixed with a salt, owners as ids of
    the agreement. Names, addresses, telephone numbers and free texts are left out. `sla check --data FOLDER` then gives
    the same verdicts, which is tried before anything is written.
    """
    from checker.agreement import build
    from checker.cli.words import say_what_is_left_out
    from checker.errors import WrongUsage
    from checker.message import Written, all_of, say, say_counted
    from checker.review.installed import need_engine
    from checker.text import read
    from checker.text.placing import told_with_its_line

    if not salt:
        raise WrongUsage(
            say(
                "packing needs a salt, so that nobody finds a lead by its id: put a secret into {variable}",
                variable=Written(SALT),
            )
        )
    need_engine()
    from checker.review.pack import pack

    document = read(path)
    speak_as(document, language)
    agreement = build(document.values, document.problems)
    say_what_is_left_out(agreement)
    folder = Path(document.file_of(("source",))).parent
    with told_with_its_line(document):
        packed = pack(agreement, document, folder, dict(sources), salt, output)
    spoken = speak(language or agreement.language)
    lines = [
        say_counted(
            "{count} lead packed into {files}; all verdicts are the same.",
            "{count} leads packed into {files}; all verdicts are the same.",
            count=packed.leads,
            files=all_of([str(file) for file in packed.files]),
        )
    ]
    if packed.left_out:
        lines.append(
            say_counted(
                "{count} row that cannot be used was left out.",
                "{count} rows that cannot be used were left out.",
                count=packed.left_out,
            )
        )
    lines.append(say("To judge them: {command}", command=Written(f"sla check {path} --data {output}")))
    for line in lines:
        click.echo(spoken.say(line))
    return 0
