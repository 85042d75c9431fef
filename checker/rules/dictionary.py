"""The words of an agreement: one word for one thing, and none that only half of the readers know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.sections import BESIDE
from checker.agreement.texts import Said
from checker.finding import At, Because, Problem, Severity
from checker.message import Written, say
from checker.rules.known_abbreviations import KNOWN, LOUD
from checker.rules.phrases import Phrases, folded, is_abbreviation, marked, replacement, spoken
from checker.rules.rule import rule
from checker.rules.vague_words import VAGUE

NOT_AGREED = (*BESIDE, "people")
"""Sections whose words are nobody's to choose: names of people, and what was only written down."""


def agreed_texts(agreement: Agreement) -> Iterator[Said]:
    """The texts whose words both teams chose."""
    return (said for said in agreement.texts if said.section not in NOT_AGREED)


@rule(
    "SLA806",
    "A word that both teams avoid",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        words_to_avoid:
          suspect: lead                            # because
        stages:
          lead:
            team: marketing
            means: A suspect who left an e-mail    # SLA806
          customer: {team: sales, is: won}
        """,
    good="""
        words_to_avoid:
          suspect: lead
        stages:
          lead:
            team: marketing
            means: A lead who left an e-mail
          customer: {team: sales, is: won}
        """,
)
def avoided_word(agreement: Agreement) -> Iterator[Problem]:
    """
    Some words are known to one team only, or mean something else to each. Under `words_to_avoid` both teams agreed what
    to say instead; here one of these words is used all the same.

    The rule reads every text that people wrote, in the agreement's language; of abbreviations, texts in all languages.
    What stands in quotation marks is a name, and is left alone.
    """
    own = own_words(agreement)
    avoided = {
        word: instead
        for word, instead in (agreement.sections.words_to_avoid or {}).items()
        # a word that is also one of the agreement's own has a finding there
        if folded(word) not in own
    }
    everywhere = Phrases(((word, word) for word in avoided if is_abbreviation(word)), with_plurals=True)
    in_own_language = Phrases(((word, word) for word in avoided), with_plurals=True)
    for said in agreed_texts(agreement) if avoided else ():
        for spot in (in_own_language if said.language == agreement.language else everywhere).spotted(said.text):
            instead = avoided[spot.about]
            yield Problem(
                marked(said, spot.start, spot.words),
                say("both teams agreed to avoid the word `{word}`", word=Written(spot.about)),
                note=say("say `{word}`", word=Written(instead)),
                because=(Because(At(("words_to_avoid", spot.about), "key"), say("agreed here")),),
                fixes=replacement(said, spot, instead),
            )


_CAPITALS = re.compile(r"(?<![\w&@/.-])(?P<word>[^\W\d_]{2,6})(?![\w&@/])(?!-\d)")
_IN_BRACKETS = re.compile(r"\w[^()]* \((?P<word>[^\W\d_]{2,5})\)")


@rule(
    "SLA807",
    "An abbreviation that nobody explains",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        stages:
          lead: {team: marketing}
          mql:
            name: Marketing qualified lead (MQL)
            team: marketing
            means: An MQL that the SDR called      # SLA807
          customer: {team: sales, is: won}
        """,
    good="""
        stages:
          lead: {team: marketing}
          mql:
            name: Marketing qualified lead (MQL)
            team: marketing
            means: An MQL that the SDR called
          customer: {team: sales, is: won}
        dictionary:
          SDR:
            means: The person who calls a lead first
        """,
)
def unexplained_abbreviation(agreement: Agreement) -> Iterator[Problem]:
    """
    Each trade has abbreviations that the other one guesses at. What two to five capital letters stand for is said in
    the `dictionary`, in brackets behind the words (`Marketing qualified lead (MQL)`), or by a stage of that name.

    Values of fields, names of the agreement (a tool `crm`), words to avoid, and what everybody knows (PDF, CEO, VAT)
    need no entry. Each abbreviation is reported once, where it stands first.
    """
    known: set[str] | None = None
    reported: set[str] = set()
    for said in agreed_texts(agreement):
        if said.text.isupper() and not is_abbreviation(said.text):
            continue
        for found in _CAPITALS.finditer(spoken(said.text)):
            word = found["word"]
            if word[:-1].isupper() and word.endswith("s"):
                word = word[:-1]
            if not is_abbreviation(word) or word in KNOWN or word in LOUD or word in reported:
                continue
            if known is None:
                known = _explained(agreement)
            if word not in known:
                reported.add(word)
                yield Problem(
                    marked(said, found.start(), word),
                    say("nothing in this agreement says what {word} stands for", word=Written(word)),
                    note=say(
                        "explain it under {dictionary}, or write it out",
                        dictionary=Written("dictionary:"),
                    ),
                )


def _explained(agreement: Agreement) -> set[str]:
    """Every abbreviation that needs no explanation, in capitals."""
    sections = agreement.sections
    known = {word.upper() for word in _names(agreement)}
    for term, entry in (sections.dictionary or {}).items():
        known |= {word.upper() for text in (term, *(entry.also_called or ())) for word in folded(text)}
    known |= {word.upper() for text in sections.words_to_avoid or {} for word in folded(text)}
    known |= {value.upper() for field in agreement.fields.values() for value in field.values or ()}
    known |= {found["word"] for said in agreement.texts for found in _IN_BRACKETS.finditer(said.text)}
    # the names of the company, of people and of products are nobody's abbreviations
    known |= {
        word.upper() for person in (sections.people or {}).values() for word in folded(agreement.text(person.name))
    }
    known |= {word.upper() for word in folded(agreement.title)}
    vague = (phrase for kinds in VAGUE.values() for phrases in kinds.values() for phrase in phrases)
    return known | {phrase.upper() for phrase in vague}


