"""Who the leads are: made-up people and companies, with the blanks and placeholders that real forms leave."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta

from checker.samples.chance import Chance

FIRST_NAMES = (
    "Adriana", "Alberto", "Aline", "Antônia", "Beatriz", "Bento", "Carla", "Cássio", "Cecília", "Cláudio", "Daniela",
    "Davi", "Débora", "Elisa", "Emílio", "Estela", "Fábio", "Fernanda", "Gilberto", "Glória", "Heitor", "Iara",
    "Ingrid", "Ivo", "Joana", "Jorge", "Júlia", "Laura", "Leandro", "Letícia", "Luís", "Marcos", "Marina", "Mônica",
    "Nádia", "Nelson", "Otávio", "Patrícia", "Paulo", "Raquel", "Renata", "Rodrigo", "Rosa", "Sandra", "Sérgio",
    "Sílvia", "Teresa", "Vera", "Vítor", "Wagner",
)  # fmt: skip
LAST_NAMES = (
    "Abreu", "Amaral", "Araújo", "Barros", "Batista", "Borges", "Brandão", "Cardoso", "Castro", "Coelho", "Correia",
    "Cunha", "Dantas", "Duarte", "Esteves", "Farias", "Fonseca", "Guedes", "Leal", "Macedo", "Magalhães", "Meireles",
    "Menezes", "Moura", "Neves", "Nogueira", "Pacheco", "Paiva", "Pinheiro", "Queiroz", "Ramos", "Rezende", "Sales",
    "Siqueira", "Tavares", "Teles", "Vargas", "Viana", "Vilela", "Xavier",
)  # fmt: skip
FIRM_NAMES = (
    "Alvorim", "Brisanta", "Caravelo", "Dourana", "Estivale", "Ferrugal", "Garopim", "Hortiva", "Itavelo", "Jurumã",
    "Lagorai", "Maricel", "Nortada", "Orvalim", "Pinharal", "Quiterim", "Rosavento", "Serralva", "Tainhara",
    "Umburim", "Valdoce", "Xaxinel", "Zimbral",
)  # fmt: skip
FIRM_KINDS = {
    "Food distribution": ("Distribuidora", "Alimentos", "Frigorífico", "Laticínios"),
    "Pharma logistics": ("Farmalog", "Transportes", "Biologística"),
    "Supermarkets": ("Supermercados", "Mercados", "Atacado"),
    "Cold storage": ("Armazéns Frios", "Câmaras Frias"),
    "Restaurants": ("Restaurantes", "Cozinhas"),
    "Agriculture": ("Agrícola", "Pomares"),
    "IT services": ("Sistemas", "Dados"),
}
OUR_INDUSTRIES = {"Food distribution": 40, "Pharma logistics": 20, "Supermarkets": 22, "Cold storage": 18}
OTHER_INDUSTRIES = {"Restaurants": 45, "Agriculture": 35, "IT services": 20}
QUALITY_TITLES = ("Quality manager", "Quality coordinator", "Head of quality")
JOB_TITLES = {
    "Quality manager": 18,
    "Quality coordinator": 12,
    "Operations director": 14,
    "Operations manager": 16,
    "Plant manager": 12,
    "Maintenance supervisor": 10,
    "Logistics coordinator": 12,
    "Buyer": 6,
}
REGIONS = {
    "south": {"PR": 45, "SC": 30, "RS": 25},
    "southeast": {"SP": 55, "MG": 22, "RJ": 15, "ES": 8},
    "elsewhere": {"BA": 30, "PE": 22, "GO": 20, "CE": 16, "DF": 12},
}
AREA_CODES = {
    "PR": 41, "SC": 48, "RS": 51, "SP": 11, "MG": 31, "RJ": 21, "ES": 27, "BA": 71, "PE": 81, "GO": 62, "CE": 85,
    "DF": 61,
}  # fmt: skip
PRODUCTS = {"Room sensors": 55, "Truck sensors": 20, "Room and truck sensors": 25}
PLACEHOLDERS = ("", "", "-", "N/A")
"""How a blank looks in the export: the CRM's own, and what people type to get past a form."""

