"""What a pattern cannot tell: checksums, numbers said in words, disguised addresses, prices asked."""

from moderation.rules.finders import addresses, phones, prices, proofs
from moderation.rules.finders.registry import FINDERS, Finder

__all__ = ["FINDERS", "Finder", "addresses", "phones", "prices", "proofs"]
