"""Where the benchmarks find and keep things."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BENCH_FOLDER = ROOT / ".bench"
"""Kept between runs: the database, vectors, results."""
OWN_QUESTIONS = ROOT / "evals" / "data" / "retrieval"
OWN_TEXTS = OWN_QUESTIONS / "documents"
