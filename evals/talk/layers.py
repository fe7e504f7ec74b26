"""Writes the trained layers as an ONNX graph with a byte a weight, and fixed steps for what flows between them.

Fixed steps make a text's vector independent of the texts beside it. Weights keep to seven bits, so that processors without
VNNI, whose products of bytes would overflow sixteen bits, come to the same numbers.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

WIDTH = 384
HEADS = 12
STEPS = 63
"""The largest weight."""
EPSILON = 1e-12
OPSET, CONTRIB_OPSET, IR = 18, 1, 9
Arrays = Mapping[str, NDArray[np.float32]]


class Graph:
    """An ONNX graph as it grows."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: NDArray[np.generic]) -> str:
        """Keep a value; returns its name."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def add(self, kind: str, *inputs: str, outputs: int = 1, **settings: Any) -> list[str]:
        """Add a step; returns the names of what comes out."""
        names = [f"n{len(self.nodes)}_{i}" for i in range(outputs)]
        domain = "com.microsoft" if kind in ("MatMulIntegerToFloat", "Gelu", "SkipLayerNormalization") else ""
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **settings))
        return names

    def one(self, kind: str, *inputs: str, **settings: Any) -> str:
        """Add a step with one result."""
        return self.add(kind, *inputs, **settings)[0]

    def times(self, flow: str, weight: NDArray[np.float32], bias: NDArray[np.float32], low: float, high: float) -> str:
        """Multiply by a matrix of shape (out, in) in bytes; what flows in lies mostly in [low, high]."""
        step = np.float32((high - low) / 255)
        zero = np.uint8(np.clip(round(-low / step), 0, 255))
        scale = (np.abs(weight).max(axis=1) / STEPS).astype(np.float32)
        codes = np.clip(np.round(weight / scale[:, None]), -STEPS, STEPS).astype(np.int8)
        step_name, zero_name = self.constant(np.array(step)), self.constant(np.array(zero))
        flowing = self.one("QuantizeLinear", flow, step_name, zero_name)
        matrix, scales = self.constant(np.ascontiguousarray(codes.T)), self.constant(scale)
        none = self.constant(np.zeros(len(scale), dtype=np.int8))
        return self.one(
            "MatMulIntegerToFloat", flowing, matrix, step_name, scales, zero_name, none, self.constant(bias)
        )


def write_layers(path: Path, arrays: Arrays, ranges: Mapping[str, tuple[float, float]], count: int) -> None:
    """Write the graph: `tokens` (t, WIDTH) and `apart` (t, t) become `states` (t, WIDTH)."""
    graph = Graph()
    flow = _normed(graph, arrays, "ln", "tokens")
    for number in range(count):
        flow = _layer(graph, arrays, ranges, f"layers.{number}", flow)
    graph.nodes[-1].output[0] = "states"
    shapes = {"tokens": ["t", WIDTH], "apart": ["t", "t"], "states": ["t", WIDTH]}
    infos = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()]
    made = helper.make_graph(graph.nodes, "encoder", infos[:2], infos[2:], graph.constants)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", CONTRIB_OPSET)]
    onnx.save(helper.make_model(made, opset_imports=opsets, ir_version=IR), path)


def _normed(graph: Graph, arrays: Arrays, name: str, flow: str) -> str:
    weight, bias = (graph.constant(arrays[f"{name}.{part}"]) for part in ("weight", "bias"))
    return graph.one("LayerNormalization", flow, weight, bias, axis=-1, epsilon=EPSILON)


def _layer(graph: Graph, arrays: Arrays, ranges: Mapping[str, tuple[float, float]], name: str, flow: str) -> str:
    def times(part: str, what: str) -> str:
        whole = f"{name}.{part}"
        return graph.times(what, arrays[f"{whole}.weight"], arrays[f"{whole}.bias"], *ranges[whole])

    attended = times("o", _attention(graph, times("qkv", flow)))
    flow = _normed(graph, arrays, f"{name}.n1", graph.one("Add", flow, attended))
    made = times("fo", graph.one("Gelu", times("fi", flow)))
    return _normed(graph, arrays, f"{name}.n2", graph.one("Add", flow, made))


def _attention(graph: Graph, mixed: str) -> str:
    """What each token takes from those of its own text."""
    size = WIDTH // HEADS
    shape = graph.constant(np.array([0, 3, HEADS, size], dtype=np.int64))
    each = graph.one("Transpose", graph.one("Reshape", mixed, shape), perm=[1, 2, 0, 3])
    asked, known, given = graph.add("Split", each, outputs=3, axis=0, num_outputs=3)
    scores = graph.one("MatMul", asked, graph.one("Transpose", known, perm=[0, 1, 3, 2]))
    scaled = graph.one("Mul", scores, graph.constant(np.array(size**-0.5, dtype=np.float32)))
    shares = graph.one("Softmax", graph.one("Add", scaled, "apart"), axis=-1)
    taken = graph.one("Transpose", graph.one("MatMul", shares, given), perm=[0, 2, 1, 3])
    return graph.one("Reshape", taken, graph.constant(np.array([-1, WIDTH], dtype=np.int64)))
