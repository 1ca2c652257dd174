"""Read the weights of the shipped encoder back into a checkpoint: training goes on from it where no checkpoint was kept.

What 8 bits lost stays lost: each weight is off by at most half a step of its channel's scale, which an hour of training
makes good. The word vectors, which training never moves, come whole from MiniLM.

python -m training.unpack --base PATH_OF_MINILM --out out/unpacked.pt      training environment, PYTHONPATH=src:.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from training.encoder import EventEncoder

FOLDER = Path("src/tocsin/data/models/events")
ATTENTION = ("query", "key", "value")

Arrays = Mapping[str, NDArray[np.generic]]


def whole(arrays: Arrays, matrix: str, scale: str, zero: str) -> torch.Tensor:
    """An int8 matrix (in, out) as the 32-bit weight (out, in) of a linear layer."""
    values = (arrays[matrix].astype(np.float32) - arrays[zero].astype(np.float32)) * arrays[scale].astype(np.float32)
    return torch.from_numpy(np.ascontiguousarray(values.T))


def unpack(model: onnx.ModelProto) -> dict[str, torch.Tensor]:
    """The encoder's state, without word vectors and light heads.

    Args:
        model: what training/fuse.py makes.

    Raises:
        SystemExit: the graph is not of that kind.
    """
    arrays = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    names = EventEncoder().state_dict()
    state = {name: torch.from_numpy(arrays[name].copy()) for name in names if name in arrays}
    low, step = (arrays[f"positions.weight_{part}"].astype(np.float32) for part in ("zero_point", "scale"))
    state["positions.weight"] = torch.from_numpy((arrays["positions.weight_quantized"].astype(np.float32) - low) * step)
    for node in model.graph.node:
        if node.op_type == "DynamicQuantizeMatMul":
            state[f"layers.{node.output[0]}.weight"] = whole(arrays, *node.input[1:4])
        elif node.op_type == "QAttention":
            layer = node.output[0].split(".")[0]
            matrix = whole(arrays, node.input[1], node.input[4], node.input[7]).chunk(3)
            bias = torch.from_numpy(arrays[node.input[2]].copy()).chunk(3)
            for name, weights, biases in zip(ATTENTION, matrix, bias, strict=True):
                state[f"layers.{layer}.{name}.weight"], state[f"layers.{layer}.{name}.bias"] = weights, biases
        elif node.op_type == "MatMulInteger":
            base = node.input[1].removesuffix("_quantized")
            # A head's name stands in that of its matrix, or, as in '/argument_head/MatMul_output_0', in that of its product.
            own = base.removesuffix(".weight_Transposed")
            name = own if own != base else node.output[0].split("/")[1]
            state[f"{name}.weight"] = whole(arrays, node.input[1], f"{base}_scale", f"{base}_zero_point")
    missing = [n for n in names if n not in state and not n.startswith(("task_heads.", "words."))]
    if missing or any(state[n].shape != names[n].shape for n in state):
        raise SystemExit(f"unpack: not a fused encoder; missing {missing}")
    return state


def main() -> None:
    """Write the checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("out/unpacked.pt"))
    args = parser.parse_args()
    model = EventEncoder.from_minilm(args.base)
    model.load_state_dict(unpack(onnx.load(args.folder / "model.onnx")), strict=False)
    with np.load(args.folder / "tasks.npz") as heads:
        model.load_state_dict({f"task_heads.{n}": torch.from_numpy(heads[n]) for n in heads.files}, strict=False)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), args.out)


if __name__ == "__main__":
    main()
