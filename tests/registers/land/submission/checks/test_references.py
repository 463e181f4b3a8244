import pytest
import shapely

FIELD = shapely.box(41_576_300, 4_707_300, 41_576_330, 4_707_330)


def remove(sample, table, **where):
    kept = [r for r in sample.tables[table] if any(r[k] != v for k, v in where.items())]
    sample.tables[table] = kept


@pytest.mark.parametrize(
    ("home", "field", "first"),
    [
        ("FBF", "FBFBM", ("CBF", "CBFBM")),
        ("CBF", "CBFBM", ("CBF_JTCY", "CBFBM")),
        ("DK", "DKBM", ("CBDKXX", "DKBM")),
        ("CBHT", "CBHTBM", ("CBDKXX", "CBHTBM")),
        ("CBJYQZDJB", "CBJYQZBM", ("CBDKXX", "CBJYQZBM")),
    ],
)
def test_a_row_that_is_gone_is_told_once_where_it_is_named_first(sample, only, home, field, first):
    code = sample.row(home)[field]
    remove(sample, home, **{field: code})
    assert only("reference.missing", *first).value == code


def test_a_circulation_contract_that_is_named_must_be_there(sample, only):
    code = sample.row("LZHT")["LZHTBM"]
    sample.row("CBDKXX")["LZHTBM"] = code[:-1] + "9"
    assert only("reference.missing", "CBDKXX", "LZHTBM").details["home"] == "LZHT"


def test_a_boundary_point_of_no_parcel_is_told(sample, only):
    sample.row("JZD")["DKBM"] = sample.row("JZD")["DKBM"][:-3] + "777"
    only("reference.missing", "JZD", "DKBM")


def test_an_absent_table_is_the_readers_to_tell(sample, found):
    sample.tables["LZHT"] = []
    sample.tables["JZD"] = []
    assert found() == []


def test_a_contracted_parcel_without_a_contract_row_is_unused(sample, only):

    party = sample.row("FBF")["FBFBM"]
    sample.add("DK", DKBM=f"{party}00099", SCMJ=900.0, DKLB="10", shape=FIELD, KJZB="1")
    assert only("reference.unused", "DK", "DKBM").details["what_en"] == "contract rows"


def test_reserve_land_needs_no_contract(sample, found):

    party = sample.row("FBF")["FBFBM"]
    sample.add("DK", DKBM=f"{party}00099", SCMJ=900.0, DKLB="22", shape=FIELD, KJZB="1")
    assert found() == []


def test_a_household_without_members_is_told_once(sample, only):
    remove(sample, "CBF_JTCY", CBFBM=sample.row("CBF")["CBFBM"])
    assert only("reference.unused", "CBF", "CBFBM").details["what_en"] == "members"


def test_a_contractor_without_a_contract_is_told(sample, only):
    party = sample.row("FBF")["FBFBM"]
    sample.add("CBF", CBFBM=f"{party}9001", CBFLX="3", CBFZJLX="3")
    assert only("reference.unused", "CBF", "CBFBM").details["what_en"] == "contract"


def test_a_contract_without_a_certificate_is_a_warning(sample, only):
    sample.tables["CBJYQZ"].pop(0)
    assert only("reference.no_certificate", "CBHT", "CBHTBM").row == 1
