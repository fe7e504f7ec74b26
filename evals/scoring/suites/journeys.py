"""An employee who answers what is asked reaches the threshold within three messages, from any vague beginning."""

# ruff: noqa: E501 - what people type stands unbroken

from evals.scoring.data import Data
from evals.scoring.scripted import Journey, Script, walk
from evals.scoring.suite import Example, Suite, Value, at_least, at_most, share
from state.conversation import Profile
from state.phases import Phase

ENOUGH = 3
OPENINGS = {
    Phase.G6_VALUES: (
        "Respect and reliability, I guess.",
        "I never really thought about my values.",
        "Honesty is what counts for me, and being there for the others.",
        "quality, safety, teamwork",
        "Doing a good job and being fair to people.",
        "I want people to be able to trust me",
        "Curiosity mostly.",
        "the usual things: honesty, respect, a bit of fun",
        "That everybody is treated the same, and that we learn from mistakes.",
        "Patience. You need a lot of it here.",
    ),
    Phase.G8_ACTIONS: (
        "I should do some training.",
        "Get better at planning and help the new people.",
        "Read more, and talk to my manager more often.",
        "take a course",
        "I will work on my communication.",
        "Improve how we hand over between shifts",
        "Mentor someone and tidy up our documentation",
        "Learn the new system, then show it to the others.",
        "Do fewer things at once.",
        "Ask customers what they need, maybe with a survey.",
    ),
}
ANSWERS = {
    Phase.G4_FUTURE: {
        "specificity": (
            "I mean leading the early shift in my own department, and training the new starters there.",
            "I would run the weekly planning for a group of 6 colleagues.",
        ),
        "measurability": (
            "From 70% to 85% of our orders on time, and 4 new starters trained.",
            "A certificate as a trainer, and 2 finished projects.",
        ),
        "time_bound": ("By the end of June 2028.", "In 18 months at the latest."),
        "alignment": ("Our handbook asks team leads to train new colleagues, and that is what I would do.",),
    },
    Phase.G6_VALUES: {
        "clarity": (
            "Honesty, reliability and patience.",
            "Fairness as well: everybody gets the same rota.",
        ),
        "authenticity": (
            "Honesty: I tell my manager the same day when I have made a mistake. Reliability: I call back every customer before I go home. "
            "Patience: I explain the till to a new starter a third time without sighing.",
            "I swap shifts when a colleague has to pick up a child, and I write down every change for the next shift.",
        ),
        "company_alignment": ("Our company writes about honesty too, and I say early when something will be late.",),
    },
    Phase.G8_ACTIONS: {
        "specificity": (
            "Finish the first-aid course by March, train 2 new colleagues by May, and write the handover checklist by the end of April.",
            "Shadow the planner for 3 days in February.",
        ),
        "measurability": (
            "2 colleagues trained, 1 checklist written, and the course passed by March.",
            "Every Monday, for 12 weeks.",
        ),
        "time_bound": ("All of it by the end of June 2027.",),
        "achievability": ("That is 2 hours a week until June.",),
        "alignment": ("The handbook asks for a checklist at every handover.",),
    },
}


def journeys(data: Data) -> Suite:
    """Every vague goal of the data as the first message of a vision, and ten beginnings each of values and of a plan."""
    walked = [
        (number, phase, text, walk(script_of(phase, profession), text))
        for number, phase, text, profession in openings(data)
    ]
    examples = [_example(number, phase, text, journey) for number, phase, text, journey in walked]
    by_phase = {phase: [e.right for e in examples if e.inputs["phase"] == phase.value] for phase in ANSWERS}
    return Suite(
        "journeys",
        f"{len(examples)} dialogues of a scripted employee who answers what is asked",
        examples,
        (
            at_least(f"phases at the threshold within {ENOUGH} messages", 0.90, share([e.right for e in examples])),
            at_most("refined goals that score below what was said", 0, sum(bool(e.got["below"]) for e in examples)),
        ),
        {f"{phase.value}: the same": share(rights) for phase, rights in by_phase.items()},
    )


def openings(data: Data) -> list[tuple[str, Phase, str, str]]:
    """Id, phase, first message and profession of each dialogue."""
    visions = [(pair.id, Phase.G4_FUTURE, pair.vague, pair.profession) for pair in data.pairs]
    others = [
        (f"{phase.value} {n}", phase, text, "team member")
        for phase, texts in OPENINGS.items()
        for n, text in enumerate(texts, 1)
    ]
    return [*visions, *others]


def script_of(phase: Phase, profession: str) -> Script:
    """The employee's facts for a phase."""
    return Script(phase, Profile(name="Kim", position=profession), ANSWERS[phase])


def _example(number: str, phase: Phase, text: str, journey: Journey) -> Example:
    got: dict[str, Value] = {
        "messages": float(len(journey.said)),
        "score": journey.card["score"],
        "asked": " ".join(journey.asked),
        "goal": journey.draft["text"],
        "below": journey.below,
    }
    right = journey.reached and len(journey.said) <= ENOUGH
    return Example(number, {"phase": phase.value, "opening": text}, {"messages": float(ENOUGH)}, got, right)
