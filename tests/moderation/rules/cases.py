"""The sentences of cases.json, and the half of them the rules may be adjusted on."""

from pathlib import Path

from moderation.rules.sentences import read_sentences

CASES = read_sentences(Path(__file__).with_name("cases.json"))
TUNING = [case for case in CASES if not case.is_for_judging]
JUDGING = [case for case in CASES if case.is_for_judging]
