"""Benchmarks: `make bench` prints ratios against floors that are measured in the same run (docs/benchmarks.md)."""
