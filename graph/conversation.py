"""The goal-setting conversation as a graph: START -> load -> collect -> (refine -> confirm -> score ->) transition -> END."""

from functools import partial
from typing import Any, Literal

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from nodes.collect import collect
from nodes.confirm import confirm
from nodes.load import load
from nodes.refine import refine
from nodes.score import score
from nodes.tools import Tools
from nodes.transition import transition
from state.conversation import ConversationState, TurnInput

Graph = CompiledStateGraph[ConversationState, None, TurnInput, ConversationState]


def build_graph(tools: Tools, checkpointer: BaseCheckpointSaver[Any] | None = None) -> Graph:
    """The compiled graph over `tools`. Studio brings its own checkpointer, so None is allowed."""
    graph = StateGraph(ConversationState, input_schema=TurnInput)
    for node in (load, collect, refine, confirm, score, transition):
        graph.add_node(node.__name__, partial(node, tools=tools))
    graph.add_edge(START, "load")
    graph.add_conditional_edges("load", first_step)
    graph.add_conditional_edges("collect", after_collect)
    graph.add_edge("refine", "confirm")
    graph.add_edge("confirm", "score")
    graph.add_edge("score", "transition")
    graph.add_edge("transition", END)
    compiled: Graph = graph.compile(checkpointer=checkpointer, name="goal-setting")
    compiled.stream_mode = "custom"
    return compiled


def first_step(state: ConversationState) -> Literal["collect", "refine", "score"]:
    """The step that the turn was accepted for."""
    return state["entry"]


def after_collect(state: ConversationState) -> Literal["refine", "confirm", "score", "transition"]:
    """What collect decided: a draft, the question about the one there is, its score, or the turn's end."""
    return state["course"]
