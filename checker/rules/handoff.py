"""How a lead passes from marketing to sales: at which stage, by which way, with which data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.agreement import Agreement
from checker.finding import At, Because, Edit, Problem, Severity
from checker.message import Message, Written, all_of, say
from checker.rules.rule import rule

MARKETING, SALES = "marketing", "sales"


@rule(
    "SLA401",
    "A handoff at a stage where nobody hands anything over",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        stages:
          lead: {team: marketing}
          mql: {team: marketing}       # because
          sql: {team: sales}
          customer: {team: sales, is: won}
        handoff:
          stage: lead                  # SLA401
          channel: The queue
        """,
    good="""
        stages:
          lead: {team: marketing}
          mql: {team: marketing}
          sql: {team: sales}
          customer: {team: sales, is: won}
        handoff:
          stage: mql
          channel: The queue
        """,
)
def handoff_at_the_wrong_stage(agreement: Agreement) -> Iterator[Problem]:
    """
    The handoff is the moment at which a lead stops being marketing's and becomes sales'. So the stage at which it
    happens is one that marketing brings leads to, and the next one is brought about by another team.

    At a stage that `is: anonymous` there is no name to hand over yet; at one that `is: won` the deal is done. Where the
    same team brings leads to this stage and to the next one, the owner does not change: either both teams work on the
    same lead, or nobody does.
    """
    handoff = agreement.sections.handoff
    wrong = _what_is_wrong(agreement)
    if handoff is None or wrong is None:
        return
    message, because = wrong
    fixes = _where_the_owner_changes(agreement, handoff.stage)
    note = say("hand over at {stage}: the next stage is another team's", stage=Written(fixes[0].new)) if fixes else None
    yield Problem(At(("handoff", "stage")), message, because=(because,), note=note, fixes=fixes)


def stage_of_the_handoff(agreement: Agreement) -> str | None:
    """The stage that is handed over; None where it is not known, or cannot be the one."""
    handoff = agreement.sections.handoff
    if handoff is None or handoff.stage not in agreement.stages or _what_is_wrong(agreement) is not None:
        return None
    return handoff.stage


def _what_is_wrong(agreement: Agreement) -> tuple[Message, Because] | None:
    """Why nothing can be handed over at the stage of the handoff, and the line that shows it."""
    handoff = agreement.sections.handoff
    if handoff is None or handoff.stage not in agreement.stages:
        return None
    stage, name = agreement.stages[handoff.stage], Written(handoff.stage)
    is_said = Because(At(("stages", handoff.stage, "is")))
    if stage.is_ == "anonymous":
        return say("nothing can be handed over at {stage}: nobody has a name there yet", stage=name), is_said
    if stage.is_ == "won":
        return say("nothing is left to hand over at {stage}: the deal is won", stage=name), is_said
    if stage.team == SALES:
        message = say("leads cannot be handed to sales at {stage}: sales itself brings them there", stage=name)
        return message, _brings(agreement, handoff.stage)
    following = agreement.stage_after(handoff.stage)
    if following is None or agreement.stages[following].team != stage.team:
        return None
    message = say(
        "at {stage} a lead does not change hands: {team} brings it to {next_stage} too",
        stage=name,
        team=stage.team,
        next_stage=Written(following),
    )
    return message, _brings(agreement, following)


def _brings(agreement: Agreement, stage: str) -> Because:
    team = agreement.stages[stage].team
    return Because(
        At(("stages", stage, "team")), say("{team} brings leads to {stage}", team=team, stage=Written(stage))
    )


def _where_the_owner_changes(agreement: Agreement, written: str) -> tuple[Edit, ...]:
    """The one stage of marketing after which a lead is another team's, where there is one."""
    found = []
    for first, second, _ in agreement.conversions():
        here, following = agreement.stages[first], agreement.stages[second]
        if here.team == MARKETING and following.team != MARKETING and here.is_ is None:
            found.append(first)
    return (Edit(At(("handoff", "stage")), written, found[0]),) if len(found) == 1 and found[0] != written else ()


