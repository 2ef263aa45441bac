"""Dates as feeds write them, to aware UTC times. What cannot be read is None; the future is kept as it is.

Whoever publishes an article holds a future date to the time it was received: that needs a clock, and none is here.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

# Offsets in minutes. Where a name is used on two continents, the one newspapers write it for: BST is London's summer,
# IST India's, CST and EST North America's. An unknown name counts as UTC.
_ZONES: Final = {
    name: minutes
    for minutes, names in {
        0: "ut utc gmt z wet g uct zulu",
        60: "cet met bst west wat mez a",
        120: "cest mest eet sast cat ist-il mesz b",
        180: "eest msk eat trt ast-ar idt c",
        210: "irst",
        240: "gst msd samt d",
        270: "irdt aft",
        300: "pkt yekt uzt",
        330: "ist slst",
        345: "npt",
        360: "bdt omst",
        390: "mmt",
        420: "wib ict novt krat",
        480: "hkt sgt awst pht phst myt wita irkt",
        540: "jst kst wit",
        570: "acst",
        600: "aest chst",
        630: "acdt",
        660: "aedt",
        720: "nzst fjt m",
        780: "nzdt",
        -60: "azot cvt",
        -120: "fnt",
        -150: "ndt",
        -180: "adt brt art uyt",
        -210: "nst",
        -240: "ast edt at vet clt bot",
        -300: "est cdt et pet cot ect",
        -360: "cst mdt ct",
        -420: "mst pdt mt",
        -480: "pst akdt pt",
        -540: "akst hdt",
        -600: "hst hast",
        -660: "sst",
    }.items()
    for name in names.split()
}
_MONTHS: Final = {
    word: number
    for number, words in enumerate(
        (
            "jan ene gen янв ιαν janv jän oca",
            "feb fév fev février февр фев φεβ lut şub",
            "mar mär mär mrt мар μαρ μάρ márc maart mars mag-",
            "apr avr abr апр απρ ápr kwi nis",
            "may mai maj mei maggio май мая μαι μαϊ μάι máj",
            "jun juin juni giu июн ιουν ιούν jún cze haz",
            "jul juil juli lug июл ιουλ ιούλ júl lip tem",
            "aug août aou ago авг αυγ αύγ sie ağu",
            "sep set sept szep сен σεπ wrz eyl",
            "oct okt ott out окт οκτ paź eki",
            "nov нояб ноя νοε νοέ lis kas",
            "dec déc dez dic дек δεκ gru ara",
        ),
        start=1,
    )
    for word in words.split()
}
_MONTH_NAMES: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_USUAL_MONTHS: Final = {name: f"{number:02}" for number, name in enumerate(_MONTH_NAMES.split(), start=1)}
# How far east of UTC the usual zones are: subtracting a kept difference takes a quarter of what making a zone takes.
_EAST: Final = {
    **dict.fromkeys(("GMT", "UTC", "Z", "+0000", "-0000"), timedelta()),
    **{
        f"{sign}{hours:02}{minutes:02}": timedelta(minutes=(1 if sign == "+" else -1) * (hours * 60 + minutes))
        for sign in "+-"
        for hours in range(15)
        for minutes in (0, 15, 30, 45)
        if hours or minutes
    },
}
_RFC822: Final = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s*)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+(\d{4}|\d\d),?"
    r"(?:\s+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.:]\d+)?)?)?\s*(?:([+-]\d\d):?(\d\d)|([a-z]{1,4}))?$",
    re.I,
)
_ISO: Final = re.compile(
    r"([+-]?\d{4})-?(\d\d?)?-?(\d\d?)?(?:[\sTt]+(\d\d?)(?::?(\d\d?)(?::?(\d\d?)(?:[.,]\d*)?)?)?)?\s*(.*)$"
)
_CLOCK: Final = re.compile(r"(\d{1,2})[:h](\d\d)(?:[:.](\d\d))?(?:\.\d+)?\s*(a\.?m\b|p\.?m\b)?", re.I)
_ZONE: Final = re.compile(r"(?:gmt|utc)?\s*([+-])\s*(\d{1,2}):?(\d\d)?(?!\d)", re.I)
_WORD: Final = re.compile(r"[^\W\d_]+")
_PART: Final = re.compile(r"\d+")
_LONGEST: Final = 80


def instant(text: str) -> datetime | None:
    """The moment a feed's date names, in UTC; without a zone it is taken for UTC. None where it cannot be read."""
    if moment := _quick(text) if text[4:5] == "-" else _usual(text):
        return moment
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    try:
        return _quick(text) or _rfc822(text) or _iso(text) or _any(text)
    except (ValueError, OverflowError):
        return None


