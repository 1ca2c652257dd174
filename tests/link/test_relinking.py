from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Sequence
from itertools import combinations

from factory import evidence, make_document, make_report
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.link import Linker, Memory, Profiler, draw_profiles, link_reports, settle
from tocsin.link.contradict import contradiction
from tocsin.resources.linking import LinkingRules, load_linking
from tocsin.vocabulary import Document, EventReport, EventType, Factuality, Incident, Judgement, Verdict

THURSDAY = dt.date(2021, 3, 4)
NOON = dt.datetime(2021, 3, 6, 12, tzinfo=dt.UTC)
Told = tuple[Document, EventReport]


@functools.cache
def narrow() -> LinkingRules:
    """Blocks of three at most, so that small examples have blocks that are too large."""
    return dataclasses.replace(load_linking(), largest_block=3)


def told(number: int, **fields: object) -> Told:
    text = f"Report {number} of a long day on which nurses and drivers walked out over unpaid nights."
    document = make_document(text)
    return document, make_report(document, evidence=(evidence(document, text),), **fields)  # type: ignore[arg-type]


def judged(left: Told, right: Told, verdict: Verdict, minute: int = 0, who: str = "Ana") -> Judgement:
    one, other = sorted((left[1].id, right[1].id))
    return Judgement(one, other, verdict, who, NOON + dt.timedelta(minutes=minute))


def groups(incidents: Sequence[Incident]) -> set[tuple[str, ...]]:
    return {incident.members for incident in incidents}


def one_by_one(reports: Sequence[Told], rules: LinkingRules, judgements: Sequence[Judgement]) -> tuple[Incident, ...]:
    """Incidents when every document arrives alone, and the judgements after all of them, one at a time."""
    profiler = Profiler(rules)
    store = Memory(rules)
    there: dict[str, Incident] = {}

    def relink(ids: set[str], settled_by: Sequence[Judgement]) -> None:
        companions = {member for one in there.values() if ids & set(one.members) for member in one.members}
        made = Linker(rules, profiler, settle(settled_by)).relink(ids | companions, store)
        members = {member for incident in made for member in incident.members}
        for identity in [identity for identity, one in there.items() if members & set(one.members)]:
            del there[identity]
        there.update((incident.id, incident) for incident in made)

    for told_ in reports:
        profiles = draw_profiles([told_], profiler)
        store.add(profiles.values())
        relink(set(profiles), ())
    for number, judgement in enumerate(judgements):
        relink({judgement.left, judgement.right}, judgements[: number + 1])
    return tuple(sorted(there.values(), key=lambda incident: incident.id))


reports = st.lists(
    st.builds(
        told,
        st.integers(0, 40),
        date=st.none() | st.integers(0, 3).map(lambda day: THURSDAY + dt.timedelta(days=day)),
        place=st.sampled_from([None, "Maribor", "Maribor", "Celje"]),
        initiators=st.lists(st.sampled_from(["nurses", "drivers of Sestre", "Zora"]), max_size=2),
        employer=st.sampled_from([None, None, "Clinic of Maribor", "Bus Line 6"]),
        type=st.sampled_from([EventType.STRIKE, EventType.STRIKE, EventType.DEMONSTRATION]),
        factuality=st.sampled_from([Factuality.ACTUAL, Factuality.ACTUAL, Factuality.PLANNED, Factuality.DENIED]),
    ),
    min_size=2,
    max_size=9,
    unique_by=lambda pair: pair[1].document_id,
)


@st.composite
def judged_reports(draw: st.DrawFn) -> tuple[list[Told], list[Told], list[Judgement]]:
    found = draw(reports)
    pairs = list(combinations(found, 2))
    drawn = draw(st.lists(st.tuples(st.sampled_from(pairs), st.sampled_from(Verdict)), max_size=4))
    judgements = [judged(*pair, verdict, minute) for minute, (pair, verdict) in enumerate(drawn)]
    return found, draw(st.permutations(found)), judgements


