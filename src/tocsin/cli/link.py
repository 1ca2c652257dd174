"""``tocsin link``: reports into incidents, and what a person decides about them."""

from __future__ import annotations

import getpass
import json
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.options import AsJson, RunId, StorePath, run_of

if TYPE_CHECKING:
    from tocsin.store import Run, Store
    from tocsin.vocabulary import Incident, Verdict

EXAMPLES = """[bold]Examples[/bold]

tocsin link --store tocsin.db

tocsin link --same 5f079606 7f1d4882 --note "the same walkout" --who Ana

tocsin link --different 5f079606 7f1d4882

tocsin link --take-back 5f079606 7f1d4882      # as if nobody had judged
"""


def command(
    store: StorePath = Path("tocsin.db"),
    same: Annotated[
        tuple[str, str] | None,
        typer.Option("--same", metavar="A B", help="Judge that two events, or incidents, are one occurrence."),
    ] = None,
    different: Annotated[
        tuple[str, str] | None,
        typer.Option("--different", metavar="A B", help="Judge that two events are not one occurrence."),
    ] = None,
    take_back: Annotated[
        tuple[str, str] | None,
        typer.Option("--take-back", metavar="A B", help="Take a judgement back: as if nobody had judged the two."),
    ] = None,
    who: Annotated[str | None, typer.Option(metavar="NAME", help="Who judges; you by default.")] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why, kept with the judgement.")] = "",
    anew: Annotated[bool, typer.Option("--anew", help="Link everything again, also what is linked.")] = False,
    multilingual: Annotated[
        bool,
        typer.Option(
            "--multilingual",
            help="Compare what is told in two languages, too; the store stays so until --anew. Needs tocsin[multilingual].",
        ),
    ] = False,
    run: RunId = None,
    as_json: AsJson = False,
) -> None:
    """Link the events of a store that tell one occurrence into incidents; what is linked stays linked.

    Stopped, it goes on where it was with the same command. People's judgements outrank every score and survive linking
    anew; A and B are events or incidents, by the beginning of their ids.
    """
    from tocsin.cli.console import words
    from tocsin.store import open_store
    from tocsin.vocabulary import Verdict

    given = [
        (verdict, pair)
        for verdict, pair in ((Verdict.SAME, same), (Verdict.DIFFERENT, different), (Verdict.OPEN, take_back))
        if pair
    ]
    if len(given) > 1:
        raise typer.BadParameter("give one judgement at a time.", param_hint="--same, --different, --take-back")
    told = words()
    try:
        with open_store(store) as kept:
            chosen = run_of(kept, run)
            if given:
                _judge(kept, chosen, *given[0], who or getpass.getuser(), note)
            else:
                _link(kept, chosen, anew, as_json, multilingual)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        told.print(
            f"Stopped. Nothing in {store} is half done; the same command goes on.", style="skipped", soft_wrap=True
        )
        raise typer.Exit(130) from None


def _link(store: Store, run: Run, anew: bool, as_json: bool, multilingual: bool) -> None:
    from tocsin.cli.console import waiting, words
    from tocsin.cli.summary import counted
    from tocsin.pipeline import link_new, link_run, sentences_of
    from tocsin.resources.fingerprint import linking_version
    from tocsin.resources.sentences import load_sentence_encoder

    told, new = words(), len(store.unlinked(run))
    before = {one.id for one in store.incidents(run)}
    sentences = load_sentence_encoder() if multilingual else None if anew else sentences_of(store, run)
    stale = store.linking_version(run) != linking_version(sentences.version if sentences else "")
    total = store.counts(run).reports
    if new or stale or anew:
        with waiting(told, "Linking …") as status:

            def tell(number: int) -> None:
                status(f"Comparing {total:,} events …" if number < 0 else f"Reading: {number:,} of {total:,} events …")

            (link_run if anew else link_new)(store, run, tell, sentences)
    after = list(store.incidents(run))
    changed = sum(one.id not in before for one in after)
    several = [one for one in after if len(one.members) > 1]
    if as_json:
        record = {"store": store.name, "run": run.id, "events": total, "new": new, "incidents": len(after)}
        print(json.dumps({**record, "changed": changed, "told_by_several": len(several)}, ensure_ascii=False))
    why = "; all were linked again, for the rules have changed" if stale and before and not anew else ""
    told.print(
        f"{counted(new, 'new event')} linked, {counted(changed, 'incident')} new or changed{why}", soft_wrap=True
    )
    told.print(
        f"{counted(total, 'event')} in {counted(len(after), 'incident')} in {store.name}, {len(several):,} of them "
        f"of several events (run {run.id[:8]})",
        soft_wrap=True,
    )


def _judge(store: Store, run: Run, verdict: Verdict, pair: tuple[str, str], who: str, note: str) -> None:
    from tocsin.cli.console import words
    from tocsin.cli.summary import counted
    from tocsin.pipeline import judge
    from tocsin.vocabulary import Verdict

    left, right = (_event(store, run, name) for name in pair)
    incidents = judge(store, run, left, right, verdict, who=who, note=note)
    told = {
        Verdict.SAME: f"{left} and {right} are one occurrence",
        Verdict.DIFFERENT: f"{left} and {right} are two occurrences",
        Verdict.OPEN: f"the scores decide again on {left} and {right}",
    }[verdict]
    words().print(f"{told}, says {who}", soft_wrap=True)
    for incident in incidents:
        if {left, right} & set(incident.members):
            line = f"incident {incident.id}: {counted(len(incident.members), incident.type.value.replace('_', ' ') + ' report')}"
            words().print(line, style="quiet", soft_wrap=True)


def _event(store: Store, run: Run, name: str) -> str:
    """The event whose id begins so; an incident stands for its first event."""
    from tocsin.cli.find import find_incident
    from tocsin.errors import InputError

    incident: Incident = find_incident(store, run, name)
    own = [member for member in incident.members if member.startswith(name.casefold())]
    if len(own) > 1:
        raise InputError(f"several events begin with {name!r}: {', '.join(own)}. Write more of the id.")
    return own[0] if own else incident.members[0]
