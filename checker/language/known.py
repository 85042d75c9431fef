"""The languages that there are words for, and what somebody meant who asked for another."""

from __future__ import annotations

from checker.message import Message, Written, any_of, say

SOURCE_LANGUAGE = "en"
LANGUAGES = (SOURCE_LANGUAGE, "pt-BR", "es", "it", "pl")
"""The languages that messages and pages can be had in."""

_ALSO_CALLED = {
    "pt": "pt-BR",
    "portuguese": "pt-BR",
    "português": "pt-BR",
    "brazilian": "pt-BR",
    "english": "en",
    "spanish": "es",
    "español": "es",
    "castellano": "es",
    "italian": "it",
    "italiano": "it",
    "polish": "pl",
    "polski": "pl",
}


def language_named(asked: str) -> str | None:
    """The language that somebody asks for on a command line or in a setting: its code in any case, `_` for `-`, and
    `pt` for the only Portuguese there is. None for any other, also for one that is merely near.
    """
    code = asked.replace("_", "-").casefold()
    if code == "pt":
        return "pt-BR"
    return next((language for language in LANGUAGES if language.casefold() == code), None)


def meant_language(asked: str) -> str | None:
    """The language that is probably meant: of a name (`polski`), another country (`es-MX`) or a slip (`pt-RB`)."""
    code = asked.strip().replace("_", "-").casefold()
    by_name = {language.casefold(): language for language in LANGUAGES} | _ALSO_CALLED
    for name in (code, code.partition("-")[0]):
        if name in by_name:
            return by_name[name]
    # slow to import, and needed only where something is misspelt
    from difflib import get_close_matches

    close = get_close_matches(code, list(by_name), n=1, cutoff=0.6)
    return by_name[close[0]] if close else None


def unknown_language(asked: str) -> Message:
    """What to tell whoever asks for a language that there are no words for."""
    meant = meant_language(asked)
    if meant is None:
        return say(
            "there are no words in the language “{asked}”; write {languages}",
            asked=Written(asked),
            languages=any_of(LANGUAGES),
        )
    return say(
        "there are no words in the language “{asked}”; did you mean {language}?",
        asked=Written(asked),
        language=Written(meant),
    )
