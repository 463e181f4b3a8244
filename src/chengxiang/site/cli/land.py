"""`chengxiang import land`, `export land` and `demo-county`: the land register on the command line."""

import json
from pathlib import Path
from typing import Any

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from chengxiang.kernel.accounts.models import Account
from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.errors import Refused
from chengxiang.registers.land.submission.package import Problem
from chengxiang.site.cli.terminal import console, progress_line

# How many problems are printed for people; the report and --json have them all.
_SHOWN = 20


@click.group(name="import")
def import_group() -> None:
    """Bring files in: read, check, compare, apply."""


@click.group(name="export")
def export_group() -> None:
    """Take the register out."""


def officer(context: click.Context) -> Officer:
    """The officer whose account `--as` names."""
    username = context.obj["username"]
    account = Account.objects.filter(username=username).first()
    if account is None:
        raise click.ClickException(
            _(
                "There is no account “%(name)s”. Run “chengxiang prepare” first, or choose one with --as."
            )
            % {"name": username}
        )
    return Officer.of(account, timezone.localdate())


@import_group.command(name="land")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check and compare only; apply nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object as the last line of output.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the problems as a workbook with the faulty cells marked.",
)
@click.pass_context
def import_land(
    context: click.Context, path: Path, dry_run: bool, as_json: bool, report: Path | None
) -> None:
    """Import a submission package (NY/T 2539): a folder or a zip.

    Reads layers (shapefiles or GeoPackage) and tables (mdb, accdb, xlsx, csv, GeoPackage), runs
    all checks, shows what is new, changed and gone, and applies it, all or nothing. Ends with 0
    if it applied (or would have), with 1 if it refuses; then nothing is applied.
    """
    from chengxiang.kernel.exchange import commands as exchange
    from chengxiang.registers.land.exchange.bring import apply_package, note_examined
    from chengxiang.registers.land.exchange.examine import examine
    from chengxiang.registers.land.submission.report import write_report

    by = officer(context)
    on = timezone.localdate()
    answer: dict[str, Any] = {"applied": False}
    try:
        with progress_line() as progress:
            brought = None
            if not dry_run:
                brought = exchange.bring_in(
                    by, path, format="land", file_name=path.name, place_code=by.place_code
                )
            examined = examine(by, path, on=on, progress=progress)
            if report:
                write_report(examined.problems, examined.package, report)
            if brought is not None:
                note_examined(brought, examined)
                if not examined.has_errors:
                    apply_package(by, brought, examined, on=on, progress=progress)
                    answer["applied"] = True
    except Refused as refusal:
        if as_json:
            click.echo(
                json.dumps(
                    {**answer, "refused": refusal.code, "message": refusal.message},
                    ensure_ascii=False,
                )
            )
        raise click.ClickException(refusal.message) from refusal
    problems = [in_language(problem, context.obj["language"]) for problem in examined.described()]
    answer |= {
        "counts": examined.package.counts(),
        **examined.figures(),
        "differences": {
            name: {"new": d.new, "changed": d.changed, "gone": d.gone}
            for name, d in examined.differences.items()
        },
        "problems": problems,
    }
    tell(answer, dry_run=dry_run, refused=examined.has_errors)
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, default=str))
    if examined.has_errors:
        context.exit(1)


def in_language(problem: dict[str, Any], language: str) -> dict[str, Any]:
    """The problem with `message` and `remedy` in the chosen language, and in English beside."""
    if language == "zh":
        return problem
    return {**problem, "message": problem["message_en"], "remedy": problem["remedy_en"]}


