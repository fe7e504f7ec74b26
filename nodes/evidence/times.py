"""Finds when something is to happen: dates, deadlines, durations, rhythms."""

# ruff: noqa: E501 - a pattern or a word list reads best unbroken

import re
from calendar import month_name
from datetime import date
from functools import lru_cache

from nodes.evidence.lexicon import NUMBER_WORDS
from nodes.evidence.spans import Span, Taken

_NUM = (
    r"(?:\d{1,4}(?:[.,]\d)?(?:\s?(?:-|–|to)\s?\d{1,4})?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|fifteen|eighteen|twenty(?:[- ]four)?|thirty(?:[- ]six)?|a\scouple\sof|half\san?)"
)
_UNIT = r"(?:working\s|business\s|school\s|calendar\s)?(?:days?|weeks?|fortnights?|months?|quarters?|years?|yrs?|sprints?|semesters?|terms?|seasons?)"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_WEEKDAY = r"(?:Mondays?|Tuesdays?|Wednesdays?|Thursdays?|Fridays?|Saturdays?|Sundays?)"
_YEAR = r"(?:20\d\d)"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
_DATE = (
    rf"(?:(?:spring|summer|autumn|fall|winter)\s{_YEAR}|{_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?|{_MONTH}(?:\s{_DAY}\b)?(?:,?\s{_YEAR})?|{_YEAR}-\d\d(?:-\d\d)?|"
    rf"\d{{1,2}}[./]\d{{1,2}}[./](?:20)?\d\d|(?:Q[1-4]|H[12]|FY)(?:\s?/?'?(?:20)?\d\d)?\b|(?:Q[1-4]|H[12])\sof\s{_YEAR}|{_YEAR}\b)"
)
_PERIOD = (
    r"(?:calendar\s|school\s|academic\s|fiscal\s|financial\s|business\s|current\s|coming\s|following\s|upcoming\s|next\s|"
    r"first\s|second\s|third\s|fourth\s|last\s|summer\s|winter\s|spring\s|autumn\s|fall\s){0,2}"
    r"(?:year|half-year|quarter|month|week|weekend|day|term|semester|trimester|season|sprint|decade|summer|winter|spring|autumn|"
    r"fall|spring)"
)
_EVENT = (
    r"(?:winter|summer|spring|autumn|holiday|peak|busy|harvest|flu|tax|exam|growing|planting|tourist|budget|audit|review)\s"
    r"(?:season|break|period|holidays?|term|cycle|round)|christmas|easter|ramadan|thanksgiving|new\syear(?:'s)?|halloween|"
    r"summer|winter|spring|autumn|year[- ]end|month[- ]end|quarter[- ]end|eoy|eoq|eom|retirement|graduation|"
    r"midnight|noon|tomorrow|tonight|today|yearend|probation|half-term|halfterm"
)
_NEXT_EVENT = (
    r"next\s(?:\w+\s){0,2}(?:audit|inspection|review|appraisal|release|session|meeting|semester|term|season|shift|summit|"
    r"conference|visit|check-?in|intake|launch|season|cycle|board|sprint|" + _WEEKDAY + ")"
)
_PRE = r"(?:by|before|until|till|no\slater\sthan|not\slater\sthan|due|deadline:?|starting|from|since|after|as\sof|in|on|during|for|of|this|throughout|within|to)"
_STRICT = r"(?:by|before|until|till|no\slater\sthan|due(?:\sby|\son)?|ahead\sof|prior\sto|come)"

