"""Database types Django has no field for: a native `box` with its overlap question."""

from typing import Any

from django.db import models

Box = tuple[float, float, float, float]  # west, south, east, north in degrees


class BoxField(models.Field):  # type: ignore[type-arg]  # not generic at run time
    """Extent of a geometry as PostgreSQL's own `box`, indexable with GiST; degrees, EPSG:4490.

    Ask with `extent__overlaps=(west, south, east, north)`.
    """

    def db_type(self, connection: Any) -> str:
        return "box"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Box | None:
        if value is None:
            return None
        # PostgreSQL gives the upper right corner first.
        east, north, west, south = map(float, value.replace("(", "").replace(")", "").split(","))
        return west, south, east, north

    def get_prep_value(self, value: Any) -> str | None:
        if value is None or isinstance(value, str):
            return value
        west, south, east, north = value
        return f"({west!r},{south!r}),({east!r},{north!r})"


@BoxField.register_lookup
class Overlaps(models.Lookup):  # type: ignore[type-arg]
    """`extent && box`: true where the two boxes share a point."""

    lookup_name = "overlaps"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} && {right}::box", [*left_params, *right_params]
