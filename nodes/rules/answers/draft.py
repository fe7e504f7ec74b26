"""Answers about what stands there so far: what was said, the draft, and what its score says."""

# ruff: noqa: E501 - what the coach says stands unbroken

from nodes.coach import Briefing, Exam
from nodes.rules.advice import lacking
from nodes.rules.judge import EXCELLENT, judge
from nodes.words import words_of
from state.languages.words import short_number, spoken_number
from state.scorecard import CriterionScore, score_goal, to_mend

SO_FAR = "So far you have told me:\n{lines}\n"
AS_DRAFT = "This is how it stands now:\n{draft}\n"
UNSCORED = "The draft is not scored yet: that happens once you say yes."
SCORED = "Your last goal got {score} of 10, and {threshold} are needed; the reasons stand below its score."
LOST = "It got {score} of 10 and needs {threshold}."
COSTS = "This costs most: {lacking}"
LACKS = "This is what would lift its score most: {lacking}"
LACKS_NOTHING = "I find nothing in it that would cost many points."
ADDED = "I added only what is marked as a proposal ({parts}); the rest are your own words in order. Tell me which part is wrong, and I change it."
MOST_LINES = 8


def so_far(briefing: Briefing) -> str:
    """The draft, else what holds of what was said in this phase; empty where nothing does."""
    say = words_of(briefing.language).say
    if briefing.draft:
        return say(AS_DRAFT, draft=briefing.draft["text"])
    lines = [line for text in briefing.said for line in text.splitlines() if line.strip()]
    return say(SO_FAR, lines="\n".join(f"• {line.lstrip('- ')}" for line in lines[-MOST_LINES:])) if lines else ""


def why_scored(briefing: Briefing) -> str:
    """What the last score was and what cost most of it; empty while there is nothing to score."""
    say = words_of(briefing.language).say
    if briefing.pausing:
        return f"{say(UNSCORED)} {how_to_lift(briefing)}"
    if briefing.score is None:
        return ""
    points = {
        "score": spoken_number(briefing.score, briefing.language),
        "threshold": short_number(briefing.threshold, briefing.language),
    }
    if not briefing.draft or briefing.score >= briefing.threshold:
        return say(SCORED, **points)
    plain = lacking(_weakest(briefing)["name"], briefing.language)
    told = say(LOST, **points)
    return told if plain in briefing.question else f"{told} {say(COSTS, lacking=plain)}"


def how_to_lift(briefing: Briefing) -> str:
    """What would lift the score of the draft most; empty where there is none, or the coach asks for that anyway."""
    if not briefing.draft:
        return ""
    weakest = _weakest(briefing)
    if weakest["score"] >= EXCELLENT:
        return words_of(briefing.language).say(LACKS_NOTHING)
    plain = lacking(weakest["name"], briefing.language)
    return "" if plain in briefing.question else words_of(briefing.language).say(LACKS, lacking=plain)


def what_was_added(briefing: Briefing) -> str:
    """The proposals of the draft; empty where it has none."""
    parts = [proposal["text"] for proposal in briefing.draft["proposals"]] if briefing.draft else []
    return words_of(briefing.language).say(ADDED, parts=", ".join(f"“{part}”" for part in parts)) if parts else ""


def _weakest(briefing: Briefing) -> CriterionScore:
    """The criterion that costs the draft most by the rules, company documents left aside."""
    exam = Exam(
        phase=briefing.phase,
        text=briefing.draft["text"] if briefing.draft else "",
        proposals=(),
        rubric=briefing.rubric,
        passages=(),
        rag_enabled=False,
        today=briefing.today,
        threshold=briefing.threshold,
    )
    return to_mend(score_goal(judge(exam), briefing.rubric, briefing.threshold))[0]
