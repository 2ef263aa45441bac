"""The addresses of the pages."""

from django.urls import URLPattern, URLResolver, include, path

from inkstand.web import assets
from inkstand.web.pages import own
from inkstand.web.pages.app import favicon, manifest, worker
from inkstand.web.pages.article import article
from inkstand.web.pages.ask import ask
from inkstand.web.pages.beat import beat, ticket, worth
from inkstand.web.pages.changes import changes
from inkstand.web.pages.fee import fee, keep
from inkstand.web.pages.following import following, only_open
from inkstand.web.pages.front import front
from inkstand.web.pages.highlights import highlights, highlights_markdown
from inkstand.web.pages.history import history
from inkstand.web.pages.latest import latest
from inkstand.web.pages.mine import mine, seen
from inkstand.web.pages.open_link import open_link
from inkstand.web.pages.picked import good_news, picks
from inkstand.web.pages.picture import picture
from inkstand.web.pages.plain import about, help_page, offline, source
from inkstand.web.pages.publisher import paper, publisher, publishers
from inkstand.web.pages.running import running
from inkstand.web.pages.saved import saved
from inkstand.web.pages.search import search
from inkstand.web.pages.section import section
from inkstand.web.pages.story import story
from inkstand.web.pages.story_card import story_card
from inkstand.web.pages.title import title
from inkstand.web.pages.titles import titles
from inkstand.web.pages.topic import person, place, topic, topics

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front, name="front"),
    path("latest/", latest, name="latest"),
    path("", include("inkstand.web.pages.for_you_addresses")),
    path("section/<slug:slug>/", section, name="section"),
    path("search/", search, name="search"),
    path("picks/", picks, name="picks"),
    path("good-news/", good_news, name="good_news"),
    path("topics/", topics, name="topics"),
    path("topic/<slug:slug>/", topic, name="topic"),
    path("person/<str:name>/", person, name="person"),
    path("place/<str:name>/", place, name="place"),
    path("titles/", titles, name="titles"),
    path("title/<str:slug>/", title, name="title"),
    path("article/<int:pk>/", article, name="article"),
    path("article/<int:pk>/changes/", changes, name="changes"),
    path("article/<int:pk>/changes/<int:since>/", changes, name="changes"),
    path("article/<int:pk>/ticket/", ticket, name="ticket"),
    path("beat/", beat, name="beat"),
    path("worth/", worth, name="worth"),
    path("fee/", fee, name="fee"),
    path("fee/keep/", keep, name="fee_keep"),
    path("fee/<str:month>/", fee, name="fee"),
    path("publisher/", publishers, name="publishers"),
    path("publisher/<int:pk>/", publisher, name="publisher"),
    path("publisher/<int:pk>/<str:month>/<str:name>", paper, name="paper"),
    path("article/<int:pk>/mine/", own.article),
    path("mine/right/", own.right),
    path("mine/look/", own.look),
    path("highlights/", highlights, name="highlights"),
    path("highlights.md", highlights_markdown, name="highlights_markdown"),
    path("open/", open_link, name="open"),
    path("story/<int:pk>/", story, name="story"),
    path("story/<int:pk>/card.jpg", story_card, name="story_card"),
    path("running/<int:pk>/", running, name="running"),
    path("", include("inkstand.web.pages.edition_addresses")),
    path("saved/", saved, name="saved"),
    path("history/", history, name="history"),
    path("following/", following, name="following"),
    path("following/only-open/", only_open, name="only-open"),
    path("mine/", mine, name="mine"),
    path("mine/ask/", ask, name="ask"),
    path("mine/seen/<int:pk>/<int:revision>/", seen, name="seen"),
    path("about/", about, name="about"),
    path("source/", source, name="source"),
    path("help/", help_page, name="help"),
    path("offline/", offline, name="offline"),
    path("", include("inkstand.web.pages.account_addresses")),
    path("", include("inkstand.web.pages.membership_addresses")),
    path("picture/<int:width>/<str:signature>", picture, name="picture"),
    path("assets/<str:digest>/<path:path>", assets.serve, name="asset"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("worker.js", worker, name="worker"),
    path("favicon.ico", favicon, name="favicon"),
]
