"""Names of days and periods: what stands for one in a text becomes one token that knows which period it is."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache, partial
from itertools import pairwise

from nodes.english.feasts import feast_day, is_about, nth_weekday
from nodes.english.numbers import numbered
from nodes.english.periods import (
    HALF_YEAR,
    MONTHS_A_YEAR,
    QUARTER,
    WHOLE_YEAR,
    Period,
    When,
    about,
    after,
    day,
    days_of,
    fixed,
    half_of,
    iso_week,
    months,
    months_of,
    narrowed,
    next_weekday,
    running,
    yearly,
)
from nodes.english.rhythms import RHYTHMS
from nodes.english.shapes import Grammar, joined, rewritten
from nodes.english.tokens import Token, century
from nodes.english.vocabulary import look_up

STRONG, NAMED, SOON, SOFT, COUNTED, DAY_NAME = "strong", "named", "soon", "soft", "counted", "day_name"
"""A day or period that is a time wherever it stands; one that needs a word such as `in` before it; one counted from today; one
without exact days; a plan's own week or month; a day of the week or today."""
PLAN_WEEKS = 13
"""A plan counts its own weeks up to a quarter; `week 37` is the calendar's."""
_COUNTED = ("day", "number", "count", "one")


def _last(tokens: Sequence[Token], *tags: str) -> Token | None:
    return next((token for token in reversed(tokens) if token.tag in tags), None)


def _year(tokens: Sequence[Token]) -> int | None:
    """The year that stands in the tokens, `2027`, `'27`, `Q3/27` or `FY27`."""
    for token in reversed(tokens):
        if token.tag == "year":
            return int(token.value)
        if token.tag in ("fy", "quarterly") and (digits := re.search(r"\d\d(?:\d\d)?$", token.text)):
            return century(digits[0])
    return _short_year(tokens)


def _short_year(tokens: Sequence[Token]) -> int | None:
    short = next((a for b, a in pairwise(tokens) if b.tag == "poss" and a.tag == "day"), None)
    return century(short.text) if short and len(short.text) == len("27") else None


def _named(tokens: Sequence[Token], when: When, strong: bool) -> Token:
    return joined(tokens, STRONG if strong else NAMED, when=when)


def _iso(tokens: Sequence[Token]) -> Token:
    year, month, *rest = (int(part) for part in tokens[0].text.split("-"))
    make = (lambda: day(date(year, month, rest[0]))) if rest else (lambda: months(year, month, 1))
    return joined(tokens, STRONG, when=fixed(make))


def _numeric(tokens: Sequence[Token]) -> Token:
    """`31.12.2027`, `31/12/2027`, `12/31/2027`; of `3/4/2027` nobody knows which is the month."""
    one, two, year = re.split(r"[./-]", tokens[0].text)
    unclear = "/" in tokens[0].text and one != two and max(int(one), int(two)) <= MONTHS_A_YEAR
    dated = fixed(partial(_day_first, int(one), int(two), century(year)))
    return joined(tokens, STRONG, when=about(dated) if unclear else dated)


def _day_first(one: int, two: int, year: int) -> Period:
    return day(date(year, one, two) if two > MONTHS_A_YEAR else date(year, two, one))


def _month_and_year(tokens: Sequence[Token]) -> Token:
    month, year = (int(part) for part in re.split(r"[./-]", tokens[0].text))
    return joined(tokens, STRONG, when=fixed(lambda: months(year, month, 1)))


ALWAYS = (24, 7)


def _day_and_month(tokens: Sequence[Token]) -> Token | None:
    """`30/6`, `15.03.`; `24/7` and `9/10` are none or unclear."""
    one, two = (int(part) for part in re.findall(r"\d+", tokens[0].text))
    if (one, two) == ALWAYS or not (
        1 <= one <= MONTHS_A_YEAR < two <= 31 or 1 <= two <= MONTHS_A_YEAR < one <= 31 or "." in tokens[0].text
    ):
        return None
    return joined(tokens, COUNTED, when=yearly(partial(_day_first, one, two), None))


def _of_month(tokens: Sequence[Token]) -> Token:
    """`15 March 2027`, `the fifth of May`, `March 15`."""
    found = _last([t for t in tokens if t.tag != "poss"], "day", "nth", "ordinal", "part")
    month, year = _last(tokens, "month", "maybe"), _year(tokens)
    number = int(found.value) if found else 0
    return joined(tokens, STRONG, when=yearly(lambda y: day(date(y, int(month.value if month else 0), number)), year))


