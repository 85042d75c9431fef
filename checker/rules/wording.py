"""How an agreement says things: words that leave open what was agreed, and texts that a reader cannot read."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.finding import At, Problem, Severity
from checker.message import Message, Written, all_of, say
from checker.rules.dictionary import agreed_texts
from checker.rules.phrases import Phrases, marked
from checker.rules.rule import rule
from checker.rules.vague_words import VAGUE, Lacks

EXPLAINED = (
    "why",
    "name",
    "agreement",
    "unlike",
    "problem",
    "needs",
    "buys_how",
    "compares_on",
    "objections",
    "format",
)
"""Keys whose texts decide nothing: reasons, names, and what buyers are like and say."""

MISSING: dict[Lacks, Message] = {
    Lacks.TIME: say("say by when: `within 2 business days`, `every Monday`"),
    Lacks.QUALITY: say("say what makes it so, in a way that both teams can check"),
    Lacks.CASE: say("say in which case, and who decides"),
    Lacks.AMOUNT: say("say how much, or name all of it"),
    Lacks.DECISION: say("decide it, or leave the line out until you do"),
}


@rule(
    "SLA810",
    "A word that promises nothing",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        sales_promises:
          first-response:
            promise: Call each new lead as soon as possible    # SLA810
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        """,
    good="""
        sales_promises:
          first-response:
            promise: Call each new lead on the same day
            starts: handed_off
            stops: first_personal_contact
            within: 4 hours
            target: 90%
        """,
)
def vague_word(agreement: Agreement) -> Iterator[Problem]:
    """
    "Soon", "relevant", "as needed": each team hears what it hopes for, and both are right. A number, a day or a
    condition can be kept or missed; such a word cannot.

    The rule looks for a closed list of words, one list for each language, in what the teams decide: promises, meanings,
    steps, what happens when. Reasons, names, and what buyers say are left alone; what a value proposition says has a
    rule of its own.
    """
    phrases: dict[str, Phrases[Lacks]] = {}
    for said in agreed_texts(agreement):
        if said.key in EXPLAINED or (said.section, said.key) == ("value_propositions", "say"):
            continue
        if said.language not in phrases:
            kinds = VAGUE.get(said.language, {})
            phrases[said.language] = Phrases((words, lacks) for lacks, listed in kinds.items() for words in listed)
        for spot in phrases[said.language].spotted(said.text):
            yield Problem(
                marked(said, spot.start, spot.words),
                say("nobody can tell whether `{words}` was kept", words=Written(spot.words)),
                note=MISSING[spot.about],
            )


@rule(
    "SLA811",
    "A text that is not there in all languages",
    severity=Severity.INFO,
    since="0.1",
    on_request=True,
    bad="""
        language: en
        dictionary:
          handoff:
            means: {en: A lead appears in the queue, pt-BR: Um lead aparece na fila}
          nurture:
            means: {en: Keep teaching until the buyer is ready}      # SLA811
        checks:
          severity:
            SLA811: info
        """,
    good="""
        language: en
        dictionary:
          handoff:
            means: {en: A lead appears in the queue, pt-BR: Um lead aparece na fila}
          nurture:
            means: {en: Keep teaching until the buyer is ready, pt-BR: Ensinar até que o comprador esteja pronto}
        checks:
          severity:
            SLA811: info
        """,
)
def missing_translation(agreement: Agreement) -> Iterator[Problem]:
    """
    Where an agreement is written for readers of several languages, a text that lacks one of them is shown in another,
    and the reader wonders whether it was forgotten. This rule looks at the texts that are written by language, and at
    the dictionary; it runs only where `checks` gives it a severity.
    """
    translated: dict[tuple[str | int, ...], set[str]] = {}
    plain = []
    for said in agreement.texts:
        if said.is_by_language:
            translated.setdefault(said.path[:-1], set()).add(said.language)
        elif said.section == "dictionary":
            plain.append(said.path)
    languages = set[str]().union(*translated.values())
    if not languages:
        return
    languages.add(agreement.language)
    for path in plain:
        translated[path] = {agreement.language}
    for path, there in translated.items():
        missing = sorted(languages - there)
        if missing:
            yield Problem(
                At(path, "key"),
                say("this text is missing in {languages}", languages=all_of(missing)),
                note=say("add {line}", line=Written(f"{missing[0]}: …")),
            )
