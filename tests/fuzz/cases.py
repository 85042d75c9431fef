"""Cases: files and a command line, each made from chance alone, so that its number makes it again.

A kind is a function from chance to a case. Kinds that cost little come often; those that ask the engine, seldom.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from tests.cli.test_check import AGREEMENT, LEADS
from tests.fuzz import mutation, seeds
from tests.fuzz.tree import ODD_VALUES, block, by_schema, schema_of

REVIEW_FORMATS = ("text", "text", "text", "json", "markdown", "github", "gitlab", "sarif", "junit")
LANGUAGES = ("en", "pt-BR", "es", "it", "pl")
LISTS = ("overdue", "due-soon", "undecided", "returned-without-reason", "missed", "wrongly-qualified", "deadlines")


@dataclass(frozen=True, slots=True)
class Case:
    """Files by their names below an empty folder, and what is asked of the command line there."""

    kind: str
    files: Mapping[str, bytes]
    arguments: tuple[str, ...]


Maker = Callable[[Random], tuple[Mapping[str, bytes | str], tuple[str, ...]]]
KINDS: dict[str, tuple[int, Maker]] = {}
"""Name -> how often, and what makes one."""


def kind(weight: int) -> Callable[[Maker], Maker]:
    """Adds a kind."""

    def add(maker: Maker) -> Maker:
        KINDS[maker.__name__.replace("_", " ")] = (weight, maker)
        return maker

    return add


def case(chance: Random, only: str | None = None) -> Case:
    """A case of some kind, or of this one."""
    names = list(KINDS)
    name = only or chance.choices(names, [weight for weight, _ in KINDS.values()])[0]
    files, arguments = KINDS[name][1](chance)
    return Case(name, {path: _bytes(content) for path, content in files.items()}, arguments)


def numbered(number: int, only: str | None = None) -> Case:
    """The case of a number: the same on each machine."""
    return case(Random(number), only)


def _bytes(content: bytes | str) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", errors="surrogatepass")


# ---------------------------------------------------------------- agreements


def agreement(chance: Random) -> str:
    """A small agreement: a real one with damage, with values exchanged, or one made by the schema."""
    roll = chance.random()
    small = seeds.small_texts()
    if roll < 0.5:
        return mutation.text(chance, chance.choice(small), small)
    if roll < 0.8:
        return block(seeds.harvest().edited(chance))
    schema = schema_of("agreement")
    made = block(by_schema(chance, schema, seeds.harvest(), schema))
    return made if roll < 0.93 else mutation.text(chance, made, small)


def _options(chance: Random, *formats: str) -> tuple[str, ...]:
    found: list[str] = []
    if chance.random() < 0.4:
        found += ["--format", chance.choice(formats or REVIEW_FORMATS)]
    if chance.random() < 0.15:
        found += ["--lang", chance.choice(LANGUAGES)]
    return tuple(found)


@kind(400)
def validate(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """An agreement in one file."""
    more = chance.choice(
        ((), (), (), ("--as-of", "2027-03-15"), ("--fail-on", "info"), ("--fix",), ("--fix", "--dry-run"))
    )
    return {"a.yaml": agreement(chance)}, ("validate", "a.yaml", *more, *_options(chance))


@kind(150)
def validate_bytes(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """A file that may be no text."""
    text = chance.choice(seeds.small_texts())
    encoding = chance.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"))
    return {"a.yaml": mutation.raw(chance, text.encode(encoding, errors="replace"))}, ("validate", "a.yaml")


@kind(3)
def validate_example(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """The example agreement, with damage in one of its files."""
    texts = dict(seeds.example_texts())
    name = chance.choice(sorted(texts))
    texts[name] = mutation.text(chance, texts[name], list(texts.values()))
    return {f"sla/{name}": text for name, text in texts.items()}, ("validate", *_options(chance))


@kind(60)
def diff(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """Two agreements; mostly the second is the first with edits."""
    old = chance.choice(seeds.small_texts()) if chance.random() < 0.7 else agreement(chance)
    new = mutation.text(chance, old, seeds.small_texts()) if chance.random() < 0.7 else agreement(chance)
    more = ("--require-version", chance.choice(("1", "2027.1", "", "x.y", "9" * 50))) if chance.random() < 0.1 else ()
    return {"a.yaml": old, "b.yaml": new}, ("diff", "a.yaml", "b.yaml", *more, *_options(chance))


@kind(20)
def explain(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """A promise of an agreement, or whatever else somebody may ask."""
    what = chance.choice(
        ("first-response", "volume", "SLA214", "sla999", "promise-tightened", "quality", ".", "x" * 90)
    )
    return {"a.yaml": agreement(chance)}, ("explain", what, "a.yaml")


@kind(10)
def plan(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """A plan, from a table or from the text alone."""
    more: tuple[str, ...] = ()
    if chance.random() < 0.5:
        more = ("--from", "plan.csv")
    if chance.random() < 0.3:
        more += ("--goal", chance.choice(("46 customers", "R$ 1000", "0", "-1", "9" * 200, "many", "1e9")))
    if chance.random() < 0.2:
        more += ("--rate", chance.choice(("lead_to_mql=20%", "lead_to_mql=0%", "x=1%", "=", "a.b.c=1")))
    table = mutation.table(chance, seeds.PLAN_TABLE)
    return {"a.yaml": agreement(chance), "plan.csv": table}, (
        "plan",
        "a.yaml",
        *more,
        *_options(chance, "text", "json"),
    )


@kind(100)
def releases(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """A folder of releases, some of them damaged."""
    files: dict[str, bytes | str] = {"sla/agreement.yaml": agreement(chance)}
    for version, day in (("2027.1", "2027-01-01"), ("2027.2", "2027-03-01")):
        text = chance.choice(seeds.small_texts()) + "\n" + seeds.STAMP.format(version=version, day=day)
        name = chance.choice((f"{version}.yaml", f"{version}.yaml", f"{version}.yml", "x.yaml"))
        files[f"sla/releases/{name}"] = mutation.text(chance, text) if chance.random() < 0.6 else text
    if chance.random() < 0.5:
        files["sla/release.yaml"] = mutation.text(chance, seeds.STAMP.format(version="2027.2", day="2027-03-01"))
    signed = ("--signed", "sam=2026-12-01", "--signed", chance.choice(("mia=2026-12-01", "x", "=", "mia=2026-13-01")))
    asked = chance.choice(
        (
            ("changelog",),
            ("changelog", "--format", "json"),
            ("validate",),
            ("release", "--dry-run", *signed),
            ("release", *signed),
        )
    )
    return files, asked


@kind(40)
def owners(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """A CODEOWNERS file that somebody wrote."""
    files = {"sla/agreement.yaml": agreement(chance), "CODEOWNERS": mutation.text(chance, seeds.CODEOWNERS)}
    owner = chance.choice(("marketing=@acme/marketing", "sales=@x", "=", "x=@y", "marketing=acme"))
    return files, ("owners", "--owner", owner, *(("--check",) if chance.random() < 0.5 else ()))


# ---------------------------------------------------------------- payloads


@kind(250)
def payload(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """Leads as JSON, or a lead a line."""
    text = mutation.records(chance, chance.choice(seeds.PAYLOADS))
    if chance.random() < 0.2:
        text += "\n" + mutation.records(chance, seeds.PAYLOADS[0])
    asked = chance.choice(("validate", "route"))
    content = mutation.raw(chance, text.encode("utf-8", "surrogatepass")) if chance.random() < 0.1 else text
    files = {"a.yaml": seeds.HANDOFF, "p.json": content}
    return files, ("handoff", asked, "p.json", "--agreement", "a.yaml", *_options(chance, "text", "json"))


@kind(60)
def payload_of_any_agreement(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """Fitting leads, by an agreement that is damaged."""
    text = mutation.text(chance, seeds.HANDOFF, seeds.small_texts())
    files = {"a.yaml": text, "p.json": mutation.records(chance, seeds.PAYLOADS[0])}
    asked = chance.choice((("validate", "p.json"), ("route", "p.json"), ("schema",)))
    return files, ("handoff", *asked, "--agreement", "a.yaml")


# ---------------------------------------------------------------- data


def _data(chance: Random) -> tuple[str, dict[str, bytes]]:
    text, files = chance.choice(seeds.exports()) if chance.random() < 0.4 else seeds.exports()[0]
    return text, dict(files)


def _damaged(chance: Random, files: dict[str, bytes]) -> None:
    name = chance.choice(sorted(files))
    if chance.random() < 0.8:
        text = files[name].decode("utf-8", errors="replace")
        files[name] = _bytes(mutation.table(chance, text))
    else:
        files[name] = mutation.raw(chance, files[name])


@kind(8)
def exports(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """Exports with damage, judged and listed."""
    text, files = _data(chance)
    _damaged(chance, files)
    asked = chance.choice(
        (
            ("check", "a.yaml", *_options(chance)),
            ("check", "a.yaml", "--rejects", "rejects.csv"),
            ("leads", chance.choice(LISTS), "a.yaml", *_options(chance, "text", "csv", "json", "markdown", "html")),
            ("backtest", "a.yaml"),
            ("explain", "--lead", chance.choice(("L1", "00Q00001", "", "x'\"")), "a.yaml"),
            ("source", "pack", "a.yaml", "--output", "packed", "--salt", "0123456789abcdef0"),
        )
    )
    return {"a.yaml": text, **files}, asked


@kind(6)
def source_section(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """A source section that is damaged, on exports that are whole."""
    text, files = _data(chance)
    asked = chance.choice((("check", "a.yaml"), ("source", "show", "a.yaml"), ("validate", "a.yaml")))
    return {"a.yaml": mutation.text(chance, text, [text]), **files}, asked


@kind(100)
def source_text(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """A source section that is damaged, without any file."""
    text, _ = chance.choice(seeds.exports())
    return {"a.yaml": mutation.text(chance, text, [text])}, chance.choice(
        (("source", "show", "a.yaml"), ("validate", "a.yaml"), ("check", "a.yaml"))
    )


@kind(3)
def inspected(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """An export that nobody has described."""
    _, files = chance.choice(seeds.exports())
    files = dict(files)
    _damaged(chance, files)
    return files, ("source", "inspect", *sorted(files))


@kind(4)
def parquet(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """Parquet files that lie: packed data, and the history of earlier runs."""
    files = dict(seeds.packed())
    name = chance.choice(sorted(files))
    files[name] = mutation.raw(chance, files[name])
    if name == "history.parquet":
        asked: tuple[str, ...] = ("check", "a.yaml", "--history", name)
        return {"a.yaml": AGREEMENT, "leads.csv": LEADS, name: files[name]}, asked
    placed = {f"packed/{name}": content for name, content in files.items() if name != "history.parquet"}
    asked = (
        ("check", "a.yaml", "--data", "packed") if chance.random() < 0.5 else ("source", "inspect", f"packed/{name}")
    )
    return {"a.yaml": AGREEMENT, **placed}, asked


@kind(1)
def beginning(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """A new repository from an export."""
    _, files = chance.choice(seeds.exports())
    files = dict(files)
    _damaged(chance, files)
    names = [word for name in sorted(files) for word in ("--from", name)]
    name = str(chance.choice(ODD_VALUES))
    return files, (
        "init",
        "new",
        *names,
        "--name",
        name or "x",
        "--timezone",
        "UTC",
        "--country",
        "PL",
        "--currency",
        "EUR",
    )


# ---------------------------------------------------------------- the command line itself

_WORDS = (
    *("validate", "check", "leads", "plan", "diff", "backtest", "changelog", "owners", "source", "handoff", "explain"),
    *("--format", "json", "text=x", "json=", "--output", "out", "--lang", "pl", "xx", "--as-of", "2027-03-01", "soon"),
    *("--period", "2027-Q1", "--data", "lead=x.csv", "=x", "--lead", "--limit", "0", "--help", "-h", "--version"),
    *(
        "a.yaml",
        "nothing.yaml",
        ".",
        "..",
        "/",
        "",
        " ",
        "git:HEAD",
        "git:",
        ":",
        "-",
        "--",
        "\udcff",
        "a\nb",
        "x" * 300,
    ),
)


@kind(60)
def words(chance: Random) -> tuple[Mapping[str, bytes | str], tuple[str, ...]]:
    """Whatever may stand on a command line. What makes folders of its own is left out."""
    asked = tuple(chance.choice(_WORDS) for _ in range(chance.choice((0, 1, 2, 3, 5))))
    return {"a.yaml": chance.choice(seeds.small_texts())}, asked
