"""Which places there are, what lies in what, and how a place is found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.lookups import DataContains
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Left, Length
from django.db.models.lookups import Exact, StartsWith
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from chengxiang.codes import places as codes
from chengxiang.kernel.fields import Box
from chengxiang.kernel.places import lists
from chengxiang.kernel.places.models import Characters, Joined, Place, PlaceQuerySet

_WITHOUT_BOUNDARY = ("boundary",)

LEVELS_MANY: Mapping[str, str | Promise] = {
    "province": _("Provinces"),
    "prefecture": _("Prefectures"),
    "county": _("Counties and districts"),
    "township": _("Townships and streets"),
    "village": _("Villages and communities"),
}

LEVELS_ONE: Mapping[str, str | Promise] = {
    "province": _("province level"),
    "prefecture": _("prefecture level"),
    "county": _("county level"),
    "township": _("township level"),
    "village": _("village level"),
}


def places() -> PlaceQuerySet:
    """Every place, ended ones too, in order of code, without its boundary (read on demand)."""
    return Place.objects.defer(*_WITHOUT_BOUNDARY).order_by("code")


def place(code: str) -> Place | None:
    """The place of that code, also one that has ended; None where there is none."""
    return places().select_related("parent", "successor").filter(code=code).first()


def parent_code(code: str) -> str | None:
    """The code of the place one level up: codes and parents always agree."""
    return codes.parent(code)


def children(place: Place, on: date) -> QuerySet[Place]:
    """The places right below that are in force on the day, in order of code: one indexed query."""
    return place.children().in_force(on).defer(*_WITHOUT_BOUNDARY)


def ancestors(place: Place) -> QuerySet[Place]:
    """The places this one lies in, widest first: one indexed query."""
    return place.ancestors().defer(*_WITHOUT_BOUNDARY)


def listed(
    *, level: str = "", parent: str = "", after: str = "", limit: int, on: date | None = None
) -> list[Place]:
    """At most `limit` places in order of code after the code `after`, narrowed as asked."""
    found = places().select_related("parent").filter(code__gt=after)
    if on is not None:
        found = found.in_force(on)
    if level:
        found = found.filter(level=level)
    if parent:
        found = found.filter(parent__code=parent)
    return list(found[:limit])


def search(text: str, limit: int = 20, *, on: date | None = None) -> list[Place]:
    """Places by part of the name, beginning of pinyin, initials or code: one indexed query.

    Pinyin with or without spaces ("fang mu", "fangmuzhen"), initials ("fmz"), code ("2112").
    First what is meant exactly, then what begins with the text, then what has it inside; among
    equals the wider place first. Only places in force where a day is given.
    """
    asked = _conditions(" ".join(text.split())[:60])
    if asked is None:
        return []
    exact, begins, inside = asked
    rank = Case(
        When(exact, Value(0)),
        When(begins, Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = places().filter(inside)
    if on is not None:
        found = found.in_force(on)
    ranked = found.annotate(rank=rank, width=Length("code"), long=Length("name"))
    return list(ranked.order_by("rank", "width", "long", "code")[:limit])


def _conditions(text: str) -> tuple[Q, Q, Q] | None:
    """What makes a place an exact answer, one that begins with the text, an answer at all."""
    if not text:
        return None
    if text.isascii() and text.isdigit():
        begins = Q(code__startswith=text)
        return Q(code=text), begins, begins
    if text.isascii():
        letters = "".join(character for character in text.lower() if character.isalnum())
        if not letters:
            return None
        # Letters and digits only, so nothing in the pattern needs escaping.
        joined = Joined("pinyin")
        exact = Q(initials=letters) | Q(Exact(joined, Value(letters)))
        begins = Q(initials__startswith=letters) | Q(StartsWith(joined, letters))
        return exact, begins, begins
    name = text.replace(" ", "")
    inside = Q(DataContains(Characters("name"), Characters(Value(name)))) & Q(name__contains=name)
    return Q(name=name), Q(name__startswith=name), inside


def successor_of(code: str, on: date) -> Place | None:
    """The place that has taken over from that code by the day: itself while it is in force.

    None where the place is not known, has not begun, or ended without a successor.
    """
    now = restate([code], on)[code]
    return place(now) if now else None


def restate(asked: Iterable[str], on: date) -> dict[str, str | None]:
    """What each code is called in the boundaries of another day; two queries for any number.

    Forward through successors; backward to a predecessor where there was exactly one, for what
    was later merged cannot be divided by code alone. None: not known, ended without successor,
    or not to be told.
    """
    wanted = set(asked)
    valid = dict(Place.objects.filter(code__in=wanted).values_list("code", "valid"))
    after: dict[str, str] = {}
    before: dict[str, list[str]] = {}
    links = Place.objects.filter(successor__isnull=False).values_list(
        "code", "valid", "successor__code", "successor__valid"
    )
    for code, until, successor, since in links:
        valid[code], valid[successor] = until, since
        after[code] = successor
        before.setdefault(successor, []).append(code)

    def on_that_day(code: str | None) -> str | None:
        while code in valid and on not in valid[code]:
            upper = valid[code].upper
            if upper is not None and on >= upper:
                code = after.get(code)
            else:
                earlier = before.get(code, [])
                code = earlier[0] if len(earlier) == 1 else None
        return code if code in valid else None

    return {code: on_that_day(code) for code in wanted}


@dataclass(frozen=True)
class Column:
    """A column of the table of what lies below: a kind, or a level as a whole."""

    level: str
    kind: str  # empty: every kind of the level
    title: str


@dataclass(frozen=True)
class Below:
    """What lies in a place: its children, and how many places of which kind lie in each."""

    columns: Sequence[Column]
    rows: Sequence[tuple[Place, Sequence[int]]]
    totals: Sequence[int]
    by_level: Sequence[tuple[str, int]]  # all places below by level, in words
    kinds: Sequence[tuple[str, int]]  # all places below by kind, in words
    level: str | Promise  # the level of the children, in words


def below(place: Place, on: date) -> Below:
    """Children in force on the day with counts of what lies in them: two indexed queries."""
    rows = list(children(place, on))
    width = len(rows[0].code) if rows else 0
    counts: dict[tuple[str, str, str], int] = {}
    kinds: dict[tuple[str, str], int] = {}
    if width:
        grouped = (
            Place.objects.below(place.code)
            .in_force(on)
            .exclude(pk=place.pk)
            .order_by()
            .values("level", "kind", child=Left("code", width))
            .annotate(count=Count("pk"))
        )
        for found in grouped:
            level, kind = found["level"], found["kind"]
            kinds[level, kind] = kinds.get((level, kind), 0) + found["count"]
            for key in (kind, ""):
                counts[found["child"], level, key] = (
                    counts.get((found["child"], level, key), 0) + found["count"]
                )
    columns = _columns(kinds, width) if rows else []
    table = [
        (child, [counts.get((child.code, c.level, c.kind), 0) for c in columns]) for child in rows
    ]
    return Below(
        columns=columns,
        rows=table,
        totals=[sum(counts_of[i] for _child, counts_of in table) for i in range(len(columns))],
        by_level=[
            (str(title), total)
            for level, title in LEVELS_MANY.items()
            if (total := sum(n for (at, _kind), n in kinds.items() if at == level))
        ],
        kinds=[(_kind_title(level, kind), n) for (level, kind), n in _in_order(kinds)],
        level=LEVELS_MANY[rows[0].level] if rows else "",
    )


def _columns(kinds: Mapping[tuple[str, str], int], width: int) -> list[Column]:
    """The kinds of the level below the children, and each deeper level as a whole."""
    deeper = [codes.level("1" * digits) for digits in codes.WIDTHS if digits > width]
    first = [
        Column(level, kind, _kind_title(level, kind))
        for (level, kind), _n in _in_order(kinds)
        if level in deeper[:1]
    ]
    whole = [Column(level, "", str(LEVELS_MANY[level])) for level in deeper[1:]]
    return first + whole


def _in_order(kinds: Mapping[tuple[str, str], int]) -> list[tuple[tuple[str, str], int]]:
    order = [kind for kind in Place.Kind.values if kind != Place.Kind.OTHER] + [Place.Kind.OTHER]
    levels = list(LEVELS_MANY)
    return sorted(kinds.items(), key=lambda of: (levels.index(of[0][0]), order.index(of[0][1])))


def _kind_title(level: str, kind: str) -> str:
    if kind == Place.Kind.OTHER:
        return str(_("other, township level") if level == "township" else _("other, village level"))
    return capfirst(str(Place.Kind(kind).label))


@dataclass(frozen=True)
class Sheet:
    """Everything the page of a place tells of the place itself."""

    place: Place
    level: str | Promise  # in words
    ancestors: Sequence[Place]
    below: Below
    population: lists.Population | None
    predecessors: Sequence[Place]
    extent: Box | None  # its own, else of the nearest place above that has one
    extent_of: Place | None  # whose extent that is


def sheet(code: str, on: date) -> Sheet | None:
    """The sheet of a place (five queries); None where there is no place of that code."""
    found = place(code)
    if found is None:
        return None
    above = list(ancestors(found))
    drawn = next((p for p in [found, *reversed(above)] if p.extent is not None), None)
    return Sheet(
        place=found,
        level=LEVELS_ONE[found.level],
        ancestors=above,
        below=below(found, on),
        population=lists.population(code),
        predecessors=list(found.predecessors.defer(*_WITHOUT_BOUNDARY).order_by("code")),
        extent=drawn.extent if drawn else None,
        extent_of=drawn,
    )


def lines(found: Iterable[Place]) -> dict[str, list[Place]]:
    """For each place's code the places it lies in, widest first: one query for all of them."""
    above = {place.code: codes.ancestors(place.code) for place in found}
    wanted = {code for line in above.values() for code in line}
    known = {place.code: place for place in places().filter(code__in=wanted)}
    return {code: [known[c] for c in line if c in known] for code, line in above.items()}


@dataclass(frozen=True)
class Branch:
    """A place of the tree with what hangs on it."""

    place: Place
    branches: Sequence["Branch"]


def tree(on: date) -> list[Branch]:
    """Provinces, prefectures and counties in force on the day, as a tree: one query."""
    hanging: dict[str | None, list[Place]] = {}
    for found in places().in_force(on).filter(level__in=["province", "prefecture", "county"]):
        hanging.setdefault(codes.parent(found.code), []).append(found)

    def grown(above: str | None) -> list[Branch]:
        return [Branch(found, grown(found.code)) for found in hanging.get(above, [])]

    return grown(None)
