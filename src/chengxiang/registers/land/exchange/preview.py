"""What a package would change, as a map: its new, changed and gone parcels."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import shapely

from chengxiang.registers.land.models import Parcel

from .examine import Examined

# More would be a grey blob, and slow on a clerk's machine; the table has all of them.
MOST_PARCELS = 3000


def write_preview(examined: Examined, path: Path) -> None:
    """Writes GeoJSON of up to `MOST_PARCELS` parcels of each kind; property `change` says which."""
    difference = examined.differences.get("DK")
    features: list[dict[str, Any]] = []
    if difference is not None:
        rows = examined.package.tables["DK"]
        for change, keys in (("new", difference.new), ("changed", difference.changed)):
            wanted = pa.array(keys[:MOST_PARCELS], pa.string())
            chosen = rows.filter(pc.is_in(rows["DKBM"], value_set=wanted))
            features += _features(
                change, chosen["DKBM"].to_pylist(), chosen["geometry"].to_pylist()
            )
        gone = Parcel.objects.filter(code__in=difference.gone[:MOST_PARCELS])
        codes, shapes = [], []
        for code, shape in gone.values_list("code", "geometry"):
            codes.append(code)
            shapes.append(bytes(shape))
        features += _features("gone", codes, shapes)
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))


def _features(
    change: str, codes: Sequence[str], shapes: Sequence[bytes | None]
) -> list[dict[str, Any]]:
    geometries = shapely.from_wkb(list(shapes), on_invalid="ignore")
    # A metre is nothing on a preview; a millionth of a degree is a tenth of one.
    texts = shapely.to_geojson(shapely.set_precision(geometries, 1e-6, mode="pointwise"))
    return [
        {
            "type": "Feature",
            "id": code,
            "properties": {"code": code, "change": change},
            "geometry": json.loads(text),
        }
        for code, text in zip(codes, texts, strict=True)
        if text is not None
    ]
