"""Writes what stands beside the data: vector metadata, the list of place codes, a word on .mdb."""

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa
import pyproj

from ..layout import national_tables
from ..package import Package
from .tables import workbook

_CODE_WIDTH = 14


def write_metadata(package: Package, layers: list[str], path: Path) -> None:
    """The vector metadata (SL….xml): what, where, in which coordinate system, which layers."""
    root = ElementTree.Element("Metadata")
    data = ElementTree.SubElement(root, "dataIdInfo")
    title = f"{package.county_name}农村土地承包经营权矢量数据"
    facts = {
        "title": title,
        "date": f"{package.year or date.today().year}1231",
        "geoID": package.county_code,
        "dataEdition": "1",
        "dataLang": "zh",
        "idAbs": title,
        "status": "001",
        "classCode": "001",
    }
    for name, value in facts.items():
        ElementTree.SubElement(data, name).text = value
    system = ElementTree.SubElement(root, "refSysInfo")
    ElementTree.SubElement(system, "coorRSID").text = "001"
    crs = pyproj.CRS.from_user_input(package.crs)
    if crs.is_projected and crs.coordinate_operation is not None:
        values = {p.name.lower(): p.value for p in crs.coordinate_operation.params}
        meridian = values["longitude of natural origin"]
        ElementTree.SubElement(system, "centralMer").text = f"{float(meridian):g}"
        # Kilometres, the zone's number in front: 42500.0.
        ElementTree.SubElement(
            system, "eastFAL"
        ).text = f"{float(values['false easting']) / 1000:.1f}"
        ElementTree.SubElement(system, "northFAL").text = "0.0"
        ElementTree.SubElement(system, "coorFDKD").text = "002"
    contents = ElementTree.SubElement(root, "contInfo")
    for name in layers:
        layer = ElementTree.SubElement(contents, "layer")
        ElementTree.SubElement(layer, "layerName").text = name
        fields = ElementTree.SubElement(layer, "attrTypList")
        for field in national_tables()[name]:
            ElementTree.SubElement(fields, "fieldID").text = field.name
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def write_place_codes(package: Package, tables: dict[str, pa.Table], path: Path) -> None:
    """The list of place codes (权属单位代码表), 14 digits padded with zeros, with their names."""
    named = {package.county_code: package.county_name}
    for layer, code, name in (
        ("XJQY", "XJQYDM", "XJQYMC"),
        ("CJQY", "CJQYDM", "CJQYMC"),
        ("ZJQY", "ZJQYDM", "ZJQYMC"),
    ):
        rows = tables[layer]
        named |= dict(zip(rows[code].to_pylist(), rows[name].to_pylist(), strict=True))
    parties = tables["FBF"]
    for code, name in zip(parties["FBFBM"].to_pylist(), parties["FBFMC"].to_pylist(), strict=True):
        named.setdefault((code or "").removesuffix("00"), name)
    with workbook(path) as book:
        sheet = book.add_worksheet("权属单位代码表")
        sheet.write_row(0, 0, ["权属单位代码", "权属单位名称"])
        for row, (code, name) in enumerate(sorted((k, v) for k, v in named.items() if k), start=1):
            sheet.write_string(row, 0, code.ljust(_CODE_WIDTH, "0"))
            sheet.write_string(row, 1, name or "")


NOTE = """\
权属数据以 .xlsx 与 GeoPackage（.gpkg）给出。标准要求的 .mdb 文件，没有可在此处写出的自由软件；
可在 Access 中新建标准模板后，将 .xlsx 各表导入。

The tables of rights are given as .xlsx and GeoPackage. No free software available here writes the
.mdb file the standard asks for; open the ministry's template in Access and import the sheets.
"""
