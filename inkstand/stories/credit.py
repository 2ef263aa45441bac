"""Who had it first, and whose reporting the others lean on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from inkstand.stories.account import Account
from inkstand.stories.copies import in_order, originals

# Words that credit another title when they stand beside its name, in the languages that stories are told in.
_BEFORE = (
    "according to", "told", "tells", "first reported by", "reported by", "obtained by", "seen by",
    "reviewed by", "laut", "berichtet", "berichten", "zufolge", "sagte", "gegenüber", "según", "informó",
    "dijo a", "declaró a", "selon", "d'après", "rapporte", "a déclaré à", "révélé par", "segundo",
    "de acordo com", "disse à", "disse ao", "relatou", "сообщает", "сообщил", "сообщила", "по данным", "пишет",
    "передает", "передаёт", "بحسب", "وفقا", "وفقاً", "ذكرت", "قالت", "نقلت",
)  # fmt: skip
_AFTER = (
    "reported", "reports", "first reported", "revealed", "has learned", "learned", "said in a report",
    "berichtet", "berichtete", "zufolge", "meldet", "meldete", "informó", "reveló", "publicó", "rapporte",
    "révèle", "a révélé", "noticiou", "revelou", "informou", "сообщил", "сообщила", "сообщает", "сообщило",
    "узнал", "узнала", "ذكرت", "كشفت",
)  # fmt: skip
_GAP = r"[\s,:(\"“«']+(?:the |der |die |das |dem |el |la |le |l'|o |a |صحيفة |وكالة |газета |газете )?"


@dataclass(frozen=True, slots=True)
class Credit:
    """`first` is the article that reported first. `original` are the articles whose own reporting others credit,
    the most credited first; empty where nobody credits anybody."""

    first: int
    original: tuple[int, ...]


def credit(accounts: Iterable[Account]) -> Credit:
    """Pure over one story's accounts, at least one."""
    told = in_order(accounts)
    source = originals(told)
    own = [account for account in told if source[account.article] == account.article]
    thanks = {account.article: _credits(account, told) for account in own}
    thanked = sorted((a for a in own if thanks[a.article]), key=lambda a: -thanks[a.article])
    best = {account.title: account.article for account in reversed(thanked)}
    return Credit(own[0].article, tuple(a.article for a in thanked if best[a.title] == a.article))


def _credits(account: Account, told: Iterable[Account]) -> int:
    """Other titles whose texts credit this one, and that appeared no earlier."""
    name = _credited(account.title_name)
    later = (a for a in told if a.title != account.title and a.at >= account.at)
    return len({a.title for a in later if name.search(a.text or a.lead)})


@cache
def _credited(name: str) -> re.Pattern[str]:
    """A title's name beside a word of credit. Names are matched as written, for many are common words."""
    bare = re.escape(re.sub(r"^The ", "", name))
    before = "|".join(map(re.escape, _BEFORE))
    after = "|".join(map(re.escape, _AFTER))
    return re.compile(rf"(?<!\w)(?i:{before}){_GAP}(?:The )?{bare}(?!\w)|(?<!\w){bare}(?!\w)[\s,]+(?i:{after})(?!\w)")
