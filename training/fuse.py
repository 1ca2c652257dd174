"""Rewrite an exported int8 encoder into the operators that ONNX Runtime runs fastest on one core; the weights stay as they are.

Three changes in each layer: query, key and value are one product and their attention one operator; layer norm is spelled as
instance norm over the pieces, whose kernel uses vector instructions where that of layer norm adds one number after the other;
GELU is one operator. The last bits of the logits change with the order of additions and nothing else.

python -m training.fuse FOLDER     a folder with model.onnx and card.json, both are written anew; nothing happens if it is fused
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HEADS, EPSILON = 12, 1e-12
FIRST, LAST = "/norm/LayerNormalization_output_0", "hidden"
CONTRIBUTED = "com.microsoft"


class Fusion:
    """The graph under work: what is read from it, and the nodes and constants that replace its layers."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self.graph = graph
        self.arrays = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, kind: str, inputs: Sequence[str], output: str, domain: str = "", **how: object) -> str:
        """A new node with one output."""
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **how))
        return output

    def constant(self, name: str, value: np.ndarray) -> str:
        """A new constant."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weights(self, layer: int, name: str) -> tuple[str, str, str]:
        """The names of an int8 matrix, its scales and its zero points."""
        start = f"/layers.{layer}/{name}/"
        found = [n.input[1] for n in self.graph.node if n.op_type == "MatMulInteger" and n.output[0].startswith(start)]
        if len(found) != 1:
            raise SystemExit(f"fuse: {len(found)} int8 products under {start}; is this what export_events made?")
        base = found[0].removesuffix("_quantized")
        return found[0], base + "_scale", base + "_zero_point"

    def product(self, x: str, layer: int, name: str) -> str:
        """The product of x and an int8 matrix, with its bias."""
        inputs = [x, *self.weights(layer, name), f"layers.{layer}.{name}.bias"]
        return self.add("DynamicQuantizeMatMul", inputs, f"{layer}.{name}", CONTRIBUTED)

    def attention(self, x: str, layer: int) -> str:
        """Self-attention of all heads over x."""
        parts = [self.weights(layer, name) for name in ("query", "key", "value")]
        width = self.arrays[parts[0][0]].shape[1]
        matrix = np.concatenate([self.arrays[w] for w, _, _ in parts], 1)
        scale, zero = (
            np.concatenate([np.broadcast_to(self.arrays[part[i]], (width,)) for part in parts]) for i in (1, 2)
        )
        bias = np.concatenate([self.arrays[f"layers.{layer}.{name}.bias"] for name in ("query", "key", "value")])
        outputs = [f"{layer}.x", f"{layer}.x_scale", f"{layer}.x_zero"]
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], outputs))
        inputs = [
            outputs[0],
            self.constant(f"{layer}.qkv", matrix),
            self.constant(f"{layer}.qkv_bias", bias),
            outputs[1],
            self.constant(f"{layer}.qkv_scale", scale),
            "mask32",
            outputs[2],
            self.constant(f"{layer}.qkv_zero", zero),
        ]
        return self.add("QAttention", inputs, f"{layer}.attention", CONTRIBUTED, num_heads=HEADS)

    def norm(self, x: str, change: str, layer: int, number: int) -> str:
        """Layer norm of x + change: each piece is one channel of an instance norm without weights, which then follow."""
        name = f"{layer}.norm{number}"
        total = self.add("Add", [x, change], f"{name}.sum")
        rows = self.add("Reshape", [total, "rows_shape"], f"{name}.rows")
        even = self.add("InstanceNormalization", [rows, "row_ones", "row_zeros"], f"{name}.even", epsilon=EPSILON)
        back = self.add("Reshape", [even, "layer_shape"], f"{name}.back")
        scaled = self.add("Mul", [back, f"layers.{layer}.norm{number}.weight"], f"{name}.scaled")
        return self.add("Add", [scaled, f"layers.{layer}.norm{number}.bias"], name)

    def shapes(self, x: str, width: int) -> None:
        """What the norms and the attention need of the batch's shape."""
        self.constant("rows_shape", np.array([1, -1, width], np.int64))
        self.constant("one", np.array([1], np.float32))
        self.constant("zero", np.array([0], np.float32))
        self.add("Shape", [x], "layer_shape")
        self.add("Shape", ["ids"], "batch_shape")
        self.add("ReduceProd", ["batch_shape"], "pieces", keepdims=1)
        self.add("Expand", ["one", "pieces"], "row_ones")
        self.add("Expand", ["zero", "pieces"], "row_zeros")
        self.add("Cast", ["mask"], "mask32", to=TensorProto.INT32)


def fuse(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same encoder in other operators. One that is fused already is given back as it is.

    Raises:
        SystemExit: the graph is not what training/export_events.py makes.
    """
    graph = model.graph
    if any(node.op_type == "QAttention" for node in graph.node):
        return model
    work = Fusion(graph)
    layers = 1 + max(int(n.split(".")[1]) for n in work.arrays if n.startswith("layers.") and n.endswith("up.bias"))
    x = FIRST
    work.shapes(x, len(work.arrays["norm.weight"]))
    for layer in range(layers):
        mixed = work.product(work.attention(x, layer), layer, "out")
        x = work.norm(x, mixed, layer, 1)
        wide = work.add("Gelu", [work.product(x, layer, "up")], f"{layer}.gelu", CONTRIBUTED)
        x = work.norm(x, work.product(wide, layer, "down"), layer, 2)
    work.add("Identity", [x], LAST)
    rest = [n for n in graph.node if not any(o.startswith("/layers.") or o == LAST for o in n.output)]
    at = 1 + next(i for i, node in enumerate(rest) if FIRST in node.output)
    nodes = [*rest[:at], *work.nodes, *rest[at:]]
    used = {name for node in nodes for name in node.input}
    constants = [i for i in (*graph.initializer, *work.constants) if i.name in used]
    known = {o for n in nodes for o in n.output} | {i.name for i in (*constants, *graph.input)} | {""}
    if used - known:
        raise SystemExit(f"fuse: nothing gives {', '.join(sorted(used - known))}")
    fused = helper.make_graph(nodes, graph.name, graph.input, graph.output, constants)
    opsets = [helper.make_opsetid("", model.opset_import[0].version), helper.make_opsetid(CONTRIBUTED, 1)]
    return helper.make_model(fused, opset_imports=opsets, ir_version=model.ir_version, producer_name="tocsin")


def main() -> None:
    """Fuse a folder's model and write its SHA-256 into its card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    path, card_path = args.folder / "model.onnx", args.folder / "card.json"
    onnx.save(fuse(onnx.load(path)), path)
    card = json.loads(card_path.read_text(encoding="utf-8"))
    card["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    card_path.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(path, path.stat().st_size, card["sha256"][:12])


if __name__ == "__main__":
    main()
