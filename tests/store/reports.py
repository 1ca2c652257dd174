"""Any report at all, for properties that must hold of every one."""

from __future__ import annotations

from hypothesis import strategies as st

from tocsin.vocabulary import (
    Actor,
    ActorKind,
    Attribution,
    Claim,
    DateInterval,
    DatePrecision,
    Demand,
    Document,
    EventReport,
    EventType,
    Evidence,
    Factuality,
    Field,
    Issue,
    Place,
    PlacePrecision,
    Quantity,
    QuantityRole,
    SourceKind,
    Value,
)

words = st.text(st.characters(codec="utf-8"), max_size=20)
maybe_words = st.none() | words
scores = st.none() | st.floats(0, 1)
days = st.none() | st.dates()
numbers = st.none() | st.integers(0, 10**12)
degrees = st.none() | st.floats(-180, 180)

VALUES: dict[Field, st.SearchStrategy[Value]] = {
    Field.FACTUALITY: st.sampled_from(Factuality),
    Field.DATE: st.builds(DateInterval, days, days, st.sampled_from(DatePrecision)),
    Field.PLACE: st.builds(
        Place,
        words,
        st.sampled_from(PlacePrecision),
        maybe_words,
        maybe_words,
        st.none() | st.sampled_from(["SI", "BY"]),
        degrees,
        degrees,
        numbers,
    ),
    Field.INITIATOR: st.builds(Actor, words, st.sampled_from(ActorKind)),
    Field.TARGET: st.builds(Actor, words, st.sampled_from(ActorKind)),
    Field.EMPLOYER: words,
    Field.UNION: words,
    Field.SECTOR: words,
    Field.QUANTITY: st.builds(Quantity, st.sampled_from(QuantityRole), numbers, numbers, words),
    Field.DEMAND: st.builds(Demand, words, st.sampled_from(Issue)),
}


def evidence_of(document: Document) -> st.SearchStrategy[Evidence]:
    """Any stretch of a document."""
    ends = st.integers(0, len(document.text))
    return st.tuples(ends, ends).map(lambda pair: Evidence.at(document, min(pair), max(pair)))


@st.composite
def claims_of(draw: st.DrawFn, document: Document) -> Claim:
    """Any claim, its value of the type that its field asks for."""
    field = draw(st.sampled_from(Field))
    return Claim(
        field,
        draw(VALUES[field]),
        draw(st.none() | evidence_of(document)),
        tuple(draw(st.lists(st.integers(0, 5), max_size=3))),
        draw(st.booleans()),
        draw(scores),
        draw(words),
        draw(scores),
    )


def reports_of(document: Document) -> st.SearchStrategy[EventReport]:
    """Any report of a document."""
    evidence = evidence_of(document)
    attribution = st.builds(
        Attribution, st.sampled_from(SourceKind), st.none() | evidence, st.none() | evidence, st.none() | evidence
    )
    return st.builds(
        EventReport,
        document_id=st.just(document.id),
        type=st.sampled_from(EventType),
        trigger=evidence,
        evidence=st.lists(evidence, max_size=3).map(tuple),
        claims=st.lists(claims_of(document), max_size=6).map(tuple),
        sources=st.lists(attribution, max_size=3).map(tuple),
        part_of=st.none() | st.just("0123456789abcdef"),
        score=scores,
        reason=words,
        confidence=scores,
        row_confidence=scores,
    )