ACTIVITIES = {
    "Read an article": (2, False),
    "Opened an e-mail": (1, False),
    "Read the audit guide": (8, False),
    "Watched a webinar": (10, False),
    "Used the loss calculator": (15, True),
    "Visited the price page": (15, True),
    "Asked for a price": (40, True),
    "Asked for a demo": (40, True),
}
"""Label -> points, and whether it shows buying mode: the agreement's `actions`."""
LEARNING = tuple(label for label, (_, is_buying) in ACTIVITIES.items() if not is_buying)
LOOKING = ("Used the loss calculator", "Visited the price page")
ASKING = ("Asked for a demo", "Asked for a price")
READY_FROM = 30
"""Points from which the agreement calls a lead an MQL."""
LOST_POINTS, LOST_AFTER = 10, timedelta(days=30)
"""What a lead that has not been back for so long loses."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What the CRM knows of a lead, as it exports it; blank text is a blank cell."""

    full_name: str
    email: str
    phone: str
    company: str
    company_type: str
    job_title: str
    industry: str
    employees: str
    cold_rooms: str
    country: str
    state: str
    consent: str
    interested_in: str
    wants_it_by: str
    activities: tuple[str, ...]
    last_visit: date

    @property
    def asked_for_us(self) -> bool:
        return self.activities[-1:] in [(label,) for label in ASKING]

    def score(self, on: date) -> int:
        """The points that the mailing tool shows on a day."""
        lost = LOST_POINTS if on - self.last_visit >= LOST_AFTER else 0
        return points(self.activities) - lost


def points(activities: tuple[str, ...]) -> int:
    """Every activity counts, every time."""
    return sum(ACTIVITIES[label][0] for label in activities)


