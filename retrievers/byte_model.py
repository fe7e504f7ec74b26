"""The local model for queries, its products of matrices in bytes: the same weights, half the time, where the processor multiplies
bytes without overflow (VNNI).

The model's file holds its weights as bytes with a scale a column and makes floats of them before it multiplies. Here each such
product becomes one that takes the bytes as they are, and of a table of vectors the rows that a text needs become floats, not all
30,522 (45 MB). Only the fields of ONNX that this touches are named; others pass through.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto, FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

CPU_FLAGS = Path("/proc/cpuinfo")
WITHOUT_OVERFLOW = ("avx512_vnni", "avx_vnni")
"""Others add products of bytes up in sixteen bits, which are too few for weights of eight."""
CONTRIB = "com.microsoft"
FIELDS = {
    "Model": (("graph", 7, "Graph"), ("opset_import", 8, "Opset*")),
    "Graph": (("node", 1, "Node*"), ("initializer", 5, "Tensor*")),
    "Node": (
        ("input", 1, "text*"),
        ("output", 2, "text*"),
        ("name", 3, "text"),
        ("op_type", 4, "text"),
        ("domain", 7, "text"),
    ),
    "Tensor": (("dims", 1, "number*"), ("name", 8, "text")),
    "Opset": (("domain", 1, "text"), ("version", 2, "number")),
}
"""By message: name, number and kind; a star where there may be many."""


def byte_model(path: Path) -> bytes | None:
    """The model of the file with products of bytes; None where this processor would get them wrong."""
    if not _multiplies_bytes():
        return None
    model = _message("Model").FromString(path.read_bytes())
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    made = {name: node for node in model.graph.node for name in node.output}
    for node in model.graph.node:
        weights = _in_bytes(made.get(node.input[1]), made) if node.op_type == "MatMul" else None
        if weights:
            codes, scale = weights
            tensors[scale].dims[:] = [tensors[codes].dims[1]]
            node.op_type, node.domain = "DynamicQuantizeMatMul", CONTRIB
            node.input[:] = [node.input[0], codes, scale]
    _rows_from_bytes(model.graph, made)
    model.opset_import.add(domain=CONTRIB, version=1)
    written: bytes = model.SerializeToString()
    return written


def _in_bytes(node: Any, made: dict[str, Any]) -> tuple[str, str] | None:
    """The names of the bytes and of their scales, of a node that multiplies the two."""
    if node is None or node.op_type != "Mul":
        return None
    for floats, scale in (tuple(node.input), tuple(reversed(node.input))):
        if floats in made and made[floats].op_type == "Cast":
            return made[floats].input[0], scale
    return None


def _rows_from_bytes(graph: Any, made: dict[str, Any]) -> None:
    """Each row of a table becomes floats once it is picked: the same numbers. What made floats of all weights goes."""
    nodes: list[Any] = []
    for node in graph.node:
        weights = _in_bytes(made.get(node.input[0]), made) if node.op_type == "Gather" else None
        nodes.extend(_picked_first(node, made, *weights) if weights else [node])
    for idle in ("Mul", "Cast"):  # the products first, then what only they took
        taken = {name for node in nodes for name in node.input}
        nodes = [node for node in nodes if node.op_type != idle or node.output[0] in taken]
    kept = [_copy(node) for node in nodes]
    del graph.node[:]
    graph.node.extend(kept)


def _picked_first(pick: Any, made: dict[str, Any], codes: str, scale: str) -> Iterator[Any]:
    (rows,), at = pick.output, pick.input[1]
    times = made[pick.input[0]]
    cast = next(made[name] for name in times.input if name in made)
    yield _copy(pick, [codes, at], f"{rows}_codes")
    yield _copy(pick, [scale, at], f"{rows}_scales")
    yield _copy(cast, [f"{rows}_codes"], f"{rows}_floats")
    yield _copy(times, [f"{rows}_floats", f"{rows}_scales"], rows)


def _copy(node: Any, given: list[str] | None = None, output: str = "") -> Any:
    """The node, or the same work on other input."""
    copy = type(node)()
    copy.CopyFrom(node)
    if given:
        copy.name, copy.input[:], copy.output[:] = output, given, [output]
    return copy


def _multiplies_bytes() -> bool:
    try:
        flags = CPU_FLAGS.read_text()
    except OSError:
        return False
    return any(flag in flags for flag in WITHOUT_OVERFLOW)


@cache
def _message(name: str) -> Any:
    file = FileDescriptorProto(name="petraf_onnx.proto", package="petraf_onnx", syntax="proto2")
    for message, fields in FIELDS.items():
        described = DescriptorProto(name=message)
        for field, number, kind in fields:
            described.field.append(_field(field, number, kind))
        file.message_type.append(described)
    pool = DescriptorPool()
    pool.Add(file)
    return GetMessageClass(pool.FindMessageTypeByName(f"petraf_onnx.{name}"))


def _field(name: str, number: int, kind: str) -> FieldDescriptorProto:
    plain = {"text": FieldDescriptorProto.TYPE_STRING, "number": FieldDescriptorProto.TYPE_INT64}
    many = FieldDescriptorProto.LABEL_REPEATED if kind.endswith("*") else FieldDescriptorProto.LABEL_OPTIONAL
    named = kind.rstrip("*")
    if named in plain:
        return FieldDescriptorProto(name=name, number=number, label=many, type=plain[named])
    message = FieldDescriptorProto.TYPE_MESSAGE
    return FieldDescriptorProto(name=name, number=number, label=many, type=message, type_name=f".petraf_onnx.{named}")
