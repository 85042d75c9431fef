"""What a definition was made from, and when it is looked at again: in one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from checker.agreement.fields import Grounds
from checker.logic.dates import later
from checker.message import Named
from checker.report.names import team
from checker.site.basis import Basis


def grounds_in_words(basis: Basis, grounds: Grounds | None) -> Markup:
    """A sentence; empty where nothing is written."""
    return Markup(" · ").join(_parts(basis, grounds)) if grounds is not None else Markup("")


def _parts(basis: Basis, grounds: Grounds) -> Iterator[Markup]:
    voice = basis.voice
    made = []
    if grounds.customers is not None:
        made.append(voice.ngettext("{count} customer", "{count} customers", count=grounds.customers))
    if grounds.last_won is not None:
        made.append(voice.ngettext("the last deal won", "the last {count} deals won", count=grounds.last_won))
    if grounds.interviews is not None:
        made.append(voice.ngettext("{count} interview", "{count} interviews", count=grounds.interviews))
    if made:
        yield voice.gettext("made from {parts}", parts=Named(tuple(made), "and"))
    if grounds.with_:
        yield voice.gettext("by {teams}", teams=Named(tuple(voice.say(team(name)) for name in grounds.with_), "and"))
    if grounds.last_review is not None:
        yield voice.gettext("last reviewed on {day}", day=grounds.last_review)
        if grounds.review_every is not None:
            yield voice.gettext("to be reviewed again by {day}", day=later(grounds.last_review, grounds.review_every))
    elif grounds.review_every is not None:
        yield voice.gettext("to be reviewed every {time}", time=grounds.review_every)
