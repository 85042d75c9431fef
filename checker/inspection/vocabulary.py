"""What headings and words of exports usually mean: in the words of the common systems, and in five languages.

A meaning is a role that a column can have (`id`, `channel`), or something that happens to a lead (`mql`, `won`).
Phrases are written without accents, in small letters, their words parted by spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checker.inspection.columns import plain

ROLES: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id", "record id", "lead id", "contact id", "mql id", "deal id", "opportunity id", "case id", "case", "uuid",
        "object id", "lead", "record id contact", "identificador", "codigo", "codigo do lead", "id del contacto",
        "id do lead", "id do contato", "id del lead", "id contatto", "identyfikator", "id leada", "id kontaktu",
        "numer",
    ),
    "channel": (
        "lead source", "leadsource", "original source", "original source type", "analytics source", "source",
        "origin",
        "channel", "acquisition channel", "marketing channel", "utm source", "source name", "canal",
        "canal de origem",
        "origem", "origem da primeira conversao", "fonte", "origen", "origen del lead", "fuente", "canale",
        "canale di acquisizione", "fonte del lead", "origine", "provenienza", "kanal", "zrodlo", "zrodlo leada",
    ),
    "campaign": ("campaign", "campaign name", "utm campaign", "campanha", "campana", "campagna", "kampania"),
    "owner": (
        "owner", "owner id", "lead owner", "contact owner", "deal owner", "opportunity owner", "seller", "sales rep",
        "sr id", "account executive", "salesperson", "assigned to", "external sales person id", "user id", "vendedor",
        "dono", "dono do lead", "responsavel", "proprietario", "propietario", "responsable", "comercial", "venditore",
        "responsabile", "commerciale", "wlasciciel", "handlowiec", "opiekun", "sprzedawca",
    ),
    "amount": (
        "amount", "deal amount", "deal value", "value", "valor", "valor da venda", "valor da ultima venda",
        "valor do negocio", "importe", "monto", "importo", "valore", "kwota", "wartosc", "wartosc szansy",
        "amount req",
        "contract value", "total price",
    ),
    "return_reason": (
        "return reason", "disqualification reason", "lead disqualification reason", "rejection reason",
        "motivo da devolucao",
        "motivo de devolucion", "motivo di restituzione", "motivo del rifiuto", "powod zwrotu", "powod odrzucenia",
    ),
    "disposition": (
        "outcome", "lost reason", "closed lost reason", "loss reason", "motivo da perda", "motivo de perdida",
        "motivo di perdita", "powod utraty", "wynik", "resultado", "esito",
    ),
    "merged_into": ("merged into", "master record id", "merged into id", "unificado com", "unito a", "scalono z"),
    "expected_closing": (
        "expected close", "expected close date", "expected closing", "expected closing date", "estimated close date",
        "forecast close date", "planned close date", "data prevista de fechamento", "previsao de fechamento",
        "fechamento previsto", "fecha prevista de cierre", "fecha de cierre prevista", "cierre previsto",
        "data di chiusura prevista", "data prevista di chiusura", "chiusura prevista", "planowana data zamkniecia",
        "przewidywana data zamkniecia", "oczekiwana data zamkniecia",
    ),
    "through_channel": (
        "through channel", "through the channel", "through queue", "through the queue", "via queue", "from queue",
        "pela fila", "pelo canal", "por el canal", "por la cola", "dal canale", "dalla coda", "przez kanal",
        "z kolejki",
    ),
    "score": ("lead score", "score", "lead scoring", "pontuacao", "puntuacion", "punteggio", "punkty", "scoring"),
    "country": ("country", "pais", "paese", "kraj"),
    "persona": ("persona", "buyer persona"),
    "stage": (
        "deal stage", "stage", "stage name", "status", "dealstage", "pipeline stage", "is won", "etapa",
        "etapa do funil",
        "estagio", "estagio no funil", "situacao", "fase", "estado", "stato", "etap", "etap sprzedazy",
    ),
    "email": ("email", "e mail", "email address", "correo", "correo electronico", "mail", "adres email"),
    "activity": (
        "activity", "event", "event type", "activity type", "activity name", "action", "what", "event name",
        "atividade",
        "evento", "actividad", "attivita", "czynnosc", "zdarzenie", "concept name", "tipo de atividade",
    ),
    "actor": ("resource", "actor", "who", "user", "done by", "org resource", "usuario", "utente", "uzytkownik",
    "quem"),
    "lifecycle": ("lifecycle", "lifecycle transition"),
    "moment": (
        "timestamp", "time timestamp", "time", "when", "date", "datetime", "occurred at", "event date", "event time",
        "activity date", "data", "data e hora", "fecha", "fecha y hora", "data e ora", "quando", "kiedy",
        "data i godzina",
        "log time", "start time",
    ),
}  # fmt: skip
"""Role -> the headings that columns with it have."""

HAPPENINGS: Mapping[str, tuple[str, ...]] = {
    "created": (
        "created", "created at", "created on", "created date", "create date", "createdate", "date created",
        "date added",
        "add time", "lead date", "lead since", "became lead", "became a lead", "reg date", "registration date",
        "submitted",
        "signed up",
        "criado em", "data de criacao", "data de cadastro", "data da primeira conversao", "primeira conversao",
        "fecha de creacion", "creado", "creado el", "fecha de alta", "data di creazione", "data creazione",
        "creato il",
        "data utworzenia", "utworzono", "data dodania", "data rejestracji", "first conversion date", "entered",
    ),
    "mql": (
        "mql", "became mql", "mql date", "mql since", "mql on", "became a marketing qualified lead",
        "marketing qualified lead",
        "marketing qualified", "marketingqualifiedlead", "data do mql", "data mql", "fecha mql", "virou mql",
        "qualificado pelo marketing", "lead qualificado", "qualified at", "qualified on", "data de qualificacao",
        "data qualifica",
        "data kwalifikacji", "fecha de calificacion",
    ),
    "sql": (
        "sql", "became sql", "sql date", "sql since", "sql on", "sales qualified lead", "salesqualifiedlead",
        "sales qualified", "data do sql",
        "qualificado por vendas", "fecha sql", "data sql",
    ),
    "opportunity": (
        "opportunity", "became opportunity", "became an opportunity", "opportunity date", "opportunity created",
        "deal created", "deal created at", "deal createdate", "opened", "opened at", "data da ultima oportunidade",
        "data da oportunidade", "oportunidade criada", "fecha de oportunidad", "data opportunita", "data szansy",
        "data utworzenia szansy", "converted date", "offer sent", "proposal sent",
    ),
    "won": (
        "won", "won date", "won at", "won time", "won on", "closed won", "close date", "closed date", "closedate",
        "closed at", "became customer", "became a customer", "customer since", "sale date", "date of sale", "signed",
        "data da venda", "data da ultima venda", "data do fechamento", "data de fechamento", "ganho em",
        "virou cliente",
        "fecha de cierre", "fecha de venta", "ganada el", "data di chiusura", "data chiusura", "data vendita",
        "vinto il", "data zamkniecia", "data sprzedazy", "wygrano", "data wygranej", "approved",
    ),
    "lost": (
        "lost", "lost at", "lost date", "lost time", "closed lost", "data da perda", "perdido em", "fecha de perdida",
        "perdida el", "data perdita", "perso il", "data utraty", "utracono", "declined", "cancelled", "canceled",
        "data da desqualificacao",
    ),
    "handed_off": (
        "handed off", "handed off at", "handoff", "handoff date", "given to sales", "passed to sales", "assigned",
        "assigned at", "assigned date", "owner assigned date", "owner assigneddate", "hubspot owner assigneddate",
        "data de atribuicao", "enviado para vendas", "passado para vendas", "fecha de asignacion", "asignado el",
        "entregado a ventas", "data assegnazione", "assegnato il", "passato alle vendite", "data przypisania",
        "przypisano", "przekazano do sprzedazy",
    ),
    "assigned": (
        "assigned to seller", "assigned to seller at", "assigned to sales rep", "assigned to rep", "assigned to rep at",
        "seller assigned", "seller assigned at", "rep assigned", "claimed by seller", "claimed at", "taken by seller",
        "atribuido ao vendedor", "atribuido ao vendedor em", "asignado al vendedor", "asignado al comercial",
        "assegnato al venditore", "assegnato al commerciale", "przypisano handlowcowi", "przypisano do handlowca",
    ),
    "first_personal_contact": (
        "first personal contact", "first personal contact at", "first contact", "first contact date",
        "first contacted",
        "first call", "first call date time", "first outreach", "first outreach date", "first engagement",
        "first engagement date", "first response", "first response at", "first touch", "primeiro contato",
        "data do primeiro contato", "primer contacto", "fecha del primer contacto", "primo contatto",
        "data primo contatto", "pierwszy kontakt", "data pierwszego kontaktu",
    ),
    "decided": ("decided", "decided at", "accepted at", "decision date", "decidido em", "aceito em", "aceptado el",
                "accettato il", "data decyzji"),
    "returned": ("returned", "returned at", "sent back", "returned to marketing", "disqualified at", "devolvido em",
                 "devolvido", "devuelto", "devuelto el", "restituito", "restituito il", "zwrocono", "zwrot"),
    "handed_off_again": ("handed off again", "handed off again at"),
    "outcome_written": ("outcome written", "outcome written at"),
    "contact_attempt": ("contact attempt", "call", "called", "phone call", "e mail", "email", "outgoing call",
    "meeting",
                        "ligacao", "llamada", "chiamata", "telefon", "telefonata", "rozmowa", "visita"),
}  # fmt: skip
"""Happening -> the headings of columns with its moment, and the words of logs for it."""

ASSIGNING = ("assign", "atribu", "asigna", "assegna", "przypis")
"""How words begin that say that somebody got a lead: in a queue that is the handoff, after one it is the seller's."""

