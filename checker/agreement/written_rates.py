"""The conversion rates of an agreement, line by line, and whose leads each of them is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.agreement.agreement import Agreement
from checker.finding import Path
from checker.quantity import Share


@dataclass(frozen=True, slots=True)
class WrittenRate:
    """A rate as it is written: where, how much, its id, and the channel that it is for.

    One for all channels (None) is not for those `but` which have their own.
    """

    path: Path
    share: Share
    id: str
    channel: str | None = None
    but: frozenset[str] = frozenset()

    def is_about(self, channel: str | None) -> bool:
        """Whether it holds for the leads of a channel."""
        return channel == self.channel if self.channel is not None else channel not in self.but


def written_rates(agreement: Agreement) -> Iterator[WrittenRate]:
    """Every rate from one stage to the next, the one for all channels first."""
    for _, _, rate in agreement.conversions():
        own = {
            name: channel.rates[rate]
            for name, channel in agreement.channels.items()
            if channel.rates is not None and rate in channel.rates
        }
        shared = (agreement.sections.rates or {}).get(rate)
        if shared is not None:
            yield WrittenRate(("rates", rate), shared, rate, but=frozenset(own))
        for name, share in own.items():
            yield WrittenRate(("channels", name, "rates", rate), share, rate, name)
