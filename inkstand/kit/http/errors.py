"""What can go wrong with one fetch. Every leaf names what happened, and what a person can do about it."""

from inkstand.kit.errors import InkstandError


class FetchFailed(InkstandError):
    """A fetch that gave no answer. Catch this; raise a leaf. Every leaf carries the fact `url`, where it happened."""

    def asked_at(self, url: str) -> None:
        """Says also which address was asked in the beginning, where a redirect led from there to the trouble."""
        if url != self.facts["url"]:
            self.facts["sent_on_by"] = url
            self.args = (f"{url} sends us on. {self}",)


class BadUrl(FetchFailed):
    code = "fetch-bad-url"
    message = "{url} is not a web address. Check it for a typing mistake; it should look like https://example.org/feed."


class SchemeRefused(FetchFailed):
    code = "fetch-scheme-refused"
    message = "{url} begins with “{scheme}:”. Only http and https addresses are fetched; use the feed's web address."


class PortRefused(FetchFailed):
    code = "fetch-port-refused"
    message = (
        "{url} asks for port {port}, where web sites do not usually answer. If you trust it, add {host}:{port} to"
        " INKSTAND_ALLOW_HOSTS."
    )


class AddressRefused(FetchFailed):
    code = "fetch-address-refused"
    message = (
        "{url} leads to {address}, which is {reason}. Such places are never fetched, so that a feed cannot reach into"
        " this network. If it is your own server, add its host:port to INKSTAND_ALLOW_HOSTS."
    )


class BadRedirect(FetchFailed):
    code = "fetch-bad-redirect"
    message = "{url} sends us on to “{location}”, which is not a web address. The publisher has to mend it."


class TooManyRedirects(FetchFailed):
    code = "fetch-too-many-redirects"
    message = "{url} sends us in circles, or too far ({count} redirects). Look up its present address on the site."


class TooLarge(FetchFailed):
    code = "fetch-too-large"
    message = "{url} sent more than {limit} bytes. Ask the publisher for a feed with fewer items."


class TooLargeUnpacked(FetchFailed):
    code = "fetch-too-large-unpacked"
    message = (
        "{url} unpacks to more than {limit} bytes ({received} bytes had come when we stopped). It may be an attack;"
        " if not, ask the publisher for a feed with fewer items."
    )


class TooSlow(FetchFailed):
    code = "fetch-too-slow"
    message = "{url} had not finished after {limit_s:g} seconds. It will be tried again later."


class Stalled(FetchFailed):
    code = "fetch-stalled"
    message = "{url} sent nothing for {limit_s:g} seconds. It will be tried again later."


class Unreachable(FetchFailed):
    code = "fetch-unreachable"
    message = (
        "{url} cannot be reached: {reason}. Check its name, that the site is up, and that this machine reaches the"
        " internet."
    )


class CertificateRefused(FetchFailed):
    code = "fetch-certificate-refused"
    message = "{url} cannot prove who it is: {reason}. The publisher has to renew its certificate."


class BadAnswer(FetchFailed):
    code = "fetch-bad-answer"
    message = "{url} does not answer as a web server should: {reason}. The publisher has to mend it."


class BadEncoding(FetchFailed):
    code = "fetch-bad-encoding"
    message = "{url} says its answer is packed as “{encoding}”, but {reason}. The publisher has to mend it."


class BadAllowEntry(InkstandError):
    code = "fetch-bad-allow-entry"
    message = "“{entry}” is not host:port. Write for example 127.0.0.1:8800, several parted by commas."
