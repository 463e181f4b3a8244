"""What the register's columns are called in the national layout (NY/T 2539).

One list for both ways: a package is adopted by it and given back by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Correspondence:
    """A national table and the register's table that keeps its rows.

    `columns`: national field → column of the register holding it as it is (empty text for null).
    `flags`: the same for yes/no fields (1 yes, 2 no), kept as booleans.
    `elsewhere`: national field → SQL over the row `t` and the `joins`, for what another row holds.
    `only`: SQL condition choosing this table's rows where several share one register table.
    """

    table: str
    columns: Mapping[str, str]
    flags: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    joins: str = ""
    only: str = ""


_SUBJECT = "JOIN subjects_subject s ON s.id = t.subject_id"
_PARTY = "JOIN land_issuingparty party ON party.subject_id = t.issuing_party_id"
_CONTRACTOR = "JOIN land_contractor contractor ON contractor.subject_id = t.contractor_id"
_TERM = {"CBQXQ": "lower(t.term)", "CBQXZ": "upper(t.term) - 1"}
_COLLECTION = {"kind": "collector_document_kind", "number": "collector_document_number"}

CORRESPONDENCES: Mapping[str, Correspondence] = {
    "FBF": Correspondence(
        table="land_issuingparty",
        columns={
            "FBFBM": "code",
            "FBFFZRXM": "head_name",
            "FZRZJLX": "head_document_kind",
            "FZRZJHM": "head_document_number",
            "LXDH": "phone",
            "FBFDZ": "address",
            "YZBM": "postcode",
            "FBFDCY": "surveyor",
            "FBFDCRQ": "surveyed_on",
            "FBFDCJS": "survey_note",
        },
        elsewhere={"FBFMC": "s.name"},
        joins=_SUBJECT,
    ),
    "CBF": Correspondence(
        table="land_contractor",
        columns={
            "CBFBM": "code",
            "CBFLX": "kind",
            "CBFZJLX": "document_kind",
            "CBFZJHM": "document_number",
            "CBFDZ": "address",
            "YZBM": "postcode",
            "LXDH": "phone",
            "CBFCYSL": "member_count",
            "CBFDCRQ": "surveyed_on",
            "CBFDCY": "surveyor",
            "CBFDCJS": "survey_note",
            "GSJS": "posting_note",
            "GSJSR": "posting_recorder",
            "GSSHRQ": "posting_reviewed_on",
            "GSSHR": "posting_reviewer",
        },
        elsewhere={"CBFMC": "s.name"},
        joins=_SUBJECT,
    ),
    "CBF_JTCY": Correspondence(
        table="land_member",
        columns={
            "CYXM": "name",
            "CYXB": "sex",
            "CYZJLX": "document_kind",
            "CYZJHM": "document_number",
            "YHZGX": "relation",
            "CYBZ": "note_kind",
            "CYBZSM": "note",
        },
        flags={"SFGYR": "is_co_owner"},
        elsewhere={"CBFBM": "contractor.code"},
        joins=_CONTRACTOR,
    ),
    "DK": Correspondence(
        table="land_parcel",
        columns={
            "BSM": "number",
            "YSDM": "feature_code",
            "DKBM": "code",
            "SYQXZ": "ownership",
            "DKLB": "parcel_class",
            "TDLYLX": "land_use",
            "DLDJ": "soil_grade",
            "TDYT": "use",
            "SCMJ": "area_m2",
            "SCMJM": "stated_area_mu",
            "DKDZ": "east",
            "DKXZ": "west",
            "DKNZ": "south",
            "DKBZ": "north",
            "DKBZXX": "note",
            "ZJRXM": "boundary_witness",
            "KJZB": "point_list",
            "geometry": "geometry",
        },
        flags={"SFJBNT": "is_basic_farmland"},
        elsewhere={"DKMC": "s.name"},
        joins=_SUBJECT,
    ),
    "CBHT": Correspondence(
        table="land_contract",
        columns={
            "CBHTBM": "code",
            "YCBHTBM": "previous_code",
            "CBFS": "way",
            "HTZMJ": "area_m2",
            "CBDKZS": "parcel_count",
            "QDSJ": "signed_on",
            "HTZMJM": "stated_area_mu",
            "YHTZMJ": "original_area_m2",
            "YHTZMJM": "original_area_mu",
        },
        elsewhere={"FBFBM": "party.code", "CBFBM": "contractor.code", **_TERM},
        joins=f"{_PARTY} {_CONTRACTOR}",
    ),
    "CBDKXX": Correspondence(
        table="land_parcelright",
        columns={
            "CBJYQQDFS": "way",
            "HTMJ": "area_m2",
            "LZHTBM": "circulation_code",
            "CBJYQZBM": "certificate_code",
            "YHTMJ": "original_area_m2",
            "HTMJM": "stated_area_mu",
            "YHTMJM": "original_area_mu",
        },
        flags={"SFQQQG": "is_by_shares"},
        elsewhere={
            "DKBM": "parcel.code",
            "FBFBM": "party.code",
            "CBFBM": "contractor.code",
            "CBHTBM": "contract.code",
        },
        joins=(
            f"{_PARTY} {_CONTRACTOR} JOIN land_parcel parcel ON parcel.subject_id = t.parcel_id "
            "LEFT JOIN land_contract contract ON contract.id = t.contract_id"
        ),
    ),
    "CBJYQZDJB": Correspondence(
        table="land_registerentry",
        columns={
            "CBJYQZBM": "code",
            "CBFS": "way",
            "CBQX": "term_text",
            "DKSYT": "sketch",
            "CBJYQZLSH": "serial",
            "DJBFJ": "note",
            "YCBJYQZBH": "previous_number",
            "DBR": "registrar",
            "DJSJ": "registered_on",
        },
        elsewhere={"FBFBM": "party.code", "CBFBM": "contractor.code", **_TERM},
        joins=f"{_PARTY} {_CONTRACTOR}",
    ),
    "CBJYQZ": Correspondence(
        table="land_certificate",
        columns={
            "CBJYQZBM": "code",
            "FZJG": "authority",
            "FZRQ": "issued_on",
            "QZLQRQ": "collected_on",
            "QZLQRXM": "collector_name",
            "QZLQRZJLX": _COLLECTION["kind"],
            "QZLQRZJHM": _COLLECTION["number"],
        },
        flags={"QZSFLQ": "is_collected"},
    ),
    "CBJYQZ_QZBF": Correspondence(
        table="land_certificateaction",
        columns={
            "CBJYQZBM": "certificate_code",
            "QZBFYY": "reason",
            "BFRQ": "happened_on",
            "QZBFLQRQ": "collected_on",
            "QZBFLQRXM": "collector_name",
            "BFLQRZJLX": _COLLECTION["kind"],
            "BFLQRZJHM": _COLLECTION["number"],
        },
        only="t.kind = 'reissue'",
    ),
    "CBJYQZ_QZHF": Correspondence(
        table="land_certificateaction",
        columns={
            "CBJYQZBM": "certificate_code",
            "QZHFYY": "reason",
            "HFRQ": "happened_on",
            "QZHFLQRQ": "collected_on",
            "QZHFLQRXM": "collector_name",
            "HFLQRZJLX": _COLLECTION["kind"],
            "HFLQRZJHM": _COLLECTION["number"],
        },
        only="t.kind = 'replacement'",
    ),
    "CBJYQZ_QZZX": Correspondence(
        table="land_certificateaction",
        columns={"CBJYQZBM": "certificate_code", "ZXYY": "reason", "ZXRQ": "happened_on"},
        only="t.kind = 'cancellation'",
    ),
    "LZHT": Correspondence(
        table="land_circulation",
        columns={
            "LZHTBM": "code",
            "SRFBM": "taker_code",
            "LZFS": "way",
            "LZQX": "term_text",
            "LZMJ": "area_m2",
            "LZDKS": "parcel_count",
            "LZQTDYT": "use_before",
            "LZHTDYT": "use_after",
            "LZJGSM": "price_note",
            "HTQDRQ": "signed_on",
            "LZMJM": "stated_area_mu",
        },
        elsewhere={
            "CBHTBM": "contract.code",
            "CBFBM": "contractor.code",
            "LZQXKSRQ": "lower(t.term)",
            "LZQXJSRQ": "upper(t.term) - 1",
        },
        joins=f"{_CONTRACTOR} JOIN land_contract contract ON contract.id = t.contract_id",
    ),
    "QSLYZLFJ": Correspondence(
        table="land_evidence",
        columns={
            "CBJYQZBM": "certificate_code",
            "ZLFJBH": "number",
            "ZLFJMC": "name",
            "ZLFJRQ": "dated",
            "FJ": "attachment",
        },
    ),
    "JZD": Correspondence(
        table="land_boundarypoint",
        columns={
            "BSM": "number",
            "YSDM": "feature_code",
            "JZDH": "point_number",
            "JZDLX": "point_kind",
            "JBLX": "mark_kind",
            "DKBM": "parcel_codes",
            "XZBZ": "stated_x",
            "YZBZ": "stated_y",
            "geometry": "geometry",
        },
    ),
    "JZX": Correspondence(
        table="land_boundaryline",
        columns={
            "BSM": "number",
            "YSDM": "feature_code",
            "JXXZ": "nature",
            "JZXLB": "line_kind",
            "JZXWZ": "position",
            "JZXSM": "description",
            "PLDWQLR": "neighbour_name",
            "PLDWZJR": "neighbour_witness",
            "JZXH": "line_number",
            "QJZDH": "first_point",
            "ZJZDH": "last_point",
            "DKBM": "parcel_codes",
            "geometry": "geometry",
        },
    ),
}

# What a certificate action of each national table is called in the register.
ACTION_KINDS: Mapping[str, str] = {
    "CBJYQZ_QZBF": "reissue",
    "CBJYQZ_QZHF": "replacement",
    "CBJYQZ_QZZX": "cancellation",
}
