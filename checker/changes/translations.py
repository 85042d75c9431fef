"""Changes of translations alone: what both sides signed is the text in the agreement's own language."""

from __future__ import annotations

from collections.abc import Iterator

from checker.agreement import Agreement
from checker.agreement.sections import BESIDE
from checker.change import Difference
from checker.changes.kind import change
from checker.changes.sides import NOBODY
from checker.changes.wording import PROSE, is_another_rank, is_there, owner
from checker.finding import Path
from checker.message import Argument, Written, say


@change(
    "translation-changed",
    "Nothing but a translation",
    alike="another translation is another translation, whichever way one looks",
    covers=("agreement",),
    old="channels: {ads: {team: marketing, name: Ads}}",
    new="channels: {ads: {team: marketing, name: {en: Ads, pt-BR: Anúncios}}}",
    is_editorial=True,
    of_translations=True,
)
def translated(old: Agreement, new: Agreement) -> Iterator[Difference]:
    """
    A text reads otherwise in a language that is not the agreement's own, or is there in one more or one less. Nobody
    owes anything else for that: what was agreed is what the agreement's own language says.
    """
    before, after = _translations(old), _translations(new)
    for path in dict.fromkeys([*before, *after]):
        was, now = before.get(path), after.get(path)
        text = path[:-1]
        if was == now or not (is_there(old, text) and is_there(new, text)) or is_another_rank(old, new, text):
            continue
        arguments: dict[str, Argument] = {
            "whose": owner(new if now else old, text),
            "thing": PROSE.get(str(text[-1]), say("the text")),
            "language": Written(str(path[-1])),
        }
        yield Difference(
            ".".join(map(str, text[:-1] or text)),
            say("{whose}: {thing} reads “{new}” in {language}", new=now, **arguments)
            if now
            else say("{whose}: {thing} is no longer said in {language}", **arguments),
            NOBODY,
            path if was else text if text in _places(old) else None,
            path if now else text if text in _places(new) else None,
        )


def _translations(agreement: Agreement) -> dict[Path, str]:
    """Every translation by its path, whose last step is its language."""
    return {
        said.path: said.text
        for said in agreement.texts
        if said.is_by_language and said.language != agreement.language and said.path[0] not in BESIDE
    }


def _places(agreement: Agreement) -> set[Path]:
    """Where texts stand, by language or not."""
    return {said.path[:-1] if said.is_by_language else said.path for said in agreement.texts}
