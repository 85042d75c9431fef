"""The review of an agreement: runs the catalogue of rules and puts every answer on its line."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import date
from pathlib import Path

from checker.agreement import Agreement, build
from checker.agreement.history import History
from checker.finding import At, Finding, Findings, Place, Problem, Proofs, Severity, Skipped, WaiverUse
from checker.finding import Path as ModelPath
from checker.logic.proof import prover_of
from checker.message import Written, say
from checker.review.edited import edited_paths
from checker.review.places import placed, with_distinct_fingerprints
from checker.review.releases import history_of
from checker.review.waiving import waive
from checker.review.weighing import AS_OF, in_order, severity_of, wanted_severities, why_skipped
from checker.rules.catalogue import all_rules
from checker.rules.completeness import checklist
from checker.rules.needs import Needs
from checker.rules.plan_conflicts import plan_proofs
from checker.rules.rule import HISTORY, TODAY, Rule
from checker.rules.unproved import NOT_ASKED, unproved_criteria
from checker.text import Document, read


def validate_path(
    path: Path | str, today: date | None = None, *, with_notes: bool = False, require_proofs: bool = False
) -> Findings:
    """Reads an agreement from a file or folder and reviews it. Raises UnreadableInput."""
    history = history_of(Path(path))
    return validate(read(path), today, with_notes=with_notes, require_proofs=require_proofs, history=history)


def validate(
    document: Document,
    today: date | None = None,
    *,
    with_notes: bool = False,
    require_proofs: bool = False,
    catalogue: Sequence[Rule] | None = None,
    base: Document | None = None,
    history: History | None = None,
) -> Findings:
    """Reviews an agreement by all rules, those of installed packages too, or by those of `catalogue`.

    `today` is for rules that compare dates with the present day: without it they are skipped, and counted. `with_notes`
    also runs the rules that are off unless somebody asks for them; with `require_proofs` it is an error where a proof
    about criteria was not made. `base` is an older text of the agreement: what has
    another value there counts as just edited. `history` are the releases; without it, nothing is said of them.
    Raises BrokenPackage.
    """
    edited = frozenset[ModelPath]() if base is None else edited_paths(document.values, base.values)
    agreement = build(document.values, document.problems, document.unread, edited)
    return review(
        agreement,
        document,
        today,
        all_rules() if catalogue is None else catalogue,
        with_notes=with_notes,
        require_proofs=require_proofs,
        history=history,
    )


def review(
    agreement: Agreement,
    document: Document,
    today: date | None,
    catalogue: Iterable[Rule],
    *,
    with_notes: bool = False,
    require_proofs: bool = False,
    history: History | None = None,
) -> Findings:
    """What the rules of a catalogue find in an agreement, in the order of the files."""
    wanted = wanted_severities(agreement)
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    ran: list[str] = []
    needs = Needs(agreement, today, history=history)
    traps = frozenset(trap.at for trap in document.problems)

    def run(rule: Rule, uses: Sequence[WaiverUse] = ()) -> None:
        if HISTORY in rule.needs and history is None:
            # a text by itself has no history that anything could be wrong with
            return
        severity = severity_of(rule, wanted, with_notes=with_notes)
        if require_proofs and rule is unproved_criteria:
            severity = Severity.ERROR
        if severity is Severity.OFF:
            return
        # where nothing is waived, no day is needed to tell which waivers are over
        missing = () if rule.is_about_waivers and not uses else needs.missing(rule.needs)
        if missing:
            skipped.append(Skipped(rule.code, rule.name, why_skipped(missing), AS_OF if missing == [TODAY] else ""))
            return
        ran.append(rule.code)
        for problem in _problems(rule, agreement, today, uses, history):
            if problem.kind == NOT_ASKED and not require_proofs:
                continue
            finding = placed(problem, rule, severity, document)
            if not _repeats_the_reader(problem, finding.place, document, traps):
                findings.append(finding)

    catalogue = tuple(catalogue)
    for rule in catalogue:
        if not rule.is_about_waivers:
            run(rule)
    uses: tuple[WaiverUse, ...] = ()
    if document.waivers:
        waivable = [rule.code for rule in catalogue if rule.can_be_waived]
        # in a section that cannot be read a finding may be hidden: nobody can tell yet that a waiver is not needed
        judged = () if agreement.broken else [*ran, *(code for code, severity in wanted.items() if severity == "off")]
        findings, uses = waive(findings, document.waivers, waivable, judged, today)
    for rule in catalogue:
        if rule.is_about_waivers:
            run(rule, uses)
    return Findings(
        findings=with_distinct_fingerprints(in_order(findings)),
        skipped=tuple(skipped),
        rules_run=len(ran),
        checklist=() if agreement.is_signed else checklist(agreement),
        counts=_counts(agreement),
        language=agreement.language,
        proofs=_proofs(agreement),
    )


def _problems(
    rule: Rule, agreement: Agreement, today: date | None, uses: Sequence[WaiverUse], history: History | None
) -> Iterable[Problem]:
    """What a rule finds. Raises BrokenPackage where a rule of somebody's package fails."""
    if not rule.package:
        return rule.problems(agreement, today, uses, history=history)
    from checker.rules.plugins import broken, failure

    try:
        problems = list(rule.problems(agreement, today, uses, history=history))
    except Exception as error:
        reason = say("{code} fails, {failure}", code=Written(rule.code), failure=failure(error))
        raise broken(rule.package, reason) from error
    if not all(isinstance(problem, Problem) for problem in problems):
        raise broken(rule.package, say("{code} yields something else than problems", code=Written(rule.code)))
    return problems


def _proofs(agreement: Agreement) -> Proofs:
    """What became of all questions that were put to the solver: about leads, and about the plan."""
    leads, plan = prover_of(agreement).proofs, plan_proofs(agreement)
    return Proofs(leads.held + plan.held, leads.unknown + plan.unknown, leads.skipped + plan.skipped)


def _repeats_the_reader(problem: Problem, place: Place, document: Document, traps: Container[At | Place]) -> bool:
    """Whether a misfit only repeats that something could not be read for sure, which has its own finding."""
    if problem.kind == "missing-key" and isinstance(problem.at, At):
        return problem.at.path in document.unread or not document.values
    return problem.kind in ("wrong-value", "wrong-shape") and place in traps


def _counts(agreement: Agreement) -> dict[str, int]:
    return {
        "stages": len(agreement.stages),
        "promises": len(agreement.promises()),
        "fields": len(agreement.fields),
        "people": len(agreement.sections.people or {}),
    }
