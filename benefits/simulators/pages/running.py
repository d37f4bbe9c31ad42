"""Simulators are asked here, so that one that fails takes nothing with it, and says nothing of anybody.

A traceback's last line quotes what was computed with: here only the place that failed is logged.
"""

import logging
from datetime import date
from pathlib import Path

from benefits.simulators.contract import Estimate, Simulator, Verdict
from benefits.simulators.situation import Situation

log = logging.getLogger(__name__)
FAILED = "Ce calcul n’a pas fonctionné : l’erreur est de notre côté. La fiche dit à qui demander."


def asked_by(simulator: Simulator, situation: Situation, on: date) -> tuple[str, ...]:
    """What it still needs; nothing when it fails."""
    try:
        return simulator.asks(situation, on)
    except Exception as problem:
        _note(simulator, problem)
        return ()


def estimate_of(simulator: Simulator, situation: Situation, on: date) -> Estimate:
    try:
        return simulator.estimate(situation, on)
    except Exception as problem:
        _note(simulator, problem)
        return Estimate(simulator=simulator.id, verdict=Verdict.unknown, because=FAILED)


def _note(simulator: Simulator, problem: Exception) -> None:
    at = problem.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    where = f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at else "?"
    log.error("simulator %s failed: %s at %s", simulator.id, type(problem).__name__, where)
