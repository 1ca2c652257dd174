"""Turn a checkpoint into what Tocsin ships: model.onnx (int8), tasks.npz (light heads), tokenizer.json and card.json.

python -m training.export_events --checkpoint out/encoder/last.pt --base PATH_OF_MINILM
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

from training.encoder import EventEncoder
from training.fuse import fuse

TARGET = Path("src/tocsin/data/models/events")


def main() -> None:
    """Export, quantise, and write the card with the new SHA-256; the card's other words are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--target", type=Path, default=TARGET)
    parser.add_argument("--float", action="store_true", help="keep 32-bit weights (to measure what int8 costs)")
    args = parser.parse_args()
    model = EventEncoder.from_minilm(args.base)
    missing, unexpected = model.load_state_dict(torch.load(args.checkpoint, weights_only=True), strict=False)
    if unexpected or any(not name.startswith("task_heads") for name in missing):
        raise SystemExit(
            f"{args.checkpoint}: not a checkpoint of this encoder; missing {missing}, unexpected {unexpected}"
        )
    args.target.mkdir(parents=True, exist_ok=True)
    outputs = ["trigger_logits", "sentence", "argument", "evidence", "window", "hidden"]
    write_onnx(model, args.target / "model.onnx", outputs, whole=args.float)
    if not args.float:
        onnx.save(fuse(onnx.load(args.target / "model.onnx")), args.target / "model.onnx")
    # The light heads of training/tasks.py are matrices beside the network: coding articles does not need them.
    heads = {
        name.removeprefix("task_heads."): w.float().numpy()
        for name, w in model.state_dict().items()
        if name.startswith("task_heads.")
    }
    np.savez(args.target / "tasks.npz", **heads)
    shutil.copy(args.base / "tokenizer.json", args.target / "tokenizer.json")
    write_card(args.target)


def write_onnx(model: nn.Module, target: Path, outputs: list[str], *, whole: bool) -> None:
    """Export a network that reads windows.

    Args:
        model: takes ids, mask, pool and trigger.
        target: the file to write.
        outputs: names of what the network gives.
        whole: keep 32-bit weights; else they are 8-bit integers, a scale a channel.
    """
    model.eval()
    example = (
        torch.ones(2, 12, dtype=torch.long),
        torch.ones(2, 12, dtype=torch.long),
        torch.full((2, 3, 12), 1 / 12),
        torch.full((2, 12), 1 / 12),
    )
    with tempfile.TemporaryDirectory() as folder:
        raw, tidy = Path(folder) / "raw.onnx", Path(folder) / "tidy.onnx"
        torch.onnx.export(
            model, example, str(raw), dynamo=False, opset_version=17,
            input_names=["ids", "mask", "pool", "trigger"], output_names=outputs,
            dynamic_axes={"ids": {0: "b", 1: "t"}, "mask": {0: "b", 1: "t"}, "pool": {0: "b", 1: "s", 2: "t"}, "trigger": {0: "b", 1: "t"}},
        )  # fmt: skip
        quant_pre_process(str(raw), str(tidy), skip_symbolic_shape=True)
        if whole:
            shutil.copy(tidy, target)
        else:
            quantize_dynamic(str(tidy), str(target), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)


def write_card(folder: Path) -> None:
    """Put the SHA-256 of a folder's model into its card; the card's other words are kept."""
    path, model = folder / "card.json", folder / "model.onnx"
    card = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"settings": {}}
    card["sha256"] = hashlib.sha256(model.read_bytes()).hexdigest()
    path.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(model, model.stat().st_size, card["sha256"][:12])


if __name__ == "__main__":
    main()
