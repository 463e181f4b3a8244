"""Files a newcomer can read in one sitting, in a tree without lumber rooms."""

from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src/chengxiang"
MOST_LINES = 360


def test_no_file_is_longer_than_one_sitting():
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts
        if (lines := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_there_are_no_lumber_rooms():
    lumber = {"utils", "helpers", "common", "misc", "managers", "signals"}
    names = {path.stem for path in SOURCE.rglob("*") if path.is_dir() or path.suffix == ".py"}
    assert names & lumber == set()


def test_national_abbreviations_stay_where_the_national_format_is():
    homes = ("registers/land/submission", "registers/land/exchange", "registers/land/commands",
             "registers/land/models/national.py", "registers/land/queries/package.py",
             "registers/land/queries/imports.py", "site/cli")  # fmt: skip
    abbreviations = ("CBFBM", "DKBM", "CBHTBM", "SCMJ", "HTMJ")
    offences = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if not str(path.relative_to(SOURCE)).startswith(homes)
        and "migrations" not in path.parts
        and any(word in path.read_text() for word in abbreviations)
    ]
    # The library's module on these codes names them once, where they are defined.
    assert set(offences) <= {"codes/land.py"}