WON_WORDS = (
    "closed won", "closedwon", "won", "customer", "ganho", "ganha", "vendido", "venda", "negocio ganho", "ganada",
    "ganado",
    "cierre ganado", "vinta", "vinto", "chiusa vinta", "chiuso vinto", "wygrana", "wygrany", "wygrane",
    "zamkniete wygrane",
)  # fmt: skip
"""How systems write the stage of a deal that is won."""
LOST_WORDS = (
    "closed lost", "closedlost", "lost", "perdido", "perdida", "negocio perdido", "cierre perdido", "persa", "perso",
    "chiusa persa", "chiuso perso", "przegrana", "przegrany", "utracone",
)  # fmt: skip
DEAL_FILES = ("deal", "deals", "opportunity", "opportunities", "negocio", "negocios", "oportunidade", "oportunidades",
              "oportunidad", "oportunidades", "wins", "sales", "vendas", "ventas", "trattative", "opportunita",
              "szanse")  # fmt: skip
LEAD_FILES = ("lead", "leads", "contact", "contacts", "mql", "mqls", "prospects", "contatos", "contactos", "contatti",
              "kontakty", "leady", "qualified")  # fmt: skip
OTHER_FILES = ("owner", "owners", "user", "users", "seller", "sellers", "account", "accounts", "company", "companies",
               "product", "products", "pipeline", "pipelines", "campaign", "campaigns", "vendedores", "empresas",
               "usuarios", "produtos", "productos", "prodotti", "aziende", "firmy", "produkty")  # fmt: skip