def _names(agreement: Agreement) -> Iterator[str]:
    """Every id of the agreement, and its parts: `crm`, `email_webinars`."""
    for section in agreement.written.values():
        if isinstance(section, dict):
            for name in section:
                yield from (str(name), *re.split("[_-]", str(name)))


@rule(
    "SLA808",
    "Two words for one thing",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        dictionary:
          returned lead:
            means: A lead that sales sends back with a reason
            also_called: [rejected lead]                       # because
        processes:
          nurture:
            team: marketing
            steps: [Write to each rejected lead]               # SLA808
        """,
    good="""
        dictionary:
          returned lead:
            means: A lead that sales sends back with a reason
            also_called: [rejected lead]
        processes:
          nurture:
            team: marketing
            steps: [Write to each returned lead]
        """,
)
def second_word(agreement: Agreement) -> Iterator[Problem]:
    """
    Where two words mean the same, somebody will ask what the difference is, and somebody will find one. The dictionary
    names the word that both teams use, and under `also_called` those that some are used to: an agreement itself says
    the first.
    """
    terms = agreement.sections.dictionary or {}
    taken = {folded(word) for word in agreement.sections.words_to_avoid or {}} | own_words(agreement).keys()
    other_words = Phrases(
        (
            (word, (term, index))
            for term, entry in terms.items()
            for index, word in enumerate(entry.also_called or ())
            if folded(word) not in taken
        ),
        with_plurals=True,
    )
    for said in agreed_texts(agreement) if other_words else ():
        if said.language != agreement.language:
            continue
        for spot in other_words.spotted(said.text):
            term, index = spot.about
            if said.path[:2] == ("dictionary", term):
                continue
            yield Problem(
                marked(said, spot.start, spot.words),
                say("`{word}` is another word for `{term}`", word=Written(spot.words), term=Written(term)),
                note=say("say `{word}`", word=Written(term)),
                because=(Because(At(("dictionary", term, "also_called", index)), say("the dictionary says so")),),
                fixes=replacement(said, spot, term),
            )


@rule(
    "SLA809",
    "A word with two meanings",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        stages:
          lead: {team: marketing}
          sql:
            name: Sales qualified lead (SQL)           # because
            team: sales
            means: Sales confirmed the need
          customer: {team: sales, is: won}
        dictionary:
          SQL:                                         # SLA809
            means: A lead that sales agreed to call
        """,
    good="""
        stages:
          lead: {team: marketing}
          sql:
            name: Sales qualified lead (SQL)
            team: sales
            means: Sales confirmed the need
          customer: {team: sales, is: won}
        dictionary:
          confirmed need:
            means: The buyer said what must change, and by when
        """,
)
def word_with_two_meanings(agreement: Agreement) -> Iterator[Problem]:
    """
    The dictionary exists so that a word means one thing. The stages are in it already, with what they mean and the
    conditions that make them: an entry of the same name says it a second time, and sooner or later differently. Nor can
    one word stand for two entries, or be one that both teams avoid.
    """
    sections = agreement.sections
    meant = own_words(agreement)
    for term, entry in (sections.dictionary or {}).items():
        at = At(("dictionary", term), "key")
        words = [(at, term)]
        words += [
            (At(("dictionary", term, "also_called", index)), word) for index, word in enumerate(entry.also_called or ())
        ]
        for here, word in words:
            other = meant.setdefault(folded(word), here)
            # two entries that differ by capitals alone are alike, which is another finding
            are_entries = here == at and other.path[0] == "dictionary"
            if other not in (here, at) and not are_entries:
                yield _two_meanings(here, word, other)
    for word in sections.words_to_avoid or {}:
        said = meant.get(folded(word))
        if said is not None and "also_called" not in said.path:
            yield Problem(
                At(("words_to_avoid", word), "key"),
                say("`{word}` is a word of this agreement, and a word to avoid", word=Written(word)),
                note=say("keep it in one of the two places"),
                because=(Because(said),),
            )


def own_words(agreement: Agreement) -> dict[tuple[str, ...], At]:
    """The words of the agreement, each with the spot that says what it means: stages by id, by name, by what stands in
    brackets in it, and entries of the dictionary.
    """
    meant: dict[tuple[str, ...], At] = {}
    for name, stage in agreement.stages.items():
        path = ("stages", name)
        meant.setdefault(folded(name), At(path, "key"))
        for text in stage.name.values() if isinstance(stage.name, dict) else [stage.name or ""]:
            full, _, short = text.removesuffix(")").partition(" (")
            for word in (text, full, short):
                if folded(word):
                    meant[folded(word)] = At((*path, "name"))
    for term in agreement.sections.dictionary or {}:
        meant.setdefault(folded(term), At(("dictionary", term), "key"))
    return meant


def _two_meanings(here: At, word: str, other: At) -> Problem:
    if other.path[0] == "stages":
        message = say(
            "the stage {stage} says what `{word}` means", stage=Written(str(other.path[1])), word=Written(word)
        )
        note = say("write it there under {means}, and delete it here", means=Written("means:"))
    else:
        message = say("`{word}` stands in the dictionary for two things", word=Written(word))
        note = say("keep it for one of them")
    return Problem(here, message, note=note, because=(Because(other),))