_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”|„[^”]*”|«[^»]*»|\([^)]*\)")
_JOINED = re.compile(
    r"[,;+/&|]|(?<![\w-])(?:and|or|plus|e|ou|mais|y|o|u|más|oppure|più|i|lub|oraz|albo)(?![\w-])", re.I
)
_WAYS = {
    "e-mail": r"e-?mails?|correos?|inbox|mailbox|outlook|gmail|poczt\w+",
    "queue": r"queues?|filas?|colas?|cod[ae]|kolejk\w+|crm|hubspot|salesforce|pipedrive",
    "spreadsheet": r"spreadsheets?|excel|google sheets?|planilhas?|hojas? de cálculo|fogli\w* di calcolo|arkusz\w*",
    "chat": r"slack|teams|chat|whatsapp|telegram|discord",
    "phone": r"phone|telephone|telefone|teléfono|telefono|telefon\w*|calls?|sms",
    "paper": r"paper|papel|carta|papier\w*|notebook",
    "meeting": r"meetings?|reunião|reuniões|reunión|reuniones|riunion\w+|spotkani\w+",
}
_WAY = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I) for name, words in _WAYS.items()}


@rule(
    "SLA403",
    "Leads reach sales by more than one way",
    severity=Severity.ERROR,
    since="0.1",
    bad="""
        handoff:
          stage: mql
          channel: CRM queue and e-mail     # SLA403
        """,
    good="""
        handoff:
          stage: mql
          channel: CRM queue "New hot leads"
          seller_told_by: E-mail
        """,
)
def several_reception_channels(agreement: Agreement) -> Iterator[Problem]:
    """
    Sales receives leads in one place, always the same. With two, each seller looks into one of them: leads lie unseen
    in the other, some are called twice, and nobody can say how many were handed over.

    Keep the one in which each lead is recorded. What only tells the seller about it stands under `seller_told_by`,
    what is done when it fails under `if_it_fails`. Names in quotes or brackets are not looked at.
    """
    handoff = agreement.sections.handoff
    if handoff is None:
        return
    ways = _ways(agreement.text(handoff.channel))
    if len(ways) > 1:
        yield Problem(
            At(("handoff", "channel")),
            say("sales receives leads in {count} ways: {ways}", count=len(ways), ways=all_of(ways)),
            note=say("name one; what only tells the seller stands under {key}", key=Written("seller_told_by:")),
        )


def _ways(prose: str) -> list[str]:
    """The parts of a text that each name another way by which a lead may come; empty where it names one."""
    found: dict[str, str] = {}
    for part in _JOINED.split(_QUOTED.sub("", prose)):
        named = [name for name, words in _WAY.items() if words.search(part)]
        if named and not any(name in found for name in named):
            found[named[0]] = part.strip(" .")
    return list(found.values())


@rule(
    "SLA404",
    "Nothing is agreed for the day on which the handoff fails",
    severity=Severity.WARNING,
    since="0.1",
    bad="""
        handoff:
          stage: mql
          channel: The queue
          how: integration                 # SLA404
        """,
    good="""
        handoff:
          stage: mql
          channel: The queue
          how: integration
          if_it_fails: {then: Daily export to the same queue, until: "09:00"}
        """,
)
def no_way_round(agreement: Agreement) -> Iterator[Problem]:
    """
    One day the integration is down, the mail is blocked or nobody starts the export. Leads then wait where no seller
    sees them, every clock of sales runs or none does, and the two teams argue about it afterwards. Say now what is
    done on that day and by when, and bring those leads to the same place as all the others.
    """
    handoff = agreement.sections.handoff
    if handoff is not None and handoff.how is not None and handoff.if_it_fails is None:
        yield Problem(
            At(("handoff", "how")),
            say("nobody has agreed what is done when this fails"),
            note=say(
                "add a line such as {example}",
                example=Written('if_it_fails: {then: Daily export to the same queue, until: "09:00"}'),
            ),
        )
