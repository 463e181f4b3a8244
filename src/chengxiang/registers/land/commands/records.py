"""How the rows of each national table become rows of the register."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import shapely

from chengxiang.kernel import geometry
from chengxiang.kernel.subjects.pinyin import of_names
from chengxiang.registers.land.models.national import ACTION_KINDS, CORRESPONDENCES
from chengxiang.registers.land.submission.layout import LAYERS

from .columns import box_text, flat, same_columns, term_text
from .context import Context

Columns = dict[str, pa.Array | pa.ChunkedArray]


@dataclass(frozen=True)
class Record:
    """One national table on its way into one table of the register."""

    table: str
    key_sql: str  # the row's key as `differences.row_keys` writes it
    columns: Callable[[pa.Table, Context], Columns]
    since: Callable[[pa.Table, Context], pa.Array]
    only: str = ""
    subjects: Callable[[pa.Table, Context], Columns] = lambda rows, context: {}


def _subjects(code: str, name: str, kind: str | None) -> Callable[[pa.Table, Context], Columns]:
    def build(rows: pa.Table, context: Context) -> Columns:
        names = flat(pc.fill_null(rows[name], ""))
        empty = pa.repeat(pa.scalar("", pa.string()), rows.num_rows)
        # Parcels are found by code and on the map; their names need no pinyin.
        letters, initials = (empty, empty) if kind == "parcel" else of_names(names)
        kinds = (
            pc.choose(
                pc.cast(pc.subtract(pc.cast(flat(rows["CBFLX"]), pa.int64()), 1), pa.int64()),
                "household",
                "person",
                "organisation",
            )
            if kind is None
            else pa.repeat(pa.scalar(kind, pa.string()), rows.num_rows)
        )
        return {
            "kind": kinds,
            "code": rows[code],
            "name": names,
            "pinyin": letters,
            "initials": initials,
            "place_code": context.place(rows[code]),
        }

    return build


def _party(rows: pa.Table, context: Context) -> Columns:
    return {**same_columns("FBF", rows), "place_code": context.place(rows["FBFBM"])}


def _contractor(rows: pa.Table, context: Context) -> Columns:
    parties = pc.utf8_slice_codeunits(rows["CBFBM"], 0, 14)
    return {
        **same_columns("CBF", rows),
        "issuing_party_id": context.index("FBF").ids_of(parties),
        "place_code": context.place(rows["CBFBM"]),
    }


def _member(rows: pa.Table, context: Context) -> Columns:
    letters, initials = of_names(flat(pc.fill_null(rows["CYXM"], "")))
    return {
        **same_columns("CBF_JTCY", rows),
        "contractor_id": context.index("CBF").ids_of(rows["CBFBM"]),
        "pinyin": letters,
        "initials": initials,
        "place_code": context.place(rows["CBFBM"]),
    }


def _parcel(rows: pa.Table, context: Context) -> Columns:
    shapes = shapely.from_wkb(flat(rows["geometry"]).to_numpy(zero_copy_only=False))
    return {
        **same_columns("DK", rows),
        "extent": box_text(shapely.bounds(shapes)),
        "geodesic_area_m2": pa.array(geometry.geodesic_areas(shapes)),
        "place_code": context.place(rows["DKBM"]),
    }


def _parties(rows: pa.Table, context: Context) -> Columns:
    return {
        "issuing_party_id": context.index("FBF").ids_of(rows["FBFBM"]),
        "contractor_id": context.index("CBF").ids_of(rows["CBFBM"]),
        "place_code": context.place(rows["CBFBM"]),
    }


def _contract(rows: pa.Table, context: Context) -> Columns:
    return {
        **same_columns("CBHT", rows),
        **_parties(rows, context),
        "term": term_text(rows["CBQXQ"], rows["CBQXZ"]),
    }


def _right(rows: pa.Table, context: Context) -> Columns:
    return {
        **same_columns("CBDKXX", rows),
        **_parties(rows, context),
        "parcel_id": context.index("DK").ids_of(rows["DKBM"]),
        "contract_id": context.index("CBHT").ids_of(rows["CBHTBM"]),
        "place_code": context.place(rows["DKBM"]),
    }


def _entry(rows: pa.Table, context: Context) -> Columns:
    return {
        **same_columns("CBJYQZDJB", rows),
        **_parties(rows, context),
        "term": term_text(rows["CBQXQ"], rows["CBQXZ"]),
    }


def _certificate(rows: pa.Table, context: Context) -> Columns:
    return {
        **same_columns("CBJYQZ", rows),
        "entry_id": context.index("CBJYQZDJB").ids_of(rows["CBJYQZBM"]),
        "place_code": context.place(rows["CBJYQZBM"]),
    }


def _action(national: str) -> Callable[[pa.Table, Context], Columns]:
    def build(rows: pa.Table, context: Context) -> Columns:
        empty = pa.repeat(pa.scalar("", pa.string()), rows.num_rows)
        kind = pa.repeat(pa.scalar(ACTION_KINDS[national], pa.string()), rows.num_rows)
        collector = ("collector_name", "collector_document_kind", "collector_document_number")
        return {
            **dict.fromkeys(collector, empty),
            **same_columns(national, rows),
            "kind": kind,
            "place_code": context.place(rows["CBJYQZBM"]),
        }

    return build


def _circulation(rows: pa.Table, context: Context) -> Columns:
    return {
        **same_columns("LZHT", rows),
        "contract_id": context.index("CBHT").ids_of(rows["CBHTBM"]),
        "contractor_id": context.index("CBF").ids_of(rows["CBFBM"]),
        "term": term_text(rows["LZQXKSRQ"], rows["LZQXJSRQ"]),
        "place_code": context.place(rows["CBFBM"]),
    }


def _with_place(national: str, code: str) -> Callable[[pa.Table, Context], Columns]:
    def build(rows: pa.Table, context: Context) -> Columns:
        return {**same_columns(national, rows), "place_code": context.place(rows[code])}

    return build


def _since_contract(rows: pa.Table, context: Context) -> pa.Array:
    return context.since(context.since_by_contract.ids_of(rows["CBHTBM"]), rows.num_rows)


def _since_contractor(rows: pa.Table, context: Context) -> pa.Array:
    return context.since(context.since_by_contractor.ids_of(rows["CBFBM"]), rows.num_rows)


def _since_parcel(rows: pa.Table, context: Context) -> pa.Array:
    parcels, contracts = context.contract_of_parcel
    held_under = contracts.take(pc.index_in(flat(rows["DKBM"]), value_set=parcels))
    return context.since(context.since_by_contract.ids_of(held_under), rows.num_rows)


def _since_start(rows: pa.Table, context: Context) -> pa.Array:
    return context.since(None, rows.num_rows)


def _since_day(column: str) -> Callable[[pa.Table, Context], pa.Array]:
    """Papers begin on their own day, whatever the contract says."""

    def build(rows: pa.Table, context: Context) -> pa.Array:
        today = pa.scalar(context.on, pa.date32())
        return pc.min_element_wise(pc.fill_null(flat(rows[column]), today), today)

    return build


_CONTRACTOR_CODE = "(SELECT c.code FROM land_contractor c WHERE c.subject_id = t.contractor_id)"
_PARCEL_CODE = "(SELECT p.code FROM land_parcel p WHERE p.subject_id = t.parcel_id)"

RECORDS: Mapping[str, Record] = {
    "FBF": Record(
        table="land_issuingparty",
        key_sql="t.code",
        columns=_party,
        since=_since_start,
        subjects=_subjects("FBFBM", "FBFMC", "organisation"),
    ),
    "CBF": Record(
        table="land_contractor",
        key_sql="t.code",
        columns=_contractor,
        since=_since_contractor,
        subjects=_subjects("CBFBM", "CBFMC", None),
    ),
    "CBF_JTCY": Record(
        table="land_member",
        key_sql=f"{_CONTRACTOR_CODE} || '|' || t.name || '|' || t.document_number",
        columns=_member,
        since=_since_contractor,
    ),
    "DK": Record(
        table="land_parcel",
        key_sql="t.code",
        columns=_parcel,
        since=_since_parcel,
        subjects=_subjects("DKBM", "DKMC", "parcel"),
    ),
    "CBHT": Record(
        table="land_contract", key_sql="t.code", columns=_contract, since=_since_contract
    ),
    "CBDKXX": Record(
        table="land_parcelright",
        key_sql=f"{_PARCEL_CODE} || '|' || {_CONTRACTOR_CODE}",
        columns=_right,
        since=_since_contract,
    ),
    "CBJYQZDJB": Record(
        table="land_registerentry", key_sql="t.code", columns=_entry, since=_since_day("DJSJ")
    ),
    "CBJYQZ": Record(
        table="land_certificate", key_sql="t.code", columns=_certificate, since=_since_day("FZRQ")
    ),
    **{
        national: Record(
            table="land_certificateaction",
            key_sql="t.certificate_code || '|' || t.happened_on::text",
            columns=_action(national),
            since=_since_day(day),
            only=f"t.kind = '{ACTION_KINDS[national]}'",
        )
        for national, day in (
            ("CBJYQZ_QZBF", "BFRQ"),
            ("CBJYQZ_QZHF", "HFRQ"),
            ("CBJYQZ_QZZX", "ZXRQ"),
        )
    },
    "LZHT": Record(
        table="land_circulation",
        key_sql="t.code",
        columns=_circulation,
        since=_since_day("LZQXKSRQ"),
    ),
    "QSLYZLFJ": Record(
        table="land_evidence",
        key_sql="t.certificate_code || '|' || t.number",
        columns=_with_place("QSLYZLFJ", "CBJYQZBM"),
        since=_since_start,
    ),
    **{
        national: Record(
            table=CORRESPONDENCES[national].table,
            key_sql="t.number::text",
            columns=_with_place(national, "DKBM"),
            since=_since_start,
        )
        for national in ("JZD", "JZX")
    },
}


def _feature(national: str) -> Record:
    """A layer kept as submitted: its national fields as JSON."""

    def build(rows: pa.Table, context: Context) -> Columns:
        fields = [
            name for name in rows.column_names if name != "geometry" and not name.startswith("_")
        ]
        attributes = [
            json.dumps(
                {k: v for k, v in row.items() if v is not None}, ensure_ascii=False, default=str
            )
            for row in rows.select(fields).to_pylist()
        ]
        territory = next(
            (name for name in ("CJQYDM", "ZJQYDM", "XJQYDM") if name in rows.column_names), None
        )
        county = pa.repeat(pa.scalar(context.package.county_code, pa.string()), rows.num_rows)
        return {
            "layer": pa.repeat(pa.scalar(national, pa.string()), rows.num_rows),
            "number": rows["BSM"],
            "attributes": pa.array(attributes, pa.string()),
            "geometry": rows["geometry"],
            "place_code": context.place(rows[territory]) if territory else county,
        }

    return Record(
        table="land_layerfeature",
        key_sql="t.number::text",
        columns=build,
        since=_since_start,
        only=f"t.layer = '{national}'",
    )


RECORDS = {
    **RECORDS,
    **{layer: _feature(layer) for layer in LAYERS if layer not in RECORDS},
}
