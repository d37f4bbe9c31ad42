"""The simulators against OpenFisca-France, which lives in an environment of its own: `make .venv/openfisca/.ready`.

`python -m tests.benefits.simulators.oracle` prints how far they agree.
"""
