"""Reads a trace of Chromium: how long the page's own thread was busy, with what, and which frames it missed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

CATEGORIES = [
    "-*",
    "devtools.timeline",
    "disabled-by-default-devtools.timeline",
    "disabled-by-default-devtools.timeline.frame",
    "blink.user_timing",
    "cc",
    "benchmark",
]
PAINTING = {"UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize", "Commit"}
SCRIPTING = {"FunctionCall", "RunMicrotasks", "EvaluateScript"}
FRAME, ON_SCREEN = "AnimationFrame", "PipelineReporter"
IDLE = "STATE_NO_UPDATE_DESIRED"
BEGIN, END = "stream-begin", "stream-end"
"""Marks that the measured page sets with `performance.mark`."""
Event: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Busy:
    """The page between its two marks; milliseconds."""

    lasted: float
    painting: float
    scripting: float
    longest_task: float
    longest_frame: float
    """From the first task of a frame to its end on the page's thread."""
    frames: int
    """Frames that had something to show."""
    dropped: int
    """Those of them that never got to the screen."""


def read_trace(data: bytes) -> Busy:
    """What happened between the marks."""
    events: list[Event] = json.loads(data)["traceEvents"]
    marks = {event["name"]: event for event in events if event["name"] in (BEGIN, END)}
    begin, end = marks[BEGIN], marks[END]
    thread = (begin["pid"], begin["tid"])
    inside = [event for event in events if begin["ts"] <= event["ts"] <= end["ts"]]
    own = [event for event in inside if (event["pid"], event["tid"]) == thread and event["ph"] == "X"]
    page = [event for event in inside if event["pid"] == begin["pid"]]
    frames = list(_frames(page))
    return Busy(
        lasted=(end["ts"] - begin["ts"]) / 1000,
        painting=_sum(own, PAINTING),
        scripting=_sum(own, SCRIPTING),
        longest_task=max((event["dur"] for event in own if event["name"] == "RunTask"), default=0) / 1000,
        longest_frame=max(_spans(page, FRAME), default=0.0),
        frames=len(frames),
        dropped=frames.count("STATE_DROPPED"),
    )


def _sum(events: list[Event], names: set[str]) -> float:
    """Milliseconds of the outermost events of these names."""
    total, until = 0.0, 0.0
    for event in sorted((event for event in events if event["name"] in names), key=lambda event: event["ts"]):
        if event["ts"] >= until:
            total += event["dur"]
            until = event["ts"] + event["dur"]
    return total / 1000


def _spans(events: list[Event], name: str) -> Iterator[float]:
    """Milliseconds of the events of a name that are told by a begin and an end."""
    begun: dict[str, float] = {}
    for event in events:
        if event["name"] == name and event["ph"] == "b":
            begun[json.dumps(event.get("id2"))] = event["ts"]
        elif event["name"] == name and event["ph"] == "e":
            at = begun.pop(json.dumps(event.get("id2")), event["ts"])
            yield (event["ts"] - at) / 1000


def _frames(events: list[Event]) -> Iterator[str]:
    """How each frame ended that had something to show."""
    for event in events:
        report = event.get("args", {}).get("frame_reporter")
        if event["name"] == ON_SCREEN and report and report["state"] != IDLE:
            yield report["state"]
