"""The demonstration county is sound, repeatable, and every fault planted in it is found."""

from collections import Counter

import pytest
import shapely

from chengxiang.registers.land.submission import checks
from chengxiang.registers.land.submission.checks import Reference, check_package
from chengxiang.registers.land.submission.demo_county import make_county, plant
from chengxiang.registers.land.submission.demo_county.defects import PLANTS
from chengxiang.registers.land.submission.demo_county.file_faults import FILE_FAULTS, spoil_files
from chengxiang.registers.land.submission.differences import compare
from chengxiang.registers.land.submission.problems import CATALOGUE
from chengxiang.registers.land.submission.reading import KINDS as READING_KINDS
from chengxiang.registers.land.submission.reading import read_package
from chengxiang.registers.land.submission.writing import write_package


def told(problems):
    return Counter((p.code, p.table, p.key, p.field) for p in problems)


@pytest.mark.parametrize("code", ["211223", "210283", "211421", "210727"])
def test_every_county_is_sound_and_lies_in_its_own_boundary(code):
    package = make_county(code, 60, 3)
    assert check_package(package, Reference.shipped(code)) == []
    assert package.tables["CBF"].num_rows >= 60


def test_the_same_seed_makes_the_same_county_and_another_seed_another():
    one, same, other = (make_county("211223", 40, seed) for seed in (5, 5, 6))
    assert one.tables == same.tables
    assert one.tables != other.tables


def test_a_county_without_villages_or_none_at_all_is_refused():
    with pytest.raises(ValueError, match="no county"):
        make_county("999999", 10, 1)


def test_every_kind_of_the_checks_can_be_planted():
    assert set(PLANTS) == {kind.code for kind in checks.KINDS}
    assert set(CATALOGUE) == {*PLANTS, *(kind.code for kind in READING_KINDS)}


@pytest.mark.parametrize("seed", range(12))
def test_all_planted_faults_are_found_and_none_is_invented(seed):
    sound = make_county("211223", 300, seed)
    package, planted = plant(sound, len(PLANTS) + seed, seed)
    assert told(check_package(package, Reference.shipped("211223"))) == told(planted)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_faults_survive_the_way_through_files(seed, tmp_path):
    package, planted = plant(make_county("211223", 200, seed), len(PLANTS), seed)
    written = write_package(package, tmp_path / "211223西丰县")
    planted += spoil_files(written, list(FILE_FAULTS))
    read, problems = read_package(written)
    problems = [*problems, *check_package(read, Reference.shipped("211223"))]
    assert told(problems) == told(planted)


def test_a_sound_county_comes_back_from_files_as_it_was(tmp_path):
    package = make_county("211223", 100, 8)
    read, problems = read_package(write_package(package, tmp_path / "c.zip"))
    assert problems == []
    assert not [n for n, d in compare(package, read).items() if d.new or d.changed or d.gone]


def test_fields_share_their_edges_and_nowhere_overlap():
    shapes = shapely.from_wkb(
        make_county("211223", 50, 2).tables["DK"]["plane_geometry"].to_numpy()
    )
    assert shapely.is_valid(shapes).all()
    whole = shapely.area(shapely.union_all(shapes))
    assert whole == pytest.approx(shapely.area(shapes).sum(), abs=0.01)
