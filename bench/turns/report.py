"""What was measured of turns, as a table and as `bench/results/latest.json`: ratios to plain LangServe of the same run."""

from collections.abc import Mapping
from statistics import median

from rich.table import Table

from bench.speed import percentile
from bench.turns.details import median_new_words
from bench.turns.measure import AT_ONCE, CONTENDERS
from bench.turns.record import Measured

PLAIN = "plain"


def turns_table(measured: Mapping[str, Measured]) -> Table:
    """A row a contender, the medians of its rounds; ratios to plain LangServe in brackets."""
    made = Table(title="Turns: ratios to plain LangServe in brackets", title_justify="left")
    made.add_column("", no_wrap=True)
    for column in ("turns/s at 16", "at 64", "CPU ms a turn at 16", "first word p50 ms", "p95", "memory MB"):
        made.add_column(column, justify="right")
    plain = measured[PLAIN]
    for name in CONTENDERS:
        one = measured[name]
        made.add_row(
            name,
            *(_beside(one.rate(number), plain.rate(number)) for number in AT_ONCE),
            _beside(one.cpu(AT_ONCE[0]), plain.cpu(AT_ONCE[0])),
            f"{median(one.word_ms):.0f}",
            f"{percentile(one.word_ms, 95):.0f}",
            f"{one.memory_mb:.0f}",
        )
    return made


def _beside(value: float, plain: float) -> str:
    return f"{value:.1f} ({value / plain:.2f})"


def turns_results(measured: Mapping[str, Measured]) -> dict[str, float]:
    """The figures by name: turns and CPU as ratios to plain LangServe, words in milliseconds, memory in megabytes."""
    plain, found = measured[PLAIN], dict[str, float]()
    for coach in ("llm", "rules"):
        one = measured[f"petraf {coach}"]
        for number in AT_ONCE:
            found[f"{coach}_turns_{number}"] = round(one.rate(number) / plain.rate(number), 3)
        found[f"cpu_ratio_{coach}"] = round(one.cpu(AT_ONCE[0]) / plain.cpu(AT_ONCE[0]), 3)
        found[f"cpu_ratio_{coach}_new_words"] = round(median_new_words(one) / median_new_words(plain), 3)
    llm = measured["petraf llm"]
    return found | {
        "ttft_ms_p50": round(median(llm.bare_word_ms), 1),
        "ttft_ms_p50_retrieval": round(median(llm.word_ms), 1),
        "first_frame_ms_p50": round(median(llm.first_ms), 1),
        "checkpoint_bytes_ratio": round(llm.checkpoint_bytes / plain.checkpoint_bytes, 4),
        "statements_per_turn": llm.statements,
        "commits_per_turn": llm.commits,
        "tokens_journey": round(llm.tokens),
        "rss_mb": round(llm.memory_mb),
    }
