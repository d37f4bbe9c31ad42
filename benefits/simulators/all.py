"""Every simulator, in the order in which the questionnaire runs them."""

from benefits.simulators import af
from benefits.simulators.contract import Simulator

_ALL = (af.SIMULATOR,)
SIMULATORS: dict[str, Simulator] = {one.id: one for one in _ALL}
