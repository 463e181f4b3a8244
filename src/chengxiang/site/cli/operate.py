"""`chengxiang prepare`, `demo`, `serve`: make the installation ready, fill it for a look, run it."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from chengxiang.kernel.accounts.commands import open_account
from chengxiang.kernel.accounts.models import Account
from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.places.commands import load_places
from chengxiang.kernel.places.models import Place
from chengxiang.site import translations, vendor
from chengxiang.site.cli.serving import serve_until_stopped
from chengxiang.site.cli.terminal import console, progress_line, timed

DEMO_PASSWORD = "chengxiang-demo"
DEMO_COUNTY, DEMO_HOUSEHOLDS, DEMO_SEED = "211223", 6500, 7


def make_ready(seconds: dict[str, float]) -> int:
    """Migrates, compiles translations, copies assets, loads places; returns how many places."""
    with timed(seconds, "prepare"):
        translations.compile_catalogues()
        vendor.vendor(settings.HOME)
        call_command("migrate", verbosity=0, interactive=False)
    with timed(seconds, "places"):
        if not Account.objects.filter(username="operator").exists():
            open_account(
                "operator",
                None,
                name="系统操作员",
                name_en="Operator",
                offices=[("operator", "21")],
            )
        load_places()
    return Place.objects.in_force(timezone.localdate()).count()


@click.command()
def prepare() -> None:
    """Make this installation ready: tables, places, assets. Safe to repeat."""
    seconds: dict[str, float] = {}
    places = make_ready(seconds)
    console.print(_("%(places)d places are in the register.") % {"places": places})


@click.command()
@click.option("--no-serve", is_flag=True, help="Stop before serving.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object as the last line of output.")
@click.option("--households", default=DEMO_HOUSEHOLDS, show_default=True)
@click.option("--port", default=8000, show_default=True)
def demo(no_serve: bool, as_json: bool, households: int, port: int) -> None:
    """Fill this installation with a made-up county and serve it on this machine."""
    seconds: dict[str, float] = {}
    places = make_ready(seconds)
    console.print(
        f"✓ {places:,} " + _("places of Liaoning, five levels") + f"  {seconds['places']} s"
    )
    imported = import_demo_county(households, seconds)
    counts = counts_of_register()
    for name, count in counts.items():
        console.print(f"  {name:<14}{count:>14,}")
    if imported:
        console.print("  " + "  ".join(f"{k} {v} s" for k, v in seconds.items()))
    open_demo_accounts()
    if as_json:
        answer: dict[str, Any] = {
            "places": places,
            **counts,
            "seconds": round(sum(seconds.values()), 2),
            "steps": seconds,
        }
        click.echo(json.dumps(answer))
    if not no_serve:
        print_accounts(port)
        serve_until_stopped("127.0.0.1", port)


def import_demo_county(households: int, seconds: dict[str, float]) -> bool:
    """Writes the demonstration package and brings it in as anybody's; False if it was there."""
    from chengxiang.kernel.exchange import commands as exchange
    from chengxiang.kernel.exchange.models import Import
    from chengxiang.registers.land.exchange.bring import apply_package, note_examined
    from chengxiang.registers.land.exchange.examine import examine
    from chengxiang.registers.land.submission.demo_county import make_county
    from chengxiang.registers.land.submission.writing import write_package

    if Import.objects.filter(state=Import.State.APPLIED, place_code=DEMO_COUNTY).exists():
        return False
    operator = Officer.of(Account.objects.get(username="operator"), timezone.localdate())
    on = timezone.localdate()
    with tempfile.TemporaryDirectory() as folder, progress_line() as progress:
        with timed(seconds, "make"):
            made = make_county(DEMO_COUNTY, households, DEMO_SEED)
        with timed(seconds, "write"):
            package = write_package(
                made, Path(folder) / f"{DEMO_COUNTY}{made.county_name}", progress=progress
            )
        with timed(seconds, "read, check, compare"):
            brought = exchange.bring_in(
                operator, package, format="land", file_name=package.name, place_code=DEMO_COUNTY
            )
            examined = examine(operator, package, on=on, progress=progress)
            note_examined(brought, examined)
        with timed(seconds, "apply"):
            apply_package(operator, brought, examined, on=on, progress=progress)
    return True


def counts_of_register() -> dict[str, Any]:
    """What the land register holds, all places."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM land_parcel), (SELECT count(*) FROM land_contractor), "
            "(SELECT count(*) FROM land_contract), (SELECT count(*) FROM land_certificate), "
            "(SELECT coalesce(sum(area_m2), 0) FROM land_parcel)"
        )
        parcels, contractors, contracts, certificates, area = cursor.fetchone()
    return {
        "parcels": parcels,
        "contractors": contractors,
        "contracts": contracts,
        "certificates": certificates,
        "area_m2": float(area),
    }


def demo_offices() -> list[tuple[str, str, str, str, str]]:
    """User name, name, Latin name, role and place of one account per level of office."""
    from chengxiang.registers.land.models import Parcel

    first = Parcel.objects.filter(place_code__startswith=DEMO_COUNTY).order_by("code").first()
    village = first.place_code if first else f"{DEMO_COUNTY}100200"
    return [
        ("province", "周明远", "Zhou Mingyuan", "province_supervisor", "21"),
        ("city", "刘海涛", "Liu Haitao", "city_supervisor", DEMO_COUNTY[:4]),
        ("county", "陈国栋", "Chen Guodong", "county_registrar", DEMO_COUNTY),
        ("township", "李晓梅", "Li Xiaomei", "township_clerk", village[:9]),
        ("village", "赵长山", "Zhao Changshan", "village_clerk", village),
    ]


def open_demo_accounts() -> None:
    """Opens the demonstration accounts that are not there yet."""
    for username, name, name_en, role, place in demo_offices():
        if not Account.objects.filter(username=username).exists():
            open_account(
                username, DEMO_PASSWORD, name=name, name_en=name_en, offices=[(role, place)]
            )


def print_accounts(port: int) -> None:
    """Tells where to look and who may sign in."""
    console.print(f"\n  http://127.0.0.1:{port}/\n", style="bold", markup=False)
    labels = {
        place.code: place.label
        for place in Place.objects.filter(code__in=[o[4] for o in demo_offices()])
    }
    for username, name, _name_en, _role, place in demo_offices():
        console.print(
            f"  {username:<10} {DEMO_PASSWORD}   {name}  {labels.get(place, place)}", markup=False
        )
    console.print("  " + _("A visitor needs no account.") + "\n")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """Run the web server and the worker, and keep them and the database running."""
    serve_until_stopped(host, port)


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def django(arguments: tuple[str, ...]) -> None:
    """Any command of Django's own (migrate, shell, makemigrations …)."""
    execute_from_command_line([sys.argv[0], *arguments])