def _days_of_month(tokens: Sequence[Token]) -> Token:
    """`3 to 14 May 2027`."""
    first, last = [int(t.value) for t in tokens if t.tag in ("day", "nth")][:2]
    month, year = _last(tokens, "month", "maybe"), _year(tokens)
    number = int(month.value) if month else 0
    return joined(tokens, STRONG, when=yearly(lambda y: Period(date(y, number, first), date(y, number, last)), year))


def _month(tokens: Sequence[Token]) -> Token:
    month, year = _last(tokens, "month", "maybe"), _year(tokens)
    return _named(tokens, yearly(lambda y: months(y, int(month.value if month else 0), 1), year), bool(year))


def _part_of_year(which: int, length: int, year: int | None) -> When:
    return yearly(lambda y: months(y, (which - 1) * length + 1, length), year)


def _quarterly(tokens: Sequence[Token]) -> Token | None:
    """`Q3 2027`, `2027Q3`, `H2`."""
    found = _last(tokens, "quarterly")
    told = re.sub(r"['’/\s-].*", "", found.text.upper())[:2] if found else ""
    which, length = int(told.strip("QH") or 0), QUARTER if "Q" in told else HALF_YEAR
    if which * length > MONTHS_A_YEAR:
        return None
    year = _year(tokens)
    return _named(tokens, _part_of_year(which, length, year), bool(year))


def _quarter_or_half(tokens: Sequence[Token]) -> Token | None:
    """`third quarter of 2027`, `second half of next year`, `last quarter of the year`."""
    length = QUARTER if any(t.tag == "quarter" for t in tokens) else HALF_YEAR
    count = MONTHS_A_YEAR // length
    which = count if tokens[0].tag == "last" else int((tokens[1] if tokens[0].tag == "quarter" else tokens[0]).value)
    if which > count:
        return None
    year, of_year = _year(tokens), _last(tokens, "annual")
    if year or of_year is None:
        return _named(tokens, _part_of_year(which, length, year), bool(year))
    ahead = any(t.tag == "next" for t in tokens)
    soft = any(t.tag in ("company", "business") for t in tokens) or None
    when = _within_year(which, length, ahead)
    return joined(tokens, SOFT, when=about(when)) if soft else joined(tokens, STRONG, when=when)


def _within_year(which: int, length: int, ahead: bool) -> When:
    """So many months of the running year, or of the next one; what is over already comes again in a year."""

    def found(said_on: date) -> list[Period]:
        years = [said_on.year + 1] if ahead else [said_on.year, said_on.year + 1]
        return [months(year, (which - 1) * length + 1, length) for year in years]

    return found


def _company_year(tokens: Sequence[Token]) -> Token:
    """`FY27`, `fiscal year 2027`: the calendar's year, for no company has told its own; `2027/28` ends about its middle."""
    split, year = _last(tokens, "split"), _year(tokens)
    told = split.text if split else next((t.text for t in tokens if t.tag == "fy"), "")
    ends = re.findall(r"\d\d(?:\d\d)?", told)
    if len(ends) > 1:
        last = century(ends[1])
        return joined(tokens, STRONG, when=about(fixed(lambda: months(last, 1, HALF_YEAR))))
    if year:
        return joined(tokens, STRONG, when=fixed(lambda: months(year, 1, WHOLE_YEAR)))
    return joined(tokens, SOFT, when=about(running(WHOLE_YEAR, int(any(t.tag == "next" for t in tokens)))))


def _split_year(tokens: Sequence[Token]) -> Token:
    """`2027/28` is one year of a school, `2027-2029` are three."""
    first, last = (century(part) for part in re.findall(r"\d{4}|\d\d", tokens[0].text))
    if last == first + 1 and len(tokens[0].text.replace(" ", "")) < len("2027-2028"):
        return _company_year(tokens)
    return joined(tokens, STRONG, when=fixed(lambda: Period(date(first, 1, 1), date(last, 12, 31))))