_END_OF = (
    r"(?:by\s|before\s|until\s|at\s|on\s|towards?\s)?(?:the\s)?(?:very\s)?(?:end|start|beginning|middle|close|mid|early|late)[- ]?"
    rf"(?:\sof)?\s?(?:the\s|this\s|my\s|our\s|next\s|each\s)*(?:{_DATE}|(?:{_PERIOD}|{_EVENT}|programme|program|project|"
    r"probation|apprenticeship|school\syear|business\s" + _WEEKDAY + r"|" + _WEEKDAY + r")\b)"
)
_DURATION = (
    rf"(?:with)?in\s(?:the\s)?(?:next|coming|following|first|about|around|less\sthan|under|a\speriod\sof|only|just)?\s?{_NUM}[\s-]+{_UNIT}(?:\stime|'\stime|'s\stime)?\b"
    rf"|(?:over|for|during|across|throughout|after|inside|in)\s(?:the\s)?(?:course\sof\s)?(?:the\s)?(?:next|coming|following|first|another)\s{_NUM}?\s?{_UNIT}\b"
    rf"|(?:over|for|during|across|after)\s(?:a\speriod\sof\s)?{_NUM}[\s-]{_UNIT}\b(?!\sof\sexperience)"
    rf"|(?:the\s)?(?:next|coming|following)\s{_NUM}\s{_UNIT}\b"
    rf"|{_NUM}[\s-](?:day|week|month|quarter|year)s?[\s-](?:\w+\s)?(?:plan|goal|vision|action|period|horizon|roadmap|programme|program|target|time\s?frame|from\snow)\b"
    rf"|{_NUM}\s{_UNIT}\sfrom\s(?:now|today)\b"
)
_DEADLINE = (
    rf"{_END_OF}"
    rf"|{_STRICT}\s(?:the\s|next\s|this\s|my\s|our\s|late\s|early\s|mid[- ]?|around\s|about\s){{0,3}}(?:{_DATE}|{_WEEKDAY}(?:,\s{_DATE})?|(?:{_EVENT})\b|{_NEXT_EVENT}|month\s\d{{1,2}}\b|week\s\d{{1,2}}\b|day\s\d{{1,3}}\b|year\s\d\b|(?:next|the\snext|the\scoming|the\sfollowing)\s{_PERIOD})"
    rf"|(?:on|in|from|starting|during|of|this|next|for|to|between|late|early|mid-?|,|and|or|\()\s?(?:the\s|early\s|late\s|mid-?\s?|next\s|this\s){{0,2}}{_DATE}(?:(?:,|\sand|\sto|\s?[-–])\s?{_DATE}){{0,3}}"
    rf"|{_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?|{_MONTH}\s{_DAY}\b(?:,?\s{_YEAR})?|{_MONTH}\s{_YEAR}|{_YEAR}-\d\d-\d\d|(?:Q[1-4]|H[12])\s(?:of\s)?{_YEAR}|\bmid-{_YEAR}"
    r"|\b(?:EOY|EOQ|year[- ]end)\b|\b\d{1,2}[./]\d{1,2}[./]20\d\d\b"
)
_NEAR = (
    rf"(?:by\s|starting\s|from\s|until\s|before\s|in\s|during\s|over\s|on\s|at\s|within\s)?(?:the\s)?(?:this|next|coming|upcoming|current)\s(?:{_PERIOD}|{_WEEKDAY})(?:'s)?\b"
    rf"|(?:before|by|at|in|during|on)\s(?:the\s|my\s|our\s)?{_NEXT_EVENT}\b|starting\s(?:tomorrow|today|now)"
    r"|\bby\s(?:tomorrow|tonight|today)\b|\btomorrow\b|\btonight\b"
    r"|(?:by|in|during|over|until|before)\s(?:the\s|this\s|next\s)?(?:early\s|late\s|coming\s)?(?:spring|summer|autumn|winter)(?:\s(?:quarter|term|season|holidays?|break))?\b"
    r"|(?:in|during|by|over|until)\s(?:the\s|this\s|next\s)(?:first|second|third|fourth|last)\s(?:quarter|half|term|semester)\b"
    r"|(?:before|by|until|ahead\sof|in\stime\sfor)\s(?:the|our|my|this|next)\s(?:[\w-]+\s){0,2}(?:audit|inspection|frost|opening|launch|exams?|harvest|handover|holidays?|"
    r"shutdown|relaunch|go-live|delivery|anniversary|festival|fair|tournament|sports\sday|open\sday|annual\smeeting|general\smeeting|stocktaking|peak\sseason)\b"
)
_RHYTHM = (
    rf"(?:(?:once|twice|thrice|{_NUM}\s?(?:times|x|×|days?|evenings?|mornings?|nights?|hours?|hrs?|minutes?|mins?))\s?(?:\([^()\n]{{1,30}}\)\s)?)"
    rf"(?:(?:an?|per|each|every|in\sa)\s(?:single\s|working\s|school\s)?(?:hour|day|week|weekend|fortnight|month|quarter|year|term|semester|shift|sprint|season|night|morning|evening)\b|daily\b|weekly\b|monthly\b|quarterly\b|yearly\b|annually\b)"
    rf"|\b(?:every|each)\s(?:other\s|second\s|third\s|single\s|working\s|school\s|{_NUM}\s){{0,2}}(?:days?|weeks?|weekends?|weekdays?|months?|quarters?|years?|mornings?|evenings?|nights?|afternoons?|hours?|terms?|semesters?|shifts?|sprints?|seasons?|fortnights?|lunch|dinner|breakfast|{_WEEKDAY}|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b)(?:(?:\sand\s|,\s|/){_WEEKDAY}|/(?:Tue|Wed|Thu|Fri|Sat|Sun)\b){{0,4}}\b"
    rf"|\b(?:per|every)\s{_NUM}\s(?:days|weeks|months|quarters|years)\b"
    r"|\bper\s(?:day|week|weekend|fortnight|month|quarter|year|term|semester|shift|sprint|season|annum|hour(?=\sof))\b"
    r"|\b(?:daily|weekly|fortnightly|biweekly|bi-weekly|monthly|bimonthly|bi-monthly|quarterly|yearly|annually|nightly|semi-annually)\b"
    r"(?!\s(?:active|revenue|income|recurring|visitors|users|sales|turnover|walks|standard))"
    r"|(?<=[\w)]\s)(?<!half\s)(?:a|an)\s(?:day|week|month|quarter|year|fortnight|shift|semester)\b(?!'|\s(?:of|off|ago|from|later|that|when|end|long|which|where)\b)"
    rf"|\bon\s(?:{_WEEKDAY}(?:(?:,\s|\sand\s|,\sand\s)){{0,1}}){{1,5}}|\bon\s(?:weekends|weekdays)\b|\bduring\sweekends\b"
    r"|\ball\syear\sround\b"
)
_IDIOM = re.compile(
    r"at the end of (?:the|each|every) day|day (?:by|in|after|to) day|day out|year (?:after|on) year|every single day|"
    r"(?:over|for|in|during) (?:the )?(?:last|past|previous) \w+ (?:days|weeks|months|years)|one day|these days|"
    r"(?:some|any) day|week in,? week out|(?:best|worst) day|week of my|years? of (?:experience|service)|day of my|(?:of|in|from|following|per|under) (?:the )?(?:19|20)\d\d (?:guidelines?|polic(?:y|ies)|standards?|reports?|editions?|versions?|handbook|survey|manual|act|law|"
    r"regulations?|agreement|strategy|framework|plan)|(?:each|every) day of|\bsince (?:last |the )?\w+(?: 20\d\d)?",
    re.IGNORECASE,
)
_LINE_END = re.compile(r"\n\s*+")
_NEXT_ITEM = re.compile(r"\(?\d{1,2}[.):]|[-•*–]")
"""What a list's next item begins with: `by June` and `2.` below it make no date."""
_SOON = re.compile(
    r"(?:by|before|until)\s(?:the\s)?(?:next|this|coming|following)\s(?:week|weekend|month|\w+day)|by\s(?:tomorrow|tonight|today)",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:have|has|had|was|were|been|worked|spent)\b|['’]ve\b")
_CASED_MONTH = re.compile(r"\b(?:may|march|sun|sat|mar)\b")
_PATTERNS = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE))
    for kind, pattern in (("duration", _DURATION), ("deadline", _DEADLINE), ("near", _NEAR), ("rhythm", _RHYTHM))
)
_HINT = re.compile(
    r"\d|before|until|by the|by our|ahead of|in time|day|week|month|quarter|year|sprint|season|semester|term\b|shift|night|ly\b|morning|evening|summer|winter|spring|autumn|"
    rf"morrow|today|christmas|easter|end\b|next|eo[yqm]|noon|probation|audit|graduation|retirement|ramadan|{_MONTH}|fall|hour|breakfast|dinner|lunch",
    re.IGNORECASE,
)


