"""`sla source show`: the source section as it is read, with all that a known system stands for."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.options import agreement_path, data, language
from checker.cli.output import deliver
from checker.cli.speech import speak_as


@click.command("show", short_help="Print the source section, with all that a known system stands for")
@agreement_path
@data
@language
def command(path: Path, sources: tuple[tuple[str, Path], ...], language: str | None) -> int:
    """Print the source section of the agreement in PATH (a file or a folder, sla/ by default) as it is read.

    Where it names a known system (`system: hubspot`), all that this stands for is written out: what is printed may
    stand in its place.
    """
    from checker.agreement import build
    from checker.agreement.source import SystemSource
    from checker.cli.words import spoken
    from checker.message import Written, say
    from checker.review.installed import need_engine
    from checker.text import read
    from checker.text.placing import told_with_its_line
    from checker.text.writing import yaml_text

    need_engine()
    from checker.funnel import check_there_is_a_source
    from checker.funnel.presets import written_out

    document = read(path)
    speak_as(document, language)
    agreement = build(document.values, document.problems)
    folder = Path(document.file_of(("source",))).parent
    with told_with_its_line(document):
        check_there_is_a_source(agreement)
        expanded = written_out(agreement, folder, dict(sources))
    text = yaml_text({"source": expanded.written["source"]})
    if isinstance(source := agreement.sections.source, SystemSource):
        said = say("What {line} stands for here; it may stand in its place", line=Written(f"system: {source.system}"))
        text = f"# {spoken(said)}\n{text}"
    deliver(text, None)
    return 0
