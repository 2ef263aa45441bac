"""One action by a plain form: a page that asks, a button that does, and back to where the reader came from.

Pages are the same for all and so carry no form: a form's token is its reader's own. They carry links to here; where
script runs it does at once what the link would ask.
"""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from inkstand.articles.models import Article
from inkstand.readers.models import Reader
from inkstand.reading.actions import WANTS, Action, action
from inkstand.reading.carry_out import carry_out
from inkstand.reading.errors import ActionUnreadable
from inkstand.reading.mine import of
from inkstand.web.pages.frame import now_of, signed_in_reader
from inkstand.web.pages.mine import changed
from inkstand.web.pages.subject import found, name_of

_FORMS = {"save", "unsave", "follow", "unfollow", "mute", "unmute", "block", "unblock", "forget"}
_FORMS |= {"forget-all", "seen", "never", "again"}
_UNDOES = {"save": "unsave", "follow": "unfollow", "block": "unblock", "mute": "unmute", "never": "again"}


@dataclass(frozen=True, slots=True)
class Question:
    """`facts` are the form's hidden fields; `back` is where the reader came from."""

    asks: str
    button: str
    facts: tuple[tuple[str, str], ...]
    back: str
    says: str = ""


@login_required
def ask(request: HttpRequest) -> HttpResponse:
    reader, said = signed_in_reader(request), request.POST if request.method == "POST" else request.GET
    facts = {name: value for name, value in said.items() if name in _FACTS}
    try:
        wanted = action(str(said.get("do", "")), at=now_of(request), **facts)
    except ActionUnreadable:
        raise Http404("There is nothing of this kind to do.") from None
    if wanted.do not in _FORMS:
        raise Http404(wanted.do)
    back = _back(request, str(said.get("back", "")))
    if request.method == "POST":
        carry_out(reader=reader, actions=[wanted], now=now_of(request))
        return changed(HttpResponseRedirect(back), [wanted])
    return render(request, "mine/ask.html", {"question": question(turned(wanted, reader), back)})


_FACTS = {name for names in WANTS.values() for name in names}


def turned(wanted: Action, reader: Reader) -> Action:
    """A link on a page that is the same for all says "save" to whoever saved it already: they are asked to undo it."""
    own, undone = of(reader), _UNDOES.get(wanted.do)
    is_done = (
        (wanted.do == "save" and wanted.article in own.saved().values_list("article", flat=True))
        or (wanted.do == "follow" and own.follows().filter(kind=wanted.kind, key=wanted.key).exists())
        or (wanted.do == "block" and own.blocks().filter(title=wanted.title).exists())
        or (wanted.do == "never" and own.levers().filter(say="never", kind=wanted.kind, key=wanted.key).exists())
        or (wanted.do == "mute" and own.mutes().filter(word=wanted.word).exists())
    )
    if not (undone and is_done):
        return wanted
    return action(undone, at=wanted.at, **{name: getattr(wanted, name) for name in WANTS[wanted.do]})


def question(wanted: Action, back: str) -> Question:
    asks, button, says = _words(wanted)
    facts = [("do", wanted.do), *((name, str(getattr(wanted, name))) for name in WANTS[wanted.do])]
    return Question(asks, button, tuple(facts), back, says)


def _words(wanted: Action) -> tuple[str, str, str]:
    """The question, its button, and what will come of it."""
    name = {"name": named(wanted)}
    match wanted.do:
        case "save":
            return _("Save “%(name)s”?") % name, _("Save"), _("It will be among your saved articles.")
        case "unsave":
            return _("Save “%(name)s” no longer?") % name, _("Remove"), ""
        case "follow" if wanted.kind == "story":
            says = _("When another title tells of it, you see it under “Following”.")
            return _("Be told when “%(name)s” moves?") % name, _("Tell me"), says
        case "follow":
            return _("Follow %(name)s?") % name, _("Follow"), _("Its newest articles will stand under “Following”.")
        case "unfollow":
            return _("Follow %(name)s no longer?") % name, _("Unfollow"), ""
        case "mute":
            says = _("No article that has it in its headline, standfirst, topics or byline will be shown to you.")
            return _("Mute “%(name)s”?") % name, _("Mute"), says
        case "unmute":
            return _("Show articles with “%(name)s” again?") % name, _("Show again"), ""
        case "block":
            says = _("Nothing of it will be shown to you anywhere: no list, no story, no search, no mail.")
            return _("Block %(name)s?") % name, _("Block"), says
        case "unblock":
            return _("Show %(name)s again?") % name, _("Unblock"), ""
        case "never":
            says = _("It is kept out of For You. Lists, stories and search still have it.")
            return _("Mute %(name)s?") % name, _("Mute"), says
        case "again":
            return _("Let %(name)s into For You again?") % name, _("No longer mute"), ""
        case "forget":
            return _("Forget that you read “%(name)s”?") % name, _("Forget"), ""
        case "forget-all":
            says = _("Saved articles, highlights and what you follow stay as they are.")
            return _("Forget your whole history?"), _("Forget everything"), says
    return _("Mark “%(name)s” as seen?") % name, _("Seen"), ""


def named(wanted: Action) -> str:
    """What the action is about, by its name. Http404 where there is no such thing."""
    if wanted.article:
        return _one(Article.objects.filter(pk=wanted.article).values_list("current__headline", flat=True).first())
    if about := _about(wanted):
        return _one(next(map(name_of, found([about]).values()), None))
    return wanted.word or wanted.key


def _about(wanted: Action) -> tuple[str, str] | None:
    """Kind and key of what the action names in one way or another."""
    if wanted.title:
        return "title", str(wanted.title)
    if wanted.story:
        return "story", str(wanted.story)
    return (wanted.kind, wanted.key) if wanted.kind else None


def _one(name: str | None) -> str:
    if not name:
        raise Http404("There is nothing of that name in this paper.")
    return name


def _back(request: HttpRequest, wanted: str) -> str:
    came = wanted or request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came, {request.get_host()}, request.is_secure())
    return came if is_ours else reverse("front")
