"""Periods of the calendar, counted from the day on which somebody spoke of them."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

MONTHS_A_YEAR = 12
LONGEST_MONTHS = 600
"""Fifty years: what lies further ahead is no deadline."""
_EARLY_DAYS = 10
"""`Early March` is over on the tenth."""
_MIDDLE_DAY = 15
"""`Mid-August` is the fifteenth."""
_WORKING_DAYS = 5
WHOLE_YEAR, HALF_YEAR, QUARTER = 12, 6, 3


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both within."""

    first: date
    last: date
    exact: bool = True
    """Whether a calendar may hold it; seasons, terms and working days are about then."""
    closing: bool = False
    """Whether it is the end or the middle of a longer one: what comes before it may take up its last day."""


When = Callable[[date], Iterable[Period]]
"""From the day on which it was said to what it may be, the nearest first; what the calendar doesn't have is left out."""


def months(year: int, month: int, length: int) -> Period:
    """So many whole months from a month on; `month` may lie beyond the year's."""
    first = _month_start(year, month)
    after = _month_start(year, month + length)
    return Period(first, after - timedelta(days=1))


def _month_start(year: int, month: int) -> date:
    return date(year + (month - 1) // MONTHS_A_YEAR, (month - 1) % MONTHS_A_YEAR + 1, 1)


def day(found: date) -> Period:
    """One day."""
    return Period(found, found)


def fixed(make: Callable[[], Period]) -> When:
    """What its own words tell to the year."""
    return lambda said_on: _known(lambda year: make(), (said_on.year,))


def yearly(make: Callable[[int], Period], year: int | None) -> When:
    """What comes each year: in `year`, else the one ahead."""
    return lambda said_on: _known(make, (year,) if year else (said_on.year, said_on.year + 1))


def _known(make: Callable[[int], Period], years: Iterable[int]) -> Iterator[Period]:
    for year in years:
        try:
            yield make(year)
        except (ValueError, OverflowError):  # such as 31 June
            continue


def running(length: int, ahead: int = 0) -> When:
    """The year, half, quarter or month (12, 6, 3, 1 months) of the day, or one so many `ahead`; below zero, days: week or day."""
    return lambda said_on: [_running(length, said_on, ahead + later) for later in range(1 + (not ahead))]


def _running(length: int, said_on: date, ahead: int) -> Period:
    if length < 0:
        return _running_days(-length, said_on, ahead)
    into = (said_on.month - 1) % length if length <= MONTHS_A_YEAR else 0
    return months(said_on.year, said_on.month - into + length * ahead, length)


def _running_days(length: int, said_on: date, ahead: int) -> Period:
    """A day, or a week at work: Monday to Friday."""
    if length == 1:
        return day(said_on + timedelta(days=ahead))
    monday = said_on - timedelta(days=said_on.weekday()) + timedelta(days=length * ahead)
    return Period(monday, monday + timedelta(days=length - 7 + _WORKING_DAYS - 1))


def after(amount: float, length: int, exact: bool = True) -> When:
    """So many lengths (months above zero, days below) after the day."""
    return lambda said_on: _after(amount, length, said_on, exact)


def _after(amount: float, length: int, said_on: date, exact: bool) -> Iterator[Period]:
    whole = round(amount * abs(length))
    if length > 0 and 0 < whole <= LONGEST_MONTHS:
        last = months(said_on.year, said_on.month + whole, 1)
        ahead = min(said_on.day, monthrange(last.first.year, last.first.month)[1])
        yield Period(said_on, last.first.replace(day=ahead), exact)
    if length < 0 and 0 <= whole <= LONGEST_MONTHS * 31:
        yield Period(said_on, said_on + timedelta(days=whole), exact)


def iso_week(year: int, week: int) -> Period:
    """Seven days by their number. Raises ValueError when the year has no such week."""
    return Period(date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7))


def about(when: When) -> When:
    """The same, but no day for a calendar."""
    return lambda said_on: [replace(period, exact=False) for period in when(said_on)]


def narrowed(when: When, edge: int) -> When:
    """The start (0), early part (1), middle (2), late part (3) or end (4) of it."""
    return lambda said_on: [_narrowed(period, edge) for period in when(said_on)]


