"""A table: for each benefit, how many households were compared, how many agree, and by how much they differ at most."""

from collections import Counter

from tests.benefits.simulators.oracle.comparing import CENT, VARIABLES, compared


def main() -> None:
    print(f"{'benefit':12}{'compared':>10}{'paid':>8}{'agree':>8}{'largest difference':>22}{'apart':>8}")
    reasons: Counter[str] = Counter()
    for variable in VARIABLES:
        every = compared(variable)
        held = [one for one in every if not one.apart]
        agreed, paid = sum(one.difference <= CENT for one in held), sum(one.ours > 0 for one in held)
        largest = max(one.difference for one in held)
        print(f"{variable:12}{len(held):>10}{paid:>8}{agreed:>8}{largest:>20} €{len(every) - len(held):>8}")
        reasons.update(f"{variable}: {one.apart}" for one in every if one.apart)
    print("\nApart, and why:")
    for reason, count in sorted(reasons.items()):
        print(f"{count:>5}  {reason}")


if __name__ == "__main__":
    main()