def find_times(text: str) -> tuple[Span, ...]:
    """Dates, deadlines, durations and rhythms of `text` in order, never overlapping."""
    if not _HINT.search(text):
        return ()
    text_read = _LINE_END.sub(_cut_before_item, _IDIOM.sub(lambda m: "\x00" * len(m[0]), text))
    taken = Taken(len(text))
    for kind, pattern in _PATTERNS:
        found = (_trim(text, m, kind) for m in pattern.finditer(text_read) if not _is_common_word(m[0]))
        for span in found:
            if not _is_no_time(text, span):
                taken.add(span)
    return taken.in_order()


def _cut_before_item(lines: re.Match[str]) -> str:
    return lines[0].replace("\n", "\x00") if _NEXT_ITEM.match(lines.string, lines.end()) else lines[0]


def _trim(text: str, match: re.Match[str], kind: str) -> Span:
    start, end = match.span()
    kind = "near" if kind == "deadline" and _SOON.fullmatch(match[0]) else kind
    while text[start] in " ,(":
        start += 1
    end = start + len(text[start:end].rstrip(" ,"))
    return Span(start, end, text[start:end], kind)


def _is_no_time(text: str, span: Span) -> bool:
    """The past, and names such as `the Daily 5 centers`."""
    capital = span.kind == "rhythm" and span.text[0].isupper() and _letter_before(text, span.start).isalnum()
    return capital or _is_past(text, span)


