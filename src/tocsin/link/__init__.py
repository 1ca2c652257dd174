"""EventReports of many documents -> Incidents: which reports tell one occurrence, and why we think so."""

from tocsin.link.articles import group_articles
from tocsin.link.block import block_keys
from tocsin.link.consolidate import consolidate
from tocsin.link.explain import Explanation, explain_pair
from tocsin.link.hierarchy import types_above
from tocsin.link.incidents import Linker, draw_profiles, link_reports
from tocsin.link.judgements import settle
from tocsin.link.neighbours import Memory, Neighbours
from tocsin.link.profile import Profile, Profiler
from tocsin.link.telling import tell_incidents

__all__ = [
    "Explanation",
    "Linker",
    "Memory",
    "Neighbours",
    "Profile",
    "Profiler",
    "block_keys",
    "consolidate",
    "draw_profiles",
    "explain_pair",
    "group_articles",
    "link_reports",
    "settle",
    "tell_incidents",
    "types_above",
]