def _narrowed(period: Period, edge: int) -> Period:
    day_of = (_start, _early, _middle, _end, _end)[edge]
    found = day_of(period)
    return Period(period.first if edge == 1 else found, found, period.exact, closing=edge > 1)


def _start(period: Period) -> date:
    return period.first


def _end(period: Period) -> date:
    return period.last


def _early(period: Period) -> date:
    """The tenth of a month, the first quarter or third of what is longer."""
    length = _length(period)
    if length >= QUARTER:
        return months(period.first.year, period.first.month, length // 4 or 1).last
    return min(period.last, period.first + timedelta(days=_EARLY_DAYS - 1))


def _middle(period: Period) -> date:
    """The fifteenth of a month, and the same way of what is longer."""
    length = _length(period)
    if length == 0:
        return period.first + (period.last - period.first) // 2
    last = months(period.first.year, period.first.month + (length - 1) // 2, 1).last
    return last.replace(day=_MIDDLE_DAY) if length % 2 else last


def _length(period: Period) -> int:
    """How many whole months it has; 0 when its ends are within them."""
    if period.first.day != 1 or (period.last + timedelta(days=1)).day != 1:
        return 0
    return (period.last.year - period.first.year) * MONTHS_A_YEAR + period.last.month - period.first.month + 1


def half_of(when: When, which: int) -> When:
    """The first or second half of it."""
    return lambda said_on: [_half(period, which) for period in when(said_on)]


def _half(period: Period, which: int) -> Period:
    length = _length(period)
    if length > 1 and length % 2 == 0:
        return replace(months(period.first.year, period.first.month + length // 2 * (which - 1), length // 2))
    cut = period.first + (period.last - period.first) // 2
    return Period(period.first, cut) if which == 1 else Period(cut + timedelta(days=1), period.last)


def days_of(when: When, which: int, length: int) -> When:
    """The first, second … or last (-1) stretch of so many days of it."""
    return lambda said_on: [_days(period, which, length) for period in when(said_on)]


def _days(period: Period, which: int, length: int) -> Period:
    first = period.first if which > 0 else period.last - timedelta(days=length - 1)
    first += timedelta(days=length * (which - 1)) if which > 0 else timedelta()
    return Period(first, min(period.last, first + timedelta(days=length - 1)), period.exact)


def months_of(when: When, which: int, length: int) -> When:
    """The first or last (-1) so many months of it."""
    return lambda said_on: [_months_of(period, which, length) for period in when(said_on)]


def _months_of(period: Period, which: int, length: int) -> Period:
    if which > 0:
        return months(period.first.year, period.first.month, length)
    return months(period.last.year, period.last.month - length + 1, length)


def shifted(when: When, amount: float, length: int) -> When:
    """So many lengths (months above zero, days below) after its last day; before its first one with an amount below zero."""
    return lambda said_on: [p for period in when(said_on) for p in _shifted(period, amount, length)]


def _shifted(period: Period, amount: float, length: int) -> Iterator[Period]:
    start = period.first if amount < 0 else period.last
    whole = round(amount * abs(length))
    if length < 0:
        yield Period(start, start + timedelta(days=whole), period.exact)
        return
    month = months(start.year, start.month + whole, 1)
    yield Period(start, month.first.replace(day=min(start.day, month.last.day)), period.exact)


def next_weekday(weekday: int) -> When:
    """The first such day after the day; said on a Friday, `by Friday` is a week away."""
    return lambda said_on: [day(said_on + timedelta(days=(weekday - said_on.weekday() - 1) % 7 + 1))]


def next_day_of_month(number: int) -> When:
    """The next 15th, for `by the 15th`."""

    def days(said_on: date) -> Iterator[Period]:
        for ahead in range(3):
            month = months(said_on.year, said_on.month + ahead, 1)
            if number <= month.last.day and month.first.replace(day=number) >= said_on:
                yield day(month.first.replace(day=number))

    return days


def before(period: Period) -> date:
    """The last day before it."""
    return period.last if period.closing else period.first - timedelta(days=1)