def ready(chance: Chance, region: str, asking: float, on: date) -> Profile:
    """A lead that fits the ideal customer, has points enough and is in buying mode on a day.

    `asking` is how likely its last activity is to ask for a demo or a price.
    """
    industry = chance.weighted(OUR_INDUSTRIES)
    smallest, biggest = chance.weighted({(50, 120): 30, (121, 500): 45, (501, 2000): 25})
    employees = chance.whole(smallest, biggest)
    return _person(
        chance,
        industry=industry,
        employees=employees,
        cold_rooms=chance.whole(3, 6 + employees // 40),
        state=chance.weighted(REGIONS[region]),
        activities=_path_to_ready(chance, chance.one_of(ASKING if chance.happens(asking) else LOOKING)),
        last_visit=on - timedelta(days=chance.weighted({0: 8, 1: 1, 3: 1})),
        on=on,
    )


def _path_to_ready(chance: Chance, last: str) -> tuple[str, ...]:
    path = [chance.one_of(LEARNING) for _ in range(chance.whole(1, 3))]
    while points((*path, last)) < READY_FROM:
        path.append(chance.one_of((*LEARNING, *LOOKING)))
    return (*path, last)


def is_ideal(profile: Profile) -> bool:
    """Whether a lead surely fits the ideal customer, whatever it did so far."""
    numbers = (profile.employees, profile.cold_rooms)
    return (
        profile.industry in OUR_INDUSTRIES
        and profile.country == "Brazil"
        and profile.consent == "Yes"
        and profile.company_type in ("", "End user")
        and all(number.isdecimal() for number in numbers)
        and 50 <= int(profile.employees) <= 2000
        and int(profile.cold_rooms) >= 3
    )


def almost_ready(chance: Chance, profile: Profile, until: date) -> Profile:
    """The same lead, back for a look at the product in the month before a day; as it was, where that makes it ready."""
    activities = (*profile.activities, chance.one_of(LOOKING))
    last_visit = max(profile.last_visit, until - timedelta(days=chance.whole(0, LOST_AFTER.days - 1)))
    if points(activities) >= READY_FROM:
        return profile
    return replace(profile, activities=activities, last_visit=last_visit)


def wrongly_qualified(chance: Chance, profile: Profile) -> Profile:
    """The same lead, but for one of the criteria that it surely fails."""
    return chance.one_of(
        (
            replace(profile, employees=str(chance.whole(12, 40))),
            replace(profile, cold_rooms=str(chance.whole(0, 2))),
            replace(profile, country="Portugal"),
            replace(profile, activities=("Read the audit guide", "Visited the price page")),
            replace(profile, activities=(*profile.activities, "Opened an e-mail")),
        )
    )


def small_shop(chance: Chance, profile: Profile) -> Profile:
    """A shop just big enough for the criteria."""
    company = f"Mercado {chance.one_of(FIRM_NAMES)}"
    return replace(
        profile,
        industry="Supermarkets",
        company=company,
        email=_email(profile.full_name, company),
        employees=str(chance.whole(50, 79)),
        cold_rooms="3",
    )


def raw(chance: Chance, on: date, until: date) -> Profile:
    """Any other lead: not one of ours, or one of ours that is not ready; its fields are often blank.

    It came `on` a day, and was seen again `until` the export at the latest.
    """
    region = chance.weighted({"south": 35, "southeast": 45, "elsewhere": 20})
    ideal = ready(chance, region, 0, on)
    last_visit = min(until, on + timedelta(days=chance.weighted({0: 50, 2: 20, 9: 15, 30: 10, 60: 5})))
    learning = tuple(chance.one_of(LEARNING) for _ in range(chance.whole(1, 6)))
    if chance.happens(0.4):
        return _with_blanks(chance, replace(ideal, activities=learning, last_visit=last_visit))
    kind = chance.weighted({"industry": 45, "small": 30, "country": 5, "rooms": 12, "type": 8})
    other = ideal
    if kind == "industry":
        industry = chance.weighted(OTHER_INDUSTRIES)
        other = replace(ideal, industry=industry)
    elif kind == "small":
        other = replace(ideal, employees=str(chance.whole(2, 49)))
    elif kind == "country":
        other = replace(ideal, country=chance.one_of(("Portugal", "Argentina", "Paraguay")), state="", phone="")
    elif kind == "rooms":
        other = replace(ideal, cold_rooms=str(chance.whole(0, 2)))
    else:
        other = replace(ideal, company_type=chance.one_of(("Competitor", "Student", "Supplier")))
    activities = learning if chance.happens(0.7) else (*learning, chance.one_of(LOOKING))
    return _with_blanks(chance, replace(other, activities=activities, last_visit=last_visit))


def _with_blanks(chance: Chance, profile: Profile) -> Profile:
    def seldom(text: str, share: float) -> str:
        return chance.one_of(PLACEHOLDERS) if chance.happens(share) else text

    return replace(
        profile,
        phone=seldom(profile.phone, 0.3),
        company=seldom(profile.company, 0.05),
        job_title=seldom(profile.job_title, 0.18),
        employees=seldom(profile.employees, 0.12),
        cold_rooms=seldom(profile.cold_rooms, 0.35),
        state=seldom(profile.state, 0.08),
        consent=chance.weighted({"Yes": 90, "No": 5, "": 5}),
        interested_in=seldom(profile.interested_in, 0.02),
        wants_it_by=seldom(profile.wants_it_by, 0.02),
    )


def _person(
    chance: Chance,
    *,
    industry: str,
    employees: int,
    cold_rooms: int,
    state: str,
    activities: tuple[str, ...],
    last_visit: date,
    on: date,
) -> Profile:
    name = f"{chance.one_of(FIRST_NAMES)} {chance.one_of(LAST_NAMES)}"
    company = f"{chance.one_of(FIRM_KINDS[industry])} {chance.one_of(FIRM_NAMES)}"
    return Profile(
        full_name=name,
        email=_email(name, company),
        phone=f"+55 {AREA_CODES[state]} 5555-{chance.whole(0, 9999):04d}",
        company=company,
        company_type=chance.weighted({"": 80, "End user": 20}),
        job_title=chance.weighted(JOB_TITLES),
        industry=industry,
        employees=str(employees),
        cold_rooms=str(cold_rooms),
        country="Brazil",
        state=state,
        consent="Yes",
        interested_in=chance.weighted(PRODUCTS),
        wants_it_by=(on + timedelta(days=chance.whole(20, 300))).isoformat(),
        activities=activities,
        last_visit=last_visit,
    )


def _email(name: str, company: str) -> str:
    """An address in the domain that is reserved for examples (RFC 2606)."""
    return f"{_plain(name).replace(' ', '.')}@{_plain(company).replace(' ', '-')}.example"


def _plain(text: str) -> str:
    """Lower case without accents."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
