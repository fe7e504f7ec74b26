"""Where the benchmarks find and keep things."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BENCH_FOLDER = ROOT / ".bench"
"""Kept between runs: the database, vectors, results."""
LATEST = ROOT / "bench" / "results" / "latest.json"
"""The figures of the last run of turns, by name."""
OWN_QUESTIONS = ROOT / "evals" / "data" / "retrieval"
OWN_TEXTS = OWN_QUESTIONS / "documents"