def _letter_before(text: str, end: int) -> str:
    """The last letter before `end` that is no space."""
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return text[end - 1 : end]


def _is_past(text: str, span: Span) -> bool:
    """`I have worked here for 5 years` looks back."""
    before = re.split(r"[.;!?\n]", text[max(0, span.start - 60) : span.start])[-1]
    return (
        span.kind == "duration"
        and not re.search(r"next|coming|following|plan|within", span.text, re.I)
        and bool(_PAST.search(before))
    )


def _is_common_word(found: str) -> bool:
    """`may` and `march` in lower case are verbs unless a year or a deadline word stands by them."""
    return bool(_CASED_MONTH.search(found)) and not re.search(r"\d|\b(?:by|in|before|until|end)\b", found)


_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14, "sprint": 14, "month": 30, "quarter": 91, "term": 120, "semester": 180,
         "season": 91, "year": 365, "summer": 120, "winter": 180, "tomorrow": 1, "today": 1, "tonight": 1}  # fmt: skip
_UNIT_WORD = re.compile(r"\b(" + "|".join(_DAYS) + r")s?\b", re.IGNORECASE)
_MONTH_NUMBER = {month_name[n][:3].lower(): n for n in range(1, 13)}
_MONTH_WORD = re.compile(r"\b(" + "|".join(_MONTH_NUMBER) + r")[a-z]*\b", re.IGNORECASE)
_LATE_YEAR = re.compile(r"\b20(\d\d)\b")


@lru_cache(maxsize=4096)
def days_until(span: Span, today: date) -> int | None:
    """About how many days a time leaves from `today`; negative when past, None for a rhythm or what can't be told."""
    if span.kind == "rhythm":
        return None
    return _calendar_days(span.text, today) if _names_date(span.text) else _relative_days(span.text)


def _names_date(text: str) -> bool:
    return bool(_LATE_YEAR.search(text) or _MONTH_WORD.search(text) or re.search(r"\bQ[1-4]\b", text))


def _calendar_days(text: str, today: date) -> int:
    year_found, month = _LATE_YEAR.search(text), _last_month(text)
    year = 2000 + int(year_found[1]) if year_found else today.year
    if not year_found and month < today.month:
        year += 1
    return (date(year, month, 28) - today).days


def _last_month(text: str) -> int:
    quarter = re.search(r"\bQ([1-4])\b", text)
    months = _MONTH_WORD.findall(text)
    return int(quarter[1]) * 3 if quarter else _MONTH_NUMBER[months[-1].lower()] if months else 12


def _relative_days(text: str) -> int | None:
    unit = _UNIT_WORD.search(text)
    if unit is None:
        return None
    return round(_amount(text.lower()) * _DAYS[unit[1].lower()])


def _amount(text: str) -> float:
    digits = re.findall(r"\d+(?:\.\d)?", text)
    if digits:
        return min(float(digits[-1]), 1200.0)
    return sum(NUMBER_WORDS.get(word, 0) for word in re.split(r"\W+", text)) or 1.0
