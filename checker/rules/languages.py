"""Texts that are written in several languages: `name: {en: …, pt-BR: …}`."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.finding import At, Problem, Severity
from checker.message import Written, all_of, say
from checker.rules.rule import reported, rule


@rule(
    "SLA014",
    "A language that there are no words for",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        language: pt                                              # SLA014
        people:
          ana: {name: Ana, team: sales}
        dictionary:
          handoff:
            means: {en: A lead appears in the queue, de: Ein Lead steht in der Liste}    # SLA014
        """,
    good="""
        language: pt-BR
        people:
          ana: {name: Ana, team: sales}
        dictionary:
          handoff:
            means: {en: A lead appears in the queue, pt-BR: Um lead aparece na fila}
        """,
)
def no_such_language(agreement: Agreement) -> Iterator[Problem]:
    """
    Pages and messages speak English (`en`), Brazilian Portuguese (`pt-BR`), Spanish (`es`), Italian (`it`) and Polish
    (`pl`), and these are the codes by which an agreement names a language: the one that it is written in, and those of
    translations. Where another code is near one of them, that is offered.
    """
    return reported(agreement, "unknown-language")


@rule(
    "SLA015",
    "A translation without words",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        dictionary:
          handoff:
            means: {en: A lead appears in the queue, pt-BR: " "}          # SLA015
        """,
    good="""
        dictionary:
          handoff:
            means: {en: A lead appears in the queue, pt-BR: Um lead aparece na fila}
        """,
)
def empty_translation(agreement: Agreement) -> Iterator[Problem]:
    """
    A language is named and nothing is said in it, so that its readers would find an empty line. Where the line is left
    out, they read the agreement's own words instead.
    """
    return reported(agreement, "empty-translation")


@rule(
    "SLA016",
    "A text that lacks the agreement's own language",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        language: es
        dictionary:
          handoff:
            means: {en: A lead appears in the queue, pt-BR: Um lead aparece na fila}      # SLA016
        """,
    good="""
        language: es
        dictionary:
          handoff:
            means: {es: Un lead aparece en la cola, en: A lead appears in the queue}
        """,
)
def own_language_missing(agreement: Agreement) -> Iterator[Problem]:
    """
    What both sides signed is the text in the agreement's own `language` (English, where it names none); translations
    stand beside it for readers. A text that is written in other languages only has no signed words: the first one
    stands for them, wherever no translation fits the reader.
    """
    written: dict[tuple[str | int, ...], list[str]] = {}
    for said in agreement.texts:
        if said.is_by_language:
            written.setdefault(said.path[:-1], []).append(said.language)
    for path, languages in written.items():
        if agreement.language not in languages:
            yield Problem(
                At(path, "key"),
                say(
                    "this text is written in {languages}, and not in the agreement's own language, {own}",
                    languages=all_of(languages),
                    own=Written(agreement.language),
                ),
                note=say("add {line}", line=Written(f"{agreement.language}: …")),
            )