def _week(tokens: Sequence[Token]) -> Token | None:
    """`week 37`, `CW 20 of 2027`, `month 3`, `day 90`."""
    if tokens[0].tag == "cw" and (dated := re.fullmatch(r"(20\d\d)-?W(\d\d)", tokens[0].text)):
        return joined(tokens, STRONG, when=fixed(partial(iso_week, int(dated[1]), int(dated[2]))))
    number = next((int(t.value) for t in tokens if t.tag in _COUNTED), 0)
    number = number or int(re.sub(r"\D", "", tokens[0].text) or 0)
    unit, year = _last(tokens, "unit", "annual"), _year(tokens)
    planned = (
        not year and tokens[0].tag in ("unit", "annual") and (unit is None or unit.value != -7 or number <= PLAN_WEEKS)
    )
    if unit and (unit.text.lower().endswith("s") or (year and unit.value != -7)):
        return None
    if planned and unit:
        return joined(tokens, COUNTED, when=after(number, int(unit.value)))
    return joined(tokens, STRONG if year else NAMED, when=yearly(lambda y: iso_week(y, number), year))


def _near(tokens: Sequence[Token]) -> Token | None:
    """`next quarter`, `this year`, `the coming half-year`, `next Monday`, `this spring`."""
    ahead, last = int(tokens[0].tag in ("next", "new")), tokens[-1]
    if last.tag == "next":  # the week after next
        return joined(tokens, SOON, when=running(int(tokens[1].value), 2))
    if last.tag in ("company", "stage", "event", "gathering", "daypart") or any(
        t.tag in ("company", "business") for t in tokens
    ):
        return joined(tokens, SOON, when=about(running(WHOLE_YEAR if last.tag == "annual" else 1, ahead)))
    if last.tag in ("weekday", "short_weekday"):
        return joined(tokens, SOON, when=next_weekday(int(last.value)))
    if last.tag in ("season", "fall"):
        return joined(tokens, SOON, when=_season(int(last.value), None))
    if last.text.lower() in ("days", "weeks", "months", "years", "quarters", "decades", "fortnights"):
        return joined(tokens, SOON, when=about(after(3, int(last.value))))
    half = any(t.tag == "half" for t in tokens)
    return joined(tokens, SOON, when=running(HALF_YEAR if half else int(last.value), ahead))


def _season(month: int, year: int | None) -> When:
    return about(yearly(lambda y: months(y, month, 1), year))


def _of_season(tokens: Sequence[Token]) -> Token:
    found = _last(tokens, "season", "fall")
    return joined(tokens, SOFT, when=_season(int(found.value) if found else 1, _year(tokens)))


def _happening(tokens: Sequence[Token]) -> Token | None:
    """`the summer holidays`, `peak season`: about half a year away, for all that is known."""
    if tokens[0].tag == "business" and not tokens[-1].text.lower().startswith(("holiday", "vacation", "break")):
        return None
    season = _last(tokens, "season", "fall")
    return _of_season(tokens) if season else joined(tokens, SOFT, when=about(after(HALF_YEAR, 1)))


def _feast(tokens: Sequence[Token]) -> Token:
    name, year = tokens[0].text, _year(tokens)
    when = yearly(lambda y: day(feast_day(name, y)), year)
    return joined(tokens, NAMED, when=about(when) if is_about(name) else when)


def _weekday(tokens: Sequence[Token]) -> Token:
    return joined(tokens, DAY_NAME, when=next_weekday(int(tokens[0].value)))


def _today(tokens: Sequence[Token]) -> Token:
    later = int(sum(t.value for t in tokens if t.tag == "today")) + sum(t.tag == "after" for t in tokens)
    return joined(tokens, SOON if later or tokens[0].text.lower() == "tonight" else DAY_NAME, when=running(-1, later))


def _calendar_year(tokens: Sequence[Token]) -> Token:
    return joined(tokens, NAMED, when=fixed(lambda: months(int(tokens[-1].value), 1, WHOLE_YEAR)))


def _stage(tokens: Sequence[Token]) -> Token:
    """`semester 2`, `term 3`."""
    return joined(tokens, SOFT, when=about(after(HALF_YEAR, 1)))


