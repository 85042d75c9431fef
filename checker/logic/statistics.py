"""How much a share or a count can say: intervals, and the odds of missing a promise that is really kept.

Nothing here decides whether a promise is met: that is exact arithmetic on the counts. These numbers stand beside a
verdict, so they are floats, except where they are a verdict of their own (`too_few_to_tell`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from statistics import NormalDist

CONFIDENCE = 0.95
_TAIL = (1 - CONFIDENCE) / 2
Z = NormalDist().inv_cdf(1 - _TAIL)
"""How many standard deviations to either side hold 95% of a normal distribution: 1.96."""


def wilson_interval(kept: int, total: int) -> tuple[float, float]:
    """The shares that `kept` of `total` are compatible with, at 95%: 9 of 10 may be anything from 60% to 98%.

    Wilson's score interval (E. B. Wilson, 1927): (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n). Raises
    ValueError unless 0 <= kept <= total and total > 0.
    """
    if not 0 <= kept <= total or total == 0:
        raise ValueError(f"{kept} of {total} is no share")
    share = kept / total
    spread = Z * math.sqrt(share * (1 - share) / total + Z**2 / (4 * total**2))
    middle = share + Z**2 / (2 * total)
    scale = 1 + Z**2 / total
    return max((middle - spread) / scale, 0.0), min((middle + spread) / scale, 1.0)


def too_few_to_tell(kept: int, total: int, target: Fraction) -> bool:
    """Whether a team that really keeps exactly `target` may well show `kept` of `total`: Wilson's interval holds it.

    Decided without rounding, on the inequality that the interval solves: (kept − n·target)² <= z²·n·target(1 − target).
    """
    return (kept - total * target) ** 2 <= Fraction(Z) ** 2 * total * target * (1 - target)


def chance_of_missing(total: int, target: Fraction) -> float:
    """How often a team that really keeps `target` of its promises shows less than that among `total`.

    The exact tail of the binomial distribution: P(X < n·target) for X ~ Binomial(n, target). With 20 leads a team
    that really answers 90% in time misses that promise in 32 of 100 months.
    """
    return chance_of_at_most(math.ceil(total * target) - 1, total, target)


def chance_of_at_most(kept: int, total: int, target: Fraction) -> float:
    """How often a team that really keeps `target` of its promises shows `kept` or fewer among `total`.

    The exact tail of the binomial distribution: P(X <= kept) for X ~ Binomial(total, target).
    """
    if kept >= total:
        return 1.0
    if target in (0, 1) or kept < 0:
        return float(target == 0 and kept >= 0)
    share = float(target)
    if kept > total * share:
        # Above the mean the other end is the short one.
        return 1 - chance_of_at_most(total - kept - 1, total, 1 - target)
    term = math.exp(
        math.lgamma(total + 1)
        - math.lgamma(kept + 1)
        - math.lgamma(total - kept + 1)
        + kept * math.log(share)
        + (total - kept) * math.log1p(-share)
    )
    # From the largest term down: below the mean each is smaller than the one before.
    chance = 0.0
    for number in range(kept, -1, -1):
        if chance + term == chance:
            break
        chance += term
        term *= number * (1 - share) / ((total - number + 1) * share)
    return chance


def poisson_band(mean: Fraction | float) -> tuple[int, int]:
    """The counts between which a month falls 95 times in 100 if `mean` are expected: 63 to 98 for 80.

    The 2.5% and the 97.5% quantile of the Poisson distribution, exact: the least counts that are not exceeded with
    at least that probability. Raises ValueError for a negative mean.
    """
    if mean < 0:
        raise ValueError(f"nobody expects {mean}")
    return _poisson_quantile(float(mean), _TAIL), _poisson_quantile(float(mean), 1 - _TAIL)


def mean_interval(values: Mapping[Fraction, int]) -> tuple[float, float]:
    """The means that values, given with how often each occurs, are compatible with, at 95%: mean ± z·s/√n.

    By the central limit theorem, with the sample's own deviation (n − 1). Raises ValueError for fewer than two values.
    """
    count = sum(values.values())
    if count < 2:
        raise ValueError(f"{count} values have no spread")
    mean = sum(value * times for value, times in values.items()) / count
    spread = sum((value - mean) ** 2 * times for value, times in values.items()) / (count - 1)
    reach = Z * math.sqrt(spread / count)
    return float(mean) - reach, float(mean) + reach


def rest_band(seen: int, gone: int, total: int) -> tuple[int, int]:
    """How many more come in the rest of a month, 95 times in 100, if `seen` came in `gone` of `total` days.

    The rate is known from `seen` alone, so that the band is that of the negative binomial distribution: of a Poisson
    count whose rate has Jeffreys' prior, after `seen` in `gone` days (Hahn, Meeker: Statistical Intervals, 7.6). With
    the rate taken for certain the band would hold 84 of 100 months on the tenth day of 22, and 49 on the third, not 95:
    see decision 0034. Raises ValueError unless 0 < gone <= total and seen >= 0.
    """
    if seen < 0 or not 0 < gone <= total:
        raise ValueError(f"{seen} in {gone} of {total} days say nothing of the rest")
    known = gone / total
    return _rest_quantile(seen + 0.5, known, _TAIL), _rest_quantile(seen + 0.5, known, 1 - _TAIL)


def _rest_quantile(size: float, known: float, probability: float) -> int:
    """The least count that a negative binomial of this size and chance of success does not exceed so often."""
    if known == 1:
        return 0
    mean = size * (1 - known) / known
    # Fifteen standard deviations below the mean there is nothing left to add up.
    count = max(math.floor(mean - 15 * math.sqrt(mean / known)), 0)
    term = math.exp(
        math.lgamma(count + size)
        - math.lgamma(count + 1)
        - math.lgamma(size)
        + size * math.log(known)
        + count * math.log1p(-known)
    )
    total = term
    while total < probability:
        term *= (count + size) / (count + 1) * (1 - known)
        count += 1
        total += term
    return count


def _poisson_quantile(mean: float, probability: float) -> int:
    if mean == 0:
        return 0
    # Fifteen standard deviations below the mean there is nothing left to add up.
    count = max(math.floor(mean - 15 * math.sqrt(mean)), 0)
    term = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    total = term
    while total < probability:
        count += 1
        term *= mean / count
        total += term
    return count


def nearest_rank(values: Iterable[int], share: Fraction) -> int | None:
    """The smallest value that at least `share` of the values do not exceed; None without values.

    The median is the share 1/2: of an even number of values, the lower of the two in the middle.
    """
    return nearest_rank_of_counts(Counter(values), share)


def nearest_rank_of_counts(counts: Mapping[int, int], share: Fraction) -> int | None:
    """`nearest_rank` of values that are given with how often each occurs. Raises ValueError unless 0 < share <= 1."""
    if not 0 < share <= 1:
        raise ValueError(f"no rank is nearest to {share} of the values")
    rank = math.ceil(share * sum(counts.values()))
    for value, count in sorted(counts.items()):
        rank -= count
        if rank <= 0 and count > 0:
            return value
    return None


def chance_of_difference(part: int, whole: int, other_part: int, other_whole: int) -> float:
    """How often two shares of one kind differ at least as much as these do, if only chance parts them.

    Fisher's exact test, two-sided: of all ways to share out the same totals, the probability of those that are no
    likelier than what was seen (R. A. Fisher, The Design of Experiments, 1935). The lady tasting tea, who told 3 of 4
    cups right, has 34/70. Raises ValueError unless each part is one of its whole.
    """
    if not (0 <= part <= whole and 0 <= other_part <= other_whole):
        raise ValueError(f"{part} of {whole} and {other_part} of {other_whole} are no shares")
    kept, total = part + other_part, whole + other_whole

    def log_ways(of: int, taken: int) -> float:
        return math.lgamma(of + 1) - math.lgamma(taken + 1) - math.lgamma(of - taken + 1)

    def log_chance(taken: int) -> float:
        return log_ways(whole, taken) + log_ways(other_whole, kept - taken) - log_ways(total, kept)

    # Rounding must not part tables that are equally likely: seven digits, as R takes it.
    limit = log_chance(part) + 1e-7
    least, most = max(0, kept - other_whole), min(kept, whole)
    chances = (log_chance(taken) for taken in range(least, most + 1))
    return min(math.fsum(math.exp(chance) for chance in chances if chance <= limit), 1.0)


def ratio_interval(part: int, whole: int, other_part: int, other_whole: int) -> tuple[float, float]:
    """The ratios of two shares that are compatible with what was seen, at 95%: of 189 in 11,034 and 104 in 11,037, 1.43
    to 2.31.

    The normal interval of the ratio's logarithm (D. Katz and others, Biometrics 34, 1978), whose variance is 1/a - 1/n
    + 1/c - 1/m. Where a part is none, half a case is added to both parts and both wholes (S. D. Walter, Biometrika 62,
    1975). Raises ValueError unless each part is one of its whole, and no whole is empty.
    """
    if not (0 <= part <= whole and 0 <= other_part <= other_whole and whole and other_whole):
        raise ValueError(f"{part} of {whole} and {other_part} of {other_whole} have no ratio")
    more = 0.0 if part and other_part else 0.5
    a, n, c, m = part + more, whole + more, other_part + more, other_whole + more
    middle = math.log(a / n) - math.log(c / m)
    spread = Z * math.sqrt(1 / a - 1 / n + 1 / c - 1 / m)
    return math.exp(middle - spread), math.exp(middle + spread)


def adjusted(chances: Sequence[float]) -> tuple[float, ...]:
    """Chances of several tests, so that at most 1 in 20 runs of all of them together shows anything by chance alone.

    Holm's steps: the smallest of n times n, the next times n - 1, and none below the one before it (S. Holm,
    Scandinavian Journal of Statistics 6, 1979). In the order in which they were given.
    """
    found = [0.0] * len(chances)
    least = 0.0
    for step, place in enumerate(sorted(range(len(chances)), key=lambda place: chances[place])):
        least = max(least, min(chances[place] * (len(chances) - step), 1.0))
        found[place] = least
    return tuple(found)
