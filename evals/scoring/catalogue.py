"""Every suite, in the order of the report."""

from collections.abc import Callable, Mapping

from evals.scoring.data import Data
from evals.scoring.suite import Suite
from evals.scoring.suites.alignment import alignment
from evals.scoring.suites.calibration import calibration
from evals.scoring.suites.detection import detection
from evals.scoring.suites.fairness import fairness
from evals.scoring.suites.faithfulness import faithfulness
from evals.scoring.suites.journeys import journeys
from evals.scoring.suites.links import links
from evals.scoring.suites.monotony import monotony
from evals.scoring.suites.ranking import ranking
from evals.scoring.suites.resistance import resistance
from evals.scoring.suites.stability import stability

SUITES: Mapping[str, Callable[[Data], Suite]] = {
    "ranking": ranking,
    "detection": detection,
    "calibration": calibration,
    "stability": stability,
    "fairness": fairness,
    "monotony": monotony,
    "resistance": resistance,
    "links": links,
    "alignment": alignment,
    "journeys": journeys,
    "faithfulness": faithfulness,
}