def tell(answer: dict[str, Any], *, dry_run: bool, refused: bool) -> None:
    """Says for people what was found and what was done."""
    for name, count in answer["counts"].items():
        change = answer["differences"].get(name)
        if count or change:
            words = ""
            if change:
                words = _("new %(new)d, changed %(changed)d, gone %(gone)d") % {
                    kind: len(change[kind]) for kind in ("new", "changed", "gone")
                }
            console.print(f"  {name:<12}{count:>10,}  {words}")
    problems = answer["problems"]
    for problem in problems[:_SHOWN]:
        where = " ".join(
            str(problem[part]) for part in ("file", "table", "row", "key", "field") if problem[part]
        )
        colour = "red" if problem["severity"] == "error" else "yellow"
        console.print(f"[{colour}]{problem['code']}[/] {where}", soft_wrap=True)
        console.print(f"    {problem['message']} {problem['remedy']}", soft_wrap=True, markup=False)
    if len(problems) > _SHOWN:
        console.print(
            _("… and %(count)d more; --report FILE.xlsx writes them all.")
            % {"count": len(problems) - _SHOWN}
        )
    errors = sum(problem["severity"] == "error" for problem in problems)
    if refused:
        console.print(
            _("Refused: %(errors)d errors. Nothing was applied. Mend them and import again.")
            % {"errors": errors},
            style="bold red",
        )
    elif dry_run:
        console.print(_("Sound. Nothing was applied (--dry-run)."), style="bold")
    else:
        console.print(_("Applied."), style="bold green")


@export_group.command(name="land")
@click.argument("place")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object as the last line of output.")
@click.pass_context
def export_land(context: click.Context, place: str, out: Path, as_json: bool) -> None:
    """Write the land register of PLACE (a code of 6, 9 or 12 digits) as a submission package.

    OUT is a folder, or a zip if its name ends in .zip. Tables are written as .xlsx and GeoPackage:
    no free tool writes .mdb here.
    """
    from chengxiang.registers.land.exchange.export import export_package

    try:
        with progress_line() as progress:
            written = export_package(
                officer(context), place, out, on=timezone.localdate(), progress=progress
            )
    except Refused as refusal:
        raise click.ClickException(refusal.message) from refusal
    console.print(_("Written: %(path)s") % {"path": written})
    if as_json:
        click.echo(json.dumps({"path": str(written)}, ensure_ascii=False))


@click.command(name="demo-county")
@click.argument("code")
@click.argument("out", type=click.Path(path_type=Path), required=False)
@click.option("--households", type=click.IntRange(1), default=300, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--defects", type=click.IntRange(0), default=0, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object as the last line of output.")
def demo_county(
    code: str, out: Path | None, households: int, seed: int, defects: int, as_json: bool
) -> None:
    """Write a made-up submission package for the real county CODE (6 digits).

    Places and boundaries are real; people, parcels and contracts are invented, and identity
    numbers are from a range nobody can have. OUT is a folder or a .zip; by default the folder
    CODE+name here. With --defects, faults of every check are planted in turn and listed in a
    file beside the package, OUT.defects.json; from 48 on faults of the files themselves too,
    where OUT is a folder.
    """
    from chengxiang.registers.land.submission.demo_county import make_county, plant
    from chengxiang.registers.land.submission.demo_county.defects import PLANTS
    from chengxiang.registers.land.submission.demo_county.file_faults import (
        FILE_FAULTS,
        spoil_files,
    )
    from chengxiang.registers.land.submission.problems import describe
    from chengxiang.registers.land.submission.writing import write_package

    try:
        package = make_county(code, households, seed)
    except (KeyError, ValueError) as error:
        raise click.ClickException(str(error.args[0])) from error
    planted: list[Problem] = []
    in_files = list(FILE_FAULTS) if defects >= len(PLANTS) + len(FILE_FAULTS) else []
    if in_files and out is not None and out.suffix == ".zip":
        in_files = []
    if defects:
        package, planted = plant(package, defects - len(in_files), seed)
    target = out or Path(f"{package.county_code}{package.county_name}")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise click.ClickException(
            _("“%(path)s” exists already. Name another place or remove it.") % {"path": target}
        )
    with progress_line() as progress:
        written = write_package(package, target, progress=progress)
    planted += spoil_files(written, in_files)
    answer: dict[str, Any] = {"path": str(written), "counts": package.counts()}
    if defects:
        listed = Path(f"{written}.defects.json")
        listed.write_text(
            json.dumps([describe(problem) for problem in planted], ensure_ascii=False, indent=1)
        )
        answer["defects"] = str(listed)
    console.print(_("Written: %(path)s") % {"path": written})
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
