"""Days without work: the public holidays of a country or region, corrected by hand.

The `holidays` package is part of the extra `check` and slow to import, so that it is imported only where a country
is named.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from types import ModuleType

from checker.errors import MissingExtra
from checker.message import Message, Written, all_of, say


class UnknownPlace(ValueError):
    """A country or region whose holidays nobody knows; `nearest` is what may be meant, where something is similar."""

    def __init__(self, name: str, nearest: str | None, message: Message) -> None:
        super().__init__(message.text)
        self.name = name
        self.nearest = nearest
        self.message = message


def closed_days(
    country: str | None,
    region: str | None,
    also: Collection[date],
    except_: Collection[date],
    years: Iterable[int],
) -> frozenset[date]:
    """The days without work in some years: public holidays and `also`, without `except_`.

    `country` is a code as in `BR`, `region` one of its states or regions as in `SP`; without a country only `also`
    counts, whatever its year. Raises UnknownPlace, MissingExtra.
    """
    return _public(country, region, tuple(years)) - frozenset(except_) | frozenset(also)


@lru_cache(maxsize=32)
def _public(country: str | None, region: str | None, years: tuple[int, ...]) -> frozenset[date]:
    return frozenset(_holidays(country, region, years, None, public_only=True))


def has_holidays(country: str) -> bool:
    """Whether the public holidays of a country are known, by its code as in `BR`. Raises MissingExtra."""
    return country in _library().list_supported_countries()


def holiday_names(
    country: str | None, region: str | None, years: Iterable[int], language: str = "en"
) -> dict[date, str]:
    """What the holidays of some years are called, for days that a calendar says are closed.

    Also names the days that only some employers give (Carnival in Brazil). `language` is a code as in `pt-BR`; where
    the names are not known in it, they are in the country's own language. Raises UnknownPlace, MissingExtra.
    """
    years = tuple(years)
    return {
        **_holidays(country, region, years, language, public_only=False),
        **_holidays(country, region, years, language, public_only=True),
    }


def _holidays(
    country: str | None, region: str | None, years: Iterable[int], language: str | None, *, public_only: bool
) -> Mapping[date, str]:
    if country is None:
        if region is not None:
            raise UnknownPlace(region, None, say("the region {name} needs its country beside it", name=region))
        return {}
    library = _library()
    regions = library.list_supported_countries().get(country)
    if regions is None:
        raise _unknown_country(library, country)
    if region is not None and region not in regions:
        raise _unknown_region(library, country, region)
    known = library.country_holidays(country)
    with warnings.catch_warnings():
        # Some countries' moving feasts are listed for some decades only; the package says so on every call.
        warnings.simplefilter("ignore")
        found: Mapping[date, str] = library.country_holidays(
            country,
            subdiv=region,
            years=tuple(years),
            language=_closest_language(language, known.supported_languages, known.default_language),
            categories=None if public_only else known.supported_categories,
        )
    return found


def _library() -> ModuleType:
    try:
        import holidays
    except ImportError as error:
        raise MissingExtra(
            say(
                "public holidays of a country need a part that is installed separately: {command}",
                command=Written('pip install "smarketing-sla[check]"'),
            )
        ) from error
    return holidays


def _closest_language(wanted: str | None, known: Collection[str], own: str | None) -> str | None:
    """The name by which the package knows a language, or else the country's own."""
    code = (wanted or "").replace("-", "_")
    for name in (code, *sorted(known, key=lambda name: (name != "en_US", name))):
        if code and name in known and name.split("_")[0] == code.split("_")[0]:
            return name
    return own


def _unknown_country(library: ModuleType, name: str) -> UnknownPlace:
    codes = {country.replace("_", " "): entry[1] for country, entry in library.registry.COUNTRIES.items()}
    wanted = name.lower()
    similar = [country for country in codes if country.startswith(wanted)] or get_close_matches(wanted, codes, n=1)
    if not similar:
        return UnknownPlace(
            name, None, say("no public holidays are known for {name}: write a country's code, as in BR", name=name)
        )
    return UnknownPlace(
        name,
        codes[similar[0]],
        say(
            "no public holidays are known for {name}: did you mean {code} ({country})?",
            name=name,
            code=codes[similar[0]],
            country=similar[0].title(),
        ),
    )


def _unknown_region(library: ModuleType, country: str, name: str) -> UnknownPlace:
    entity = library.country_holidays(country)
    codes = {code: code for code in entity.subdivisions} | dict(entity.subdivisions_aliases)
    by_lower_case = {known.lower(): code for known, code in codes.items()}
    similar = get_close_matches(name.lower(), by_lower_case, n=1)
    if similar:
        nearest = by_lower_case[similar[0]]
        message = say(
            "{country} has no region {name}: did you mean {nearest}?", country=country, name=name, nearest=nearest
        )
        return UnknownPlace(name, nearest, message)
    if codes:
        regions = all_of(entity.subdivisions)
        message = say(
            "{country} has no region {name}: its regions are {regions}", country=country, name=name, regions=regions
        )
    else:
        message = say(
            "{country} has no regions with holidays of their own, so {name} is none", country=country, name=name
        )
    return UnknownPlace(name, None, message)
