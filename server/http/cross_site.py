"""Keeps other websites from acting with the cookies of who visits them."""

from fastapi import Request

from state.errors import PetrafError

OWN_SITE = ("same-origin", "none")


class CrossSite(PetrafError):
    """This request came from another website, which may not act for you here. Use our own pages, or send your token or key."""

    code = "CROSS_SITE"


def refuse_other_sites(request: Request, *, proof_needed: bool = True) -> None:
    """Raise CrossSite unless the browser says that our own page asks.

    By Sec-Fetch-Site, which browsers send to https and localhost, else by Origin. Without both there is no browser that could be
    led astray, but also no proof: `proof_needed` False lets that pass: a program that shows what it was given itself.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None and origin is None:
        trusted = not proof_needed
    elif site is not None:
        trusted = site in OWN_SITE
    else:
        trusted = origin == f"{request.url.scheme}://{request.url.netloc}"
    if not trusted:
        raise CrossSite
