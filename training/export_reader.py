"""Turn a checkpoint of the argument reader into what Tocsin ships: model.onnx (int8) with its SHA-256 in card.json.

python -m training.export_reader --checkpoint out/reader/last.pt
python -m training.export_reader --checkpoint out/reader7/last.pt --other out/reader5/last.pt --share 0.4

The mean of two checkpoints of which one goes on from the other can be better than both (model soups: Wortsman et al. 2022, ICML).
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from training.export_events import write_card, write_onnx
from training.reader import ArgumentReader

TARGET = Path("src/tocsin/data/models/reader")


def mean(one: Mapping[str, Tensor], other: Mapping[str, Tensor], share: float) -> dict[str, Tensor]:
    """The weighted mean of two checkpoints of one network; whole numbers are the first one's."""
    return {
        name: other[name].float() * share + value.float() * (1 - share) if value.is_floating_point() else value
        for name, value in one.items()
    }


def main() -> None:
    """Export, quantise, and write the card with the new SHA-256; the card's other words are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--other", type=Path, help="an earlier checkpoint, to ship the weighted mean of both")
    parser.add_argument("--share", type=float, default=0.5, help="of the other checkpoint in the mean")
    parser.add_argument("--keep", type=Path, help="write the weights here, too, for a run that goes on from them")
    parser.add_argument("--target", type=Path, default=TARGET)
    parser.add_argument("--float", action="store_true", help="keep 32-bit weights (to measure what int8 costs)")
    args = parser.parse_args()
    weights = torch.load(args.checkpoint, weights_only=True)
    if args.other is not None:
        weights = mean(weights, torch.load(args.other, weights_only=True), args.share)
    if args.keep is not None:
        args.keep.parent.mkdir(parents=True, exist_ok=True)
        torch.save(weights, args.keep)
    model = ArgumentReader.of(weights)
    args.target.mkdir(parents=True, exist_ok=True)
    write_onnx(model, args.target / "model.onnx", ["argument", "evidence", "window"], whole=args.float)
    write_card(args.target)


if __name__ == "__main__":
    main()
