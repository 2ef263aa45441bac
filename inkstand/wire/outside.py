"""The wire's way out: kit's guarded client with this paper's name and exceptions."""

from django.conf import settings

from inkstand import __version__
from inkstand.kit.http import Client, Manners, parse_allow

AT_ONCE = 200


def user_agent() -> str:
    """Who asks, and where a publisher can learn more: the operator's own address where there is one."""
    return f"Inkstand/{__version__} (+{settings.ADDRESS or 'https://inkstand.invalid/'}; feed reader)"


def client() -> Client:
    return Client(user_agent=user_agent(), allow=parse_allow(settings.ALLOW_HOSTS), manners=Manners(at_once=AT_ONCE))
