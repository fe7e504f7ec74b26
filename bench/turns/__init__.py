"""Benchmark E: turns a second, their processor time and their first word, beside plain LangServe and a floor."""
