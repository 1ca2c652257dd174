"""Where an incident stands: planned and then done, called for and never reported, reported and denied; and by which document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from tocsin.link.voices import Voices
from tocsin.resources.accounts import AccountRules
from tocsin.tellings import Member, Stand, Standing, Step
from tocsin.vocabulary import Claim, Factuality, Field

# How far a telling brings an incident; a denial is no stage on this way.
_STAGES = {Factuality.CALLED_FOR: 0, Factuality.PLANNED: 1, Factuality.POSSIBLE: 2, Factuality.ACTUAL: 3}

_WORDS = {
    Factuality.CALLED_FOR: "called for",
    Factuality.PLANNED: "announced",
    Factuality.POSSIBLE: "told with reserve",
    Factuality.ACTUAL: "told as done",
    Factuality.DENIED: "denied",
}


def stand(
    members: Sequence[Member],
    voices: Voices,
    rules: AccountRules,
    as_of: dt.date | None = None,
    outcome: str | None = None,
) -> Standing:
    """Say where an incident stands.

    Args:
        members: its reports with their documents, in any order.
        voices: from ``find_voices`` of the same members.
        rules: how long silence has to last.
        as_of: the last day on which a document tells of this country; None leaves a plan a plan.
        outcome: an incident told apart from this plan or call that is held to be what became of it.

    Returns:
        The stand, with the first telling and each that changed something.
    """
    told = sorted(_tellings(members, voices), key=_order)
    steps = tuple(_moves(told))
    every = {step.told for step in told}
    state, why = _state(every, members, rules, as_of, outcome)
    path = "; ".join(_in_words(step) for step in steps)
    return Standing(state, steps, "; ".join(filter(None, (path, why))), outcome)


def _tellings(members: Iterable[Member], voices: Voices) -> Iterator[Step]:
    for document, report in members:
        claims = [claim for claim in report.claims if claim.field is Field.FACTUALITY]
        own = Claim(Field.FACTUALITY, report.factuality, None)
        for claim in claims if any(not claim.differs for claim in claims) else [own, *claims]:
            if isinstance(claim.value, Factuality):
                voice, _ = voices.claim(report, claim)
                yield Step(claim.value, document.published, document.id, report.id, voice)


def _order(step: Step) -> tuple[bool, str, int, str, str, str]:
    # Of one day: the call before the deed, and the deed before its denial.
    stage = _STAGES.get(step.told, len(_STAGES))
    return step.said is None, str(step.said or ""), stage, step.document, step.report, step.voice


def _moves(told: Iterable[Step]) -> Iterator[Step]:
    reached, denied = -1, False
    for step in told:
        if step.told is Factuality.DENIED:
            if not denied:
                yield step
            denied = True
        elif _STAGES[step.told] > reached:
            reached = _STAGES[step.told]
            yield step


def _state(
    told: set[Factuality],
    members: Iterable[Member],
    rules: AccountRules,
    as_of: dt.date | None,
    outcome: str | None,
) -> tuple[Stand, str]:
    if Factuality.DENIED in told:
        return (Stand.DISPUTED, "") if told & {Factuality.ACTUAL, Factuality.POSSIBLE} else (Stand.DENIED, "")
    if Factuality.ACTUAL in told:
        return Stand.HAPPENED, ""
    if Factuality.POSSIBLE in told:
        return Stand.UNCONFIRMED, "nobody vouches for it"
    if outcome is not None:
        return Stand.HAPPENED, f"incident {outcome} tells it as done"
    days = [day for _, report in members for day in (report.date.end or report.date.start,) if day]
    if days and as_of is not None and as_of > max(days) + dt.timedelta(days=rules.silent_days):
        return (
            Stand.NOT_REPORTED,
            f"its day passed on {max(days)}, and no document on this country up to {as_of} tells of it",
        )
    return (Stand.PLANNED if Factuality.PLANNED in told else Stand.CALLED_FOR), ""


def _in_words(step: Step) -> str:
    return f"{_WORDS[step.told]} {step.said}" if step.said else _WORDS[step.told]
