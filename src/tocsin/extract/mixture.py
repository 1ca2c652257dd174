"""Two readings of one trigger, by the argument reader and by the event encoder, become one: each knows what the other overlooks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.extract.encode import Floats, Reading
from tocsin.extract.labels import ONE_OF

# Nothing is so sure that the other's voice could not be heard.
LEAST = 1e-5


def mix_readings(reader: Reading, encoder: Reading, share: float) -> Reading:
    """The weighted mean of two readings, in log-odds.

    Args:
        reader: what the argument reader says; what only it says stays as it is: pieces and sentences of its wider window,
            heads that the encoder lacks.
        encoder: what the event encoder says of the same trigger.
        share: how much the encoder counts, 0 to 1.

    Returns:
        A reading over the reader's window.
    """
    heads = {
        name: _mix_heads(name, told, encoder.heads[name], share) if name in encoder.heads else told
        for name, told in reader.heads.items()
    }
    arguments = reader.arguments.copy()
    known = {span: i for i, span in enumerate(encoder.spans)}
    pairs = [(i, known[span]) for i, span in enumerate(reader.spans) if span in known]
    if pairs:
        ours, theirs = (list(column) for column in zip(*pairs, strict=True))
        arguments[ours] = mix(reader.arguments[ours], encoder.arguments[theirs], share)
    evidence = {
        number: float(mix(np.array(told), np.array(encoder.evidence[number]), share))
        if number in encoder.evidence
        else told
        for number, told in reader.evidence.items()
    }
    return Reading(heads, reader.spans, arguments, evidence)


def _mix_heads(name: str, one: Floats, other: Floats, share: float) -> Floats:
    if name not in ONE_OF:
        return mix(one, other, share)
    powers = np.exp((1 - share) * np.log(one + LEAST) + share * np.log(other + LEAST))
    return np.asarray(powers / powers.sum(), np.float32)


def mix(one: NDArray[np.floating], other: NDArray[np.floating], share: float) -> Floats:
    """Probabilities whose log-odds are the weighted mean of two; ``share`` is the other's."""
    odds = (1 - share) * _log_odds(one) + share * _log_odds(other)
    return np.asarray(1 / (1 + np.exp(-odds)), np.float32)


def _log_odds(p: NDArray[np.floating]) -> NDArray[np.float64]:
    kept = np.clip(p.astype(np.float64), LEAST, 1 - LEAST)
    return np.asarray(np.log(kept / (1 - kept)))
