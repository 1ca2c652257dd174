"""Giveme5W1H: who, what, when, where, why and how of an article's main event.

Candidates are spans of title, lead and first sentences; a small linear model for each question, learned on the train
split, says how well each would match a person's answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks.answers import QUESTIONS, Answer, answer_features, find_answers, read_opening
from benchmarks.light import Floats, load_linear
from tocsin.parse import load_parser
from tocsin.parse.document import Parser

SCORER = "score_5w1h.py"

# Answers given for each question; the scorer looks at five.
GIVEN = 5


def predict(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Five answers a question, the best first."""
    parser, model = load_parser(), load_linear("giveme5w1h-answers")
    for record in records:
        answers, rows = candidates(record, parser)
        given: dict[str, list[dict[str, Any]]] = {name: [] for name in QUESTIONS}
        if answers:
            scores = model(rows)
            for i, name in enumerate(QUESTIONS):
                order = [answers[j] for j in np.argsort(-scores[:, i])]
                given[name] = [shown(answer, record) for answer in (dated(order) if name == "when" else order)[:GIVEN]]
        yield {"id": record["id"], "answers": given}


def dated(answers: list[Answer]) -> list[Answer]:
    """Answers that hold a date and little else, with the day it means; all of them where the text has no date."""
    dates = [answer for answer in answers if answer.kind == "date"]
    kept = []
    for answer in answers:
        within = [d for d in dates if d.span.overlaps(answer.span) and len(answer.span) <= len(d.span) + 20]
        if within:
            kept.append(replace(answer, value=answer.value or within[0].value))
    return kept or answers


def candidates(record: dict[str, Any], parser: Parser) -> tuple[list[Answer], Floats]:
    """A record's candidates and their features."""
    opening = read_opening(record["text"], record.get("parts") or {}, published(record.get("date")), parser)
    answers = find_answers(opening)
    return answers, np.array([answer_features(answer, opening) for answer in answers], np.float32)


def published(date: str | None) -> dt.date | None:
    """The day of publication, None where it is not told."""
    try:
        return dt.date.fromisoformat((date or "")[:10])
    except ValueError:
        return None


def shown(answer: Answer, record: dict[str, Any]) -> dict[str, Any]:
    """An answer as the scorer takes it."""
    text = answer.span.of(record["text"])
    given = {"text": text, "start": answer.span.start, "end": answer.span.end}
    return {**given, "date": answer.value} if answer.value else given
