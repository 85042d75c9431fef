"""What to write where a value does not fit: one phrase a value type, with an example."""

from __future__ import annotations

from checker.message import Message, Written, say

WHAT_TO_WRITE: dict[str, Message] = {
    "id": say(
        "a short name in small letters, digits, - and _, beginning with a letter: {example}",
        example=Written("organic_search"),
    ),
    "field id": say("a field's name in small letters, digits, - and _: {example}", example=Written("employees")),
    "text": say("a few words"),
    "word": say("a word or a few words"),
    "whole number": say("a whole number without separators: {example}", example=Written("1200")),
    "number": say("a number with a point for decimals: {example}", example=Written("2.5")),
    "share": say("a share with a percent sign: {example}", example=Written("15%")),
    "target": say(
        "a share with a percent sign, as in {example}, or {words}", example=Written("90%"), words=Written("as planned")
    ),
    "promise target": say(
        "a share such as {share}, a number {monthly}, or {words}",
        share=Written("90%"),
        monthly=Written("4 a month"),
        words=Written("as planned"),
    ),
    "share of allowed": say("a share of the allowed misses: {example}", example=Written("50% of allowed")),
    "money": say("an amount without thousands separators: {example}", example=Written("R$ 30000")),
    "money a month": say("an amount for each month: {example}", example=Written("R$ 18000 a month")),
    "at most money": say("a limit: {example}", example=Written("at most R$ 12000")),
    "rate": say("so many a month: {example}", example=Written("22 a month")),
    "multiple": say("so many times: {example}", example=Written("4x")),
    "duration": say(
        "a whole number and a unit (minutes, hours, days, weeks, months, or business minutes, hours, days): {example}",
        example=Written("4 business hours"),
    ),
    "calendar duration": say("a number of days, weeks or months: {example}", example=Written("90 days")),
    "months": say("a number of months: {example}", example=Written("2 months")),
    "month": say("a year and a month: {example}", example=Written("2027-03")),
    "month or date": say("a month, {month}, or a date, {date}", month=Written("2027-03"), date=Written("2027-03-01")),
    "period": say(
        "a month, {month}, a span, {span}, or a quarter, {quarter}",
        month=Written("2027-03"),
        span=Written("2027-01 to 2027-03"),
        quarter=Written("2027-Q1"),
    ),
    "date": say("a date: {example}", example=Written("2027-03-01")),
    "days": say(
        "a date, dates such as {span}, or a month, {month}",
        span=Written("2027-01-25 to 2027-01-26"),
        month=Written("2027-03"),
    ),
    "time": say("a time of day in quotes: {example}", example=Written('"09:30"')),
    "hours": say("opening hours in quotes: {example}", example=Written('"09:00 to 18:00"')),
    "opening hours": say(
        "opening hours in quotes, {example}, or {always}", example=Written('"09:00 to 18:00"'), always=Written("24x7")
    ),
    "weekdays": say(
        "a day, {day}, or days in a row, {span}", day=Written("Saturday"), span=Written("Monday to Friday")
    ),
    "meeting day": say("a day, {day}, or {nth}", day=Written("Monday"), nth=Written("first Wednesday")),
    "cadence": say(
        "{week}, {month} or {months}", week=Written("week"), month=Written("month"), months=Written("3 months")
    ),
    "time zone": say("the name of a time zone: {example}", example=Written("Europe/Warsaw")),
    "country": say("two capital letters: {example}", example=Written("BR")),
    "region": say("the short code of a state or region: {example}", example=Written("SP")),
    "language": say("one of en, pt-BR, es, it, pl"),
    "currency": say("three capital letters: {example}", example=Written("EUR")),
    "synced": say("{at_once} or a duration, {example}", at_once=Written("at once"), example=Written("15 minutes")),
    "working time": say("the name of a working time, or {seller}", seller=Written("of the seller")),
    "rule code": say("a rule's code: {example}", example=Written("SLA801")),
    "column": say("a column's heading, as it stands in the file: {example}", example=Written("Lead source")),
    "literal": say("a cell's text, in quotes where it could be a number: {example}", example=Written('"0.0"')),
    "constant": say("a text, a number, {yes} or {no}", yes=Written("yes"), no=Written("no")),
    "date format": say(
        "a date in the letters of strptime, with day, month and year: {date} or {moment}",
        date=Written("%d/%m/%Y"),
        moment=Written("%Y-%m-%d %H:%M:%S"),
    ),
    "delimiter": say(
        "the one sign between two columns: {semicolon} or {tab}", semicolon=Written('";"'), tab=Written("tab")
    ),
    "quote": say(
        "the sign around cells, {double}, {single} or {none}",
        double=Written("'\"'"),
        single=Written('"\'"'),
        none=Written("none"),
    ),
    "encoding": say(
        "the name of an encoding: {utf8} or {windows}", utf8=Written("utf-8"), windows=Written("windows-1252")
    ),
    "database address": say(
        "the name of an environment variable, so that no password stands here: {example}",
        example=Written("env:CRM_DATABASE"),
    ),
    "at most share": say("a limit: {example}", example=Written("at most 1%")),
    "lead link": say(
        "an address with the place of the lead's id: {example}", example=Written("https://crm.example.com/lead/{id}")
    ),
    "path": say(
        "the keys that lead to a value, with points between: {example}, or {every} for every entry",
        example=Written("plan.average_deal"),
        every=Written("channels.*.budget"),
    ),
    "test": say(
        "a test: a value, a list of values, {least}, {most}, {span} or {known}",
        least=Written("at least 3"),
        most=Written("at most 90 days"),
        span=Written("50 to 2000"),
        known=Written("known"),
    ),
}
"""Value type -> what to write there; every value type of the format is in it."""
