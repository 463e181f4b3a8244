"""What changes the list of places: a published list taken in, a place succeeded by another."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import pyarrow as pa
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.bulk import copy_rows, take_ids
from chengxiang.kernel.errors import Refused
from chengxiang.kernel.fields import BoxField
from chengxiang.kernel.history import commands as history
from chengxiang.kernel.places import lists
from chengxiang.kernel.places.models import Place

_ARROW = {"id": pa.int64(), "parent_id": pa.int64(), "boundary": pa.binary()}
_COMPARED = ("level", "kind", "name", "pinyin", "initials", "parent_id", "boundary", "extent")


@dataclass(frozen=True)
class Loaded:
    """What taking in a list did, in places."""

    new: int
    changed: int
    ended: int


@transaction.atomic
def load_places(by: Officer | None = None, *, source: lists.PlaceList | None = None) -> Loaded:
    """Takes in a published list: new places enter, changed ones follow it, missing ones end.

    Without `source` the list shipped with the package, and nothing is written where it is in
    already. Without `by` it is the installation itself that does it; an officer needs
    `places.maintain` at every place at the top of the list. A place that is missing from the
    list ends on the list's day and keeps its row; one that began after that day stays.
    """
    listed = source or lists.shipped()
    officer = by or Officer(None)
    tops = [row.code for row in listed.rows if not row.parent_code]
    if by is not None:
        for code in tops:
            by.require("places.maintain", at=code)
    known = {place.code: place for place in Place.objects.select_for_update()}
    new, changed = _enter(listed, known)
    ended = _end_missing(listed, known, tops)
    done = Loaded(new=new, changed=changed, ended=ended)
    if new or changed or ended:
        for top in Place.objects.filter(code__in=tops):
            history.record(
                "places.list.loaded", cast(Any, top), by=officer,
                day=listed.day.isoformat(), **vars(done),
            )  # fmt: skip
    return done


def _enter(listed: lists.PlaceList, known: dict[str, Place]) -> tuple[int, int]:
    """New and changed places. A wider place comes first, for the others point at its row."""
    extents = listed.extents()
    ids = {code: place.pk for code, place in known.items()}
    fresh = [row.code for row in listed.rows if row.code not in known]
    if fresh:
        taken = take_ids(Place._meta.db_table, len(fresh)).to_pylist()
        ids.update(zip(fresh, taken, strict=True))
    new: list[dict[str, Any]] = []
    changed: list[Place] = []
    for row in listed.rows:
        facts = {
            "level": row.level,
            "kind": row.kind,
            "name": row.name,
            "pinyin": row.pinyin,
            "initials": row.initials,
            "parent_id": ids[row.parent_code] if row.parent_code else None,
            "boundary": listed.boundaries.get(row.code),
            "extent": extents.get(row.code),
        }
        place = known.get(row.code)
        if place is None:
            new.append({"id": ids[row.code], "code": row.code, **facts})
        elif any(_plain(getattr(place, name)) != facts[name] for name in _COMPARED):
            for name, value in facts.items():
                setattr(place, name, value)
            changed.append(place)
    if new:
        _copy(new)
    if changed:
        Place.objects.bulk_update(changed, [n.removesuffix("_id") for n in _COMPARED], 500)
    return len(new), len(changed)


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def _copy(rows: list[dict[str, Any]]) -> None:
    """New rows all at once (18 thousand one by one take four times as long)."""
    box = BoxField()
    for row in rows:
        # Open at both ends: the list does not say since when a place exists, and the registers
        # hold facts since 1998, which lie in places of that time.
        row.update(valid="(,)", urban_rural_class="", extent=box.get_prep_value(row["extent"]))
    schema = pa.schema(
        [(name, _ARROW.get(name, pa.string())) for name in rows[0]],
    )
    copy_rows(Place._meta.db_table, pa.Table.from_pylist(rows, schema=schema))


def _end_missing(listed: lists.PlaceList, known: dict[str, Place], tops: list[str]) -> int:
    codes = {row.code for row in listed.rows}
    missing = [
        place
        for code, place in known.items()
        if code not in codes
        and any(code.startswith(top) for top in tops)
        and place.valid.upper is None
        and (place.valid.lower is None or place.valid.lower < listed.day)
    ]
    for place in missing:
        place.valid = DateRange(place.valid.lower, listed.day)
    return Place.objects.bulk_update(missing, ["valid"], 500) if missing else 0


@transaction.atomic
def succeed(by: Officer, old_code: str, new_code: str, on: date) -> Place:
    """A place ends and another takes over from that day: a merger, or a renaming with a new code.

    `on` is the first day of the successor. Records keep the code they were written with;
    `queries.restate` tells what a code is called on another day. The villages of a township are
    succeeded before the township itself. Needs `places.maintain` at both places. Refuses places
    that are not known, of different levels, not in force, with places in force below, and rings.
    """
    # Locked in order of code, so that two clerks cannot send two places into each other.
    places = {
        place.code: place
        for place in Place.objects.select_for_update()
        .filter(code__in=[old_code, new_code])
        .order_by("code")
    }
    old = places.get(old_code) or _refuse_unknown(old_code, "old_code")
    new = places.get(new_code) or _refuse_unknown(new_code, "new_code")
    by.require("places.maintain", at=old.code)
    by.require("places.maintain", at=new.code)
    _check_succession(old, new, on)
    old.valid = DateRange(old.valid.lower, on)
    old.successor = new
    old.save(update_fields=["valid", "successor"])
    history.record(
        "places.place.succeeded", cast(Any, old), by=by, successor=new.code, on=on.isoformat()
    )
    return old


def _refuse_unknown(code: str, field: str) -> Place:
    raise Refused(
        "places.unknown", _("There is no place with the code %(code)s.") % {"code": code},
        field=field,
    )  # fmt: skip


def _check_succession(old: Place, new: Place, on: date) -> None:
    if old == new:
        raise Refused("places.own_successor", _("A place cannot succeed itself."), field="new_code")
    if old.level != new.level:
        raise Refused(
            "places.other_level",
            _("Both places must be of the same level, for example two townships."),
            field="new_code",
        )
    if old.successor_id is not None or old.valid.upper is not None:
        raise Refused(
            "places.ended_already",
            _("%(place)s has ended already. Choose a place that is in force.")
            % {"place": old.label},
            field="old_code",
        )
    if old.valid.lower is not None and on <= old.valid.lower:
        raise Refused(
            "places.not_begun",
            _("%(place)s had not begun by that day. Give a later day.") % {"place": old.label},
            field="on",
        )
    if on not in new.valid or new.valid.upper is not None:
        # A successor has no end and no successor of its own: so no ring can come about.
        raise Refused(
            "places.successor_not_in_force",
            _("%(place)s is not in force from that day on. Choose another successor or day.")
            % {"place": new.label},
            field="new_code",
        )
    below = Place.objects.below(old.code).in_force(on).exclude(pk=old.pk).count()
    if below:
        raise Refused(
            "places.places_below",
            _("%(count)d places in it are in force on that day. Give them their successors first.")
            % {"count": below},
            field="old_code",
        )
