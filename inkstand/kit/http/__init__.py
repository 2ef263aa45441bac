"""Guarded HTTP: asks only public web addresses, and stops at caps on bytes, time and redirects. Knows no room."""

from inkstand.kit.http.client import Client
from inkstand.kit.http.errors import FetchFailed
from inkstand.kit.http.target import Allow, parse_allow
from inkstand.kit.http.values import Hop, Limits, Manners, Response

__all__ = ["Allow", "Client", "FetchFailed", "Hop", "Limits", "Manners", "Response", "parse_allow"]