@settings(max_examples=80, deadline=None)
@given(judged_reports(), st.booleans())
def test_documents_that_arrive_one_by_one_make_the_same_incidents_as_all_at_once(
    case: tuple[list[Told], list[Told], list[Judgement]], cut: bool
) -> None:
    found, shuffled, judgements = case
    rules = narrow() if cut else load_linking()
    assert one_by_one(shuffled, rules, judgements) == link_reports(found, rules, judgements)


@settings(max_examples=60, deadline=None)
@given(judged_reports())
def test_order_of_reports_and_judgements_does_not_matter(case: tuple[list[Told], list[Told], list[Judgement]]) -> None:
    found, shuffled, judgements = case
    assert link_reports(shuffled, None, judgements[::-1]) == link_reports(found, None, judgements)


@settings(max_examples=60, deadline=None)
@given(judged_reports())
def test_contradicting_reports_are_together_only_where_people_said_so(
    case: tuple[list[Told], list[Told], list[Judgement]],
) -> None:
    found, _, judgements = case
    rules, profiler = load_linking(), Profiler(load_linking())
    by_id = draw_profiles(found, profiler)
    settled = settle(judgements)
    for incident in link_reports(found, rules, judgements):
        joined = settled.same_in(incident.members)
        for left, right in combinations(incident.members, 2):
            assert (left, right) not in settled.different
            assert joined or contradiction(by_id[left], by_id[right], rules) is None


@settings(max_examples=60, deadline=None)
@given(reports, st.sampled_from([Verdict.OPEN, Verdict.DIFFERENT]), st.data())
def test_merging_and_then_splitting_gives_back_what_was(
    found: list[Told], verdict: Verdict, data: st.DataObject
) -> None:
    before = link_reports(found)
    left, right = data.draw(st.sampled_from(list(combinations(found, 2))))
    if any({left[1].id, right[1].id} <= set(incident.members) for incident in before):
        verdict = Verdict.OPEN
    merge = judged(left, right, Verdict.SAME)
    merged = link_reports(found, None, [merge])
    assert any({left[1].id, right[1].id} <= set(incident.members) for incident in merged)
    assert link_reports(found, None, [merge, judged(left, right, verdict, 1)]) == before


@settings(max_examples=40, deadline=None)
@given(reports)
def test_linking_twice_changes_nothing(found: list[Told]) -> None:
    assert link_reports([*found, *found]) == link_reports(found)


@settings(max_examples=60, deadline=None)
@given(reports)
def test_denied_and_planned_are_never_joined(found: list[Told]) -> None:
    factuality = {report.id: report.factuality for _, report in found}
    for incident in link_reports(found):
        kinds = {factuality[member] for member in incident.members}
        assert not {Factuality.DENIED, Factuality.PLANNED} <= kinds


def test_a_merge_brings_whole_incidents_together() -> None:
    first = [told(number, employer="Clinic of Maribor") for number in range(2)]
    second = [told(number, employer="Bus Line 6", date=THURSDAY + dt.timedelta(days=9)) for number in (2, 3)]
    assert len(link_reports([*first, *second])) == 2
    (incident,) = link_reports([*first, *second], None, [judged(first[0], second[0], Verdict.SAME)])
    assert len(incident.members) == 4


def test_the_newest_judgement_of_a_pair_counts() -> None:
    left, right = told(1), told(2)
    assert len(link_reports([left, right])) == 1
    different = judged(left, right, Verdict.DIFFERENT, 1)
    assert len(link_reports([left, right], None, [different])) == 2
    assert len(link_reports([left, right], None, [judged(left, right, Verdict.SAME, 2, "Bor"), different])) == 1


def test_an_older_judgement_gives_way_where_newer_ones_rule_it_out() -> None:
    one, two, three = (told(number, date=None, place=None) for number in range(3))
    newer = [judged(one, two, Verdict.SAME, 5), judged(two, three, Verdict.SAME, 6)]
    settled = settle([judged(one, three, Verdict.DIFFERENT, 1), *newer])
    assert not settled.different
    settled = settle([judged(one, three, Verdict.DIFFERENT, 9), *newer])
    assert len(settled.same) == 1
