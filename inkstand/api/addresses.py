"""The addresses that programs call."""

from django.urls import URLPattern, URLResolver, path, re_path

from inkstand.api.crawlers import robots, sitemap, sitemaps
from inkstand.api.feeds.serve import feed
from inkstand.api.webhooks import payments
from inkstand.api.websub import websub

urlpatterns: list[URLPattern | URLResolver] = [
    path("websub/<str:token>", websub, name="websub"),
    path("webhooks/<str:name>", payments, name="webhook"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemaps, name="sitemaps"),
    path("sitemap-<slug:name>.xml", sitemap, name="sitemap"),
    re_path(r"^feeds/(?P<kind>[a-z-]+)(?:/(?P<key>[^/]{1,200}))?\.(?P<form>atom|json)$", feed, name="feed"),
]
