"""Turn a checkpoint of the argument reader into what Tocsin ships: model.onnx (int8) with its SHA-256 in card.json.

python -m training.export_reader --checkpoint out/reader/last.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.export_events import write_card, write_onnx
from training.reader import ArgumentReader

TARGET = Path("src/tocsin/data/models/reader")


def main() -> None:
    """Export, quantise, and write the card with the new SHA-256; the card's other words are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--target", type=Path, default=TARGET)
    parser.add_argument("--float", action="store_true", help="keep 32-bit weights (to measure what int8 costs)")
    args = parser.parse_args()
    model = ArgumentReader(args.layers)
    model.load_state_dict(torch.load(args.checkpoint, weights_only=True))
    args.target.mkdir(parents=True, exist_ok=True)
    write_onnx(model, args.target / "model.onnx", ["argument", "evidence", "window"], whole=args.float)
    write_card(args.target)


if __name__ == "__main__":
    main()