def _ending(tokens: Sequence[Token]) -> Token:
    """`EOY`, `year-end 2027`, `end of the quarter`, `start of next term`."""
    length = _last(tokens, "annual", "quarter", "unit", "ending")
    edge, year = _last(tokens, "edge"), _year(tokens)
    place = int(edge.value) if edge else 4
    ahead = int(any(t.tag in ("next", "new") for t in tokens))
    if length is None or any(t.tag in ("company", "business", "event", "stage", "word") for t in tokens):
        return joined(tokens, SOFT, when=narrowed(about(running(WHOLE_YEAR if length else 1, ahead)), place))
    when = (
        fixed(lambda: months(year, 1, WHOLE_YEAR))
        if year
        else running(int(length.value) // (2 if _last(tokens, "half") else 1), ahead)
    )
    describing = [t.tag for t in tokens[:2]] == ["edge", "dash"] or tokens[0].tag in ("unit", "quarter")
    named = edge is not None and describing  # `month-end` and `mid-year` may describe something
    return joined(tokens, NAMED if named else STRONG, when=narrowed(when, place))


NAMES: Grammar[Token | None] = Grammar(
    "names",
    {
        "iso": _iso,
        "numeric": _numeric,
        "month_and_year": _month_and_year,
        "day_and_month": _day_and_month,
        "days_of_month": _days_of_month,
        "of_month": _of_month,
        "month": _month,
        "week": _week,
        "quarterly": _quarterly,
        "quarter_or_half": _quarter_or_half,
        "company_year": _company_year,
        "split_year": _split_year,
        "near": _near,
        "ending": _ending,
        "of_season": _of_season,
        "happening": _happening,
        "feast": _feast,
        "today": _today,
        "weekday": _weekday,
        "calendar_year": _calendar_year,
        "stage": _stage,
    },
)


def _edge(tokens: Sequence[Token]) -> Token | None:
    """`the end of January`, `mid-August`, `early in 2028`."""
    edge, period = _last(tokens, "edge"), tokens[-1]
    if edge is None or period.when is None or (edge.text.lower() == "beginning" and tokens[1].tag == "in"):
        return None
    tag = SOFT if period.tag == SOFT else STRONG
    return joined(tokens, tag, when=narrowed(period.when, int(edge.value)))


def _half_of_period(tokens: Sequence[Token]) -> Token | None:
    period = tokens[-1]
    which = int(tokens[0].value)
    return joined(tokens, STRONG, when=half_of(period.when, which)) if period.when and which <= 2 else None


def _days_of_period(tokens: Sequence[Token]) -> Token | None:
    """`the last week of June`, `first Monday in March`."""
    which = -1 if tokens[0].tag == "last" else int(tokens[0].value)
    unit, when, weekday = tokens[1], tokens[-1].when, look_up(tokens[1].text)
    if when is None or weekday is None or weekday.group not in ("unit", "weekday") or unit.value > 0:
        return None
    if unit.tag == "unit":
        return joined(tokens, STRONG, when=days_of(when, which, -int(unit.value)))
    return joined(tokens, STRONG, when=_weekday_of(when, int(weekday.value), which))


def _weekday_of(when: When, weekday: int, which: int) -> When:
    return lambda said_on: [
        day(nth_weekday(period.first.year, period.first.month, weekday, which)) for period in when(said_on)
    ]


def _stretch_of_period(tokens: Sequence[Token]) -> Token | None:
    """`the first six months of 2027`, `the last ten days of May`."""
    which = -1 if tokens[0].tag == "last" else 1
    number, unit, when = int(tokens[1].value), int(tokens[2].value), tokens[-1].when
    if when is None:
        return None
    return joined(
        tokens, STRONG, when=days_of(when, which, -unit * number) if unit < 0 else months_of(when, which, unit * number)
    )


def _day_of_period(tokens: Sequence[Token]) -> Token | None:
    """`the 5th of next month`."""
    found, when = _last(tokens, "nth", "ordinal", "part"), tokens[-1].when
    return joined(tokens, STRONG, when=days_of(when, int(found.value), 1)) if found and when else None


def _part_of_stage(tokens: Sequence[Token]) -> Token:
    """`the second week of term`."""
    return joined(tokens, SOFT, when=about(after(HALF_YEAR, 1)))


def _turn_of_year(tokens: Sequence[Token]) -> Token:
    return joined(tokens, STRONG, when=narrowed(running(WHOLE_YEAR), 4))


PLACES: Grammar[Token | None] = Grammar(
    "places",
    {
        "edge": _edge,
        "ending": _ending,
        "half_of_period": _half_of_period,
        "days_of_period": _days_of_period,
        "stretch_of_period": _stretch_of_period,
        "day_of_period": _day_of_period,
        "part_of_stage": _part_of_stage,
        "turn_of_year": _turn_of_year,
    },
)


@lru_cache(maxsize=512)
def dated(text: str) -> tuple[Token, ...]:
    """The tokens of a text with its rhythms, days and periods put together, each in one token."""
    return rewritten(named(text), PLACES)


def named(text: str) -> tuple[Token, ...]:
    """As far as single days and periods."""
    return rewritten(rhythmic(text), NAMES)


def rhythmic(text: str) -> tuple[Token, ...]:
    """As far as rhythms."""
    return rewritten(numbered(text), RHYTHMS)
