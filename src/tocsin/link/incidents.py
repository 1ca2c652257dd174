"""The whole step on one page: block, compare, cluster."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.link.block import block_reports
from tocsin.link.cluster import cluster_reports
from tocsin.link.features import compare_reports, contradict
from tocsin.resources.linking import LinkingRules, load_linking
from tocsin.vocabulary import Document, EventReport, Incident, Link


def link_reports(
    reports: Sequence[tuple[Document, EventReport]], rules: LinkingRules | None = None
) -> tuple[Incident, ...]:
    """Find the reports that tell one occurrence.

    This is a first version by rule: it links reports of the same type, place and days whose actors, employer or
    numbers agree, and never two reports of one document, which already tells them apart. What it cannot place or date
    stays alone. The rules, with the reason for each, stand in data/linking.yaml.

    Args:
        reports: each with its document, in any order: the answer does not depend on it.
        rules: from ``tocsin.resources.linking``; the shipped ones by default.

    Returns:
        Incidents sorted by id; every report is in exactly one, most of them alone.
    """
    rules = rules or load_linking()
    # The same report coming twice is one report; should the two differ, the order they came in must not decide.
    unique: dict[str, EventReport] = {}
    for _, report in sorted(reports, key=lambda pair: repr(pair[1])):
        unique.setdefault(report.id, report)
    ordered = [unique[identity] for identity in sorted(unique)]
    links: list[Link] = []
    for left, right in block_reports(ordered, rules):
        link = compare_reports(left, right, rules)
        if link is not None and link.score >= rules.threshold:
            links.append(link)
    return cluster_reports(unique, links, lambda left, right: contradict(left, right, rules))