def _usual(text: str) -> datetime | None:
    """What nine in ten feeds write, "Mon, 20 Sep 2021 06:00:00 GMT" or "+0100", at a third of a regex's cost: put in
    ISO's order and given to the standard library. "Mon Sep 20 2021 ..." comes the same way."""
    try:
        _, day, name, year, clock, zone = text[:_LONGEST].split()
        if name not in _USUAL_MONTHS:
            day, name = name, day
        if len(day) == 1:
            day = f"0{day}"
        moment = datetime.fromisoformat(f"{year}-{_USUAL_MONTHS[name]}-{day}T{clock}+00:00")
        return moment - _EAST[zone] if moment.year > 1 else None
    except (ValueError, KeyError, OverflowError):
        return None


def _quick(text: str) -> datetime | None:
    """The standard library's ISO reader: what most Atom feeds write, in a fifth of a microsecond."""
    if text[4:5] != "-" or len(text) < 16:
        return None
    try:
        return _utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return None


def _utc(moment: datetime) -> datetime | None:
    """In UTC. The year 1 is how some programs write that they have no date."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    elif moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return moment if moment.year > 1 else None


def _rfc822(text: str) -> datetime | None:
    found = _RFC822.match(text)
    if not found:
        return None
    day, name, year, hour, minute, second, zone_hours, zone_minutes, zone = found.groups()
    month = _MONTHS.get(name.lower())
    if not month:
        return None
    offset = (
        int(zone_hours) * 60 + int(zone_hours[0] + zone_minutes) if zone_hours else _ZONES.get((zone or "z").lower(), 0)
    )
    return _moment(_year(year), month, int(day), int(hour or 0), int(minute or 0), int(second or 0), offset)


def _year(digits: str) -> int:
    """Two digits are of the century around the web's birth, as RFC 2822 has it."""
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 50 else 1900)


def _moment(year: int, month: int, day: int, hour: int, minute: int, second: int, offset: int) -> datetime | None:
    """24:00 is the next day's midnight and a leap second the minute's last: both stand in real feeds."""
    days, hour = divmod(hour, 24) if (hour, minute) == (24, 0) else (0, hour)
    moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    if days or offset:
        moment += timedelta(days=days, minutes=-offset)
    return moment if moment.year > 1 else None


def _iso(text: str) -> datetime | None:
    """ISO 8601 with its faults: spaces, single digits, missing parts, zone names, no separators."""
    found = _ISO.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second, rest = found.groups()
    offset = _offset(rest)
    if offset is None:
        return None
    return _moment(
        int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0), offset
    )


def _offset(rest: str) -> int | None:
    """Minutes east of UTC that the end of a date says; None where it is no zone at all."""
    rest = rest.strip().lower()
    if not rest:
        return 0
    if found := _ZONE.fullmatch(rest):
        sign = -1 if found[1] == "-" else 1
        return sign * (int(found[2]) * 60 + int(found[3] or 0))
    return _ZONES.get(rest) if rest.isalpha() else None


def _any(text: str) -> datetime | None:
    """Any other order and language: a clock, a zone, a month's name, and the numbers that are left."""
    text = text.lower()
    if text.isdigit():
        return _epoch(text)
    clock = _CLOCK.search(text)
    hour, minute, second = _hour(clock, text)
    rest = text[: clock.start()] + " " + text[clock.end() :] if clock else text
    zone = _ZONE.search(text, clock.end()) if clock else None
    if zone:
        rest = rest.replace(zone[0], " ")
    words = _WORD.findall(rest)
    date = _date(_PART.findall(rest), next(filter(None, map(_month, words)), 0))
    offset = _offset(zone[0]) if zone else next((_ZONES[word] for word in words[-1:] if word in _ZONES), 0)
    return _moment(*date, hour, minute, second, offset or 0) if date else None


def _epoch(digits: str) -> datetime | None:
    if len(digits) not in (10, 13):
        return None
    return datetime.fromtimestamp(int(digits) / (1000 if len(digits) == 13 else 1), UTC)


def _hour(clock: re.Match[str] | None, text: str) -> tuple[int, int, int]:
    if not clock:
        return 0, 0, 0
    hour, half = int(clock[1]), (clock[4] or "")[:1]
    half = "p" if "오후" in text or "下午" in text else half
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, int(clock[2]), int(clock[3] or 0)


def _month(word: str) -> int:
    return _MONTHS.get(word) or _MONTHS.get(word[:4]) or _MONTHS.get(word[:3]) or 0


def _date(parts: list[str], month: int) -> tuple[int, int, int] | None:
    """Year, month, day from the numbers in a date; slashes are American unless the first number is over 12."""
    year = next((part for part in parts if len(part) == 4), "")
    numbers = [int(part) for part in parts if part != year and len(part) <= 2]
    if month and len(numbers) >= (1 if year else 2):
        return (int(year) if year else _year(f"{numbers[1]:02}"), month, numbers[0])
    if year and len(numbers) >= 2:
        first, second = numbers[:2]
        swap = parts[0] != year and first > 12
        return (int(year), second, first) if swap else (int(year), first, second)
    return None
