"""Every address is in the access matrix: open to visitors, or closed to them."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

# Addresses a visitor may open; everything else sends them to the sign-in page or refuses.
OPEN = {
    "site:home",
    "site:sign_in",
    "site:sign_out",
    "site:language",
    "site:search",
    "land:paper_check",
}
OPEN_AREAS = {"places", "ogc", "api"}

SAMPLES = {
    "code": "211223103201000001",
    "kind": "certificate",
    "number": "1",
    "member": "1",
    "place": "211223",
    "place_code": "211223",
    "z": "14",
    "x": "13867",
    "y": "6120",
}


def named_routes(patterns, prefix="", namespace=""):
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from named_routes(entry.url_patterns, route, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", route, entry.pattern.converters


ROUTES = list(named_routes(get_resolver().url_patterns))


def address(route: str, converters) -> str:
    for name in converters:
        for kind in ("str", "int", "slug", "path"):
            route = route.replace(f"<{kind}:{name}>", SAMPLES.get(name, "1"))
        route = route.replace(f"<{name}>", SAMPLES.get(name, "1"))
    return "/" + route


CLOSED = [
    (name, address(route, converters))
    for name, route, converters in ROUTES
    if name not in OPEN and name.split(":")[0] not in OPEN_AREAS and not name.startswith("api-")
]


def test_there_are_closed_addresses():
    assert len(CLOSED) >= 10


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "url"), CLOSED, ids=[name for name, _ in CLOSED])
def test_a_visitor_gets_nothing_of_the_registers(name, url):
    client = Client()
    for answer in (client.get(url), client.post(url)):
        assert answer.status_code in {302, 401, 403, 404, 405}, (name, answer.status_code)
        if answer.status_code == 302:
            assert "/sign-in/" in answer.headers["Location"]