"""What stands beside leads in a system, and is none."""
_LONG = 7
_STAGE_WORDS = {"lead": "created", "mql": "mql", "sql": "sql", "opportunity": "opportunity", "customer": "won"}


@dataclass(frozen=True, slots=True)
class Meant:
    """A meaning, and how surely a text has it: 3 the very words, 2 among others."""

    meaning: str
    sureness: int


def words_of(text: str) -> str:
    """A heading as words: `propertyCreateDate__c` is `property create date c`, `Data de criação` `data de criacao`."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return " ".join(re.findall(r"[a-z0-9]+", plain(parted)))


def meant_by(text: str, phrases: Mapping[str, Iterable[str]]) -> Meant | None:
    """What a text means: the meaning whose phrase it is, else the one with the longest phrase in it."""
    words = _bare(words_of(text))
    best: tuple[int, str] | None = None
    for meaning, known in phrases.items():
        for phrase in known:
            if phrase == words:
                return Meant(meaning, 3)
            # a short word says too little among others
            says_enough = " " in phrase or len(phrase) >= _LONG
            if says_enough and f" {phrase} " in f" {words} " and (best is None or len(phrase) > best[0]):
                best = (len(phrase), meaning)
    return Meant(best[1], 2) if best else None


def is_one_of(text: str, phrases: Iterable[str]) -> bool:
    """Whether a text is, or begins or ends with, one of these phrases."""
    words = words_of(text)
    return any(words == phrase or f" {phrase} " in f" {words} " for phrase in phrases)


def happening_of_stage(name: str, said: str, role: str | None) -> str | None:
    """What happens when a lead reaches a stage of an agreement, by its role, id or name."""
    if role == "won":
        return "won"
    for text in (name, said):
        if (meaning := _STAGE_WORDS.get(words_of(text))) is not None:
            return meaning
        found = meant_by(text, HAPPENINGS)
        if found is not None and found.meaning in _STAGE_WORDS.values():
            return found.meaning
    return "opportunity" if role == "pipeline" else None


def _bare(words: str) -> str:
    parts = words.split()
    while len(parts) > 1 and parts[0] in ("property", "hs", "lifecyclestage"):
        parts.pop(0)
    while len(parts) > 1 and parts[-1] in ("c", "utc"):
        parts.pop()
    return " ".join(parts)
