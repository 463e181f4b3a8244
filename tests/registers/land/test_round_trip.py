"""Export, import into an empty register, export again: the same records, to the millimetre."""

import numpy as np
import shapely

from chengxiang.kernel.subjects.models import Subject
from chengxiang.registers.land import models
from chengxiang.registers.land.exchange.export import export_package
from chengxiang.registers.land.submission.layout import national_tables
from chengxiang.registers.land.submission.reading import read_package
from tests.registers.land.conftest import ON


def empty_the_register():
    for model in (
        models.LayerFeature, models.BoundaryLine, models.BoundaryPoint, models.Evidence,
        models.CertificateAction, models.Certificate, models.RegisterEntry, models.Circulation,
        models.ParcelRight, models.Contract, models.Member, models.Parcel, models.Contractor,
        models.IssuingParty,
    ):  # fmt: skip
        model.objects.all().delete()
    Subject.objects.all().delete()
    models.Registered.__subclasses__()
    from chengxiang.kernel.exchange.models import Import

    Import.objects.all().delete()


def test_export_import_export_gives_the_same_records(register, registrar, tmp_path):
    first = export_package(registrar, "211282", tmp_path / "first", on=ON)
    one, problems = read_package(first)
    assert problems == []
    empty_the_register()
    from chengxiang.kernel.exchange import commands as exchange
    from chengxiang.registers.land.exchange.bring import apply_package, note_examined
    from chengxiang.registers.land.exchange.examine import examine

    brought = exchange.bring_in(
        registrar, first, format="land", file_name="first", place_code="211282"
    )
    examined = examine(registrar, first, on=ON)
    note_examined(brought, examined)
    apply_package(registrar, brought, examined, on=ON)
    second = export_package(registrar, "211282", tmp_path / "second", on=ON)
    two, _ = read_package(second)
    for name, table in national_tables().items():
        fields = [field.name for field in table]
        assert one.tables[name].select(fields).equals(two.tables[name].select(fields)), name
    shapes = [
        shapely.from_wkb(package.tables["DK"]["plane_geometry"].to_numpy())
        for package in (one, two)
    ]
    distance = np.abs(shapely.get_coordinates(shapes[0]) - shapely.get_coordinates(shapes[1])).max()
    assert distance < 0.0005
    names = [sorted(p.relative_to(root) for p in root.rglob("*")) for root in (first, second)]
    assert names[0] == names[1]
