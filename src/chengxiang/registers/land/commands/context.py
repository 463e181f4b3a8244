"""What the rows of a package need to know of the package as a whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from chengxiang.kernel.places.models import Place
from chengxiang.registers.land.submission.package import Package

from .columns import Index, flat


@dataclass
class Context:
    """What a record needs to know of the package as a whole."""

    package: Package
    index: Callable[[str], Index]
    on: date
    is_first: bool  # nothing of this county is in the register yet

    @cached_property
    def since_by_contract(self) -> Index:
        """First day of the term by contract code, as days since 1970."""
        contracts = self.package.tables["CBHT"]
        return Index(
            flat(contracts["CBHTBM"]), flat(contracts["CBQXQ"]).cast(pa.int32()).cast(pa.int64())
        )

    @cached_property
    def since_by_contractor(self) -> Index:
        contracts = self.package.tables["CBHT"]
        firsts = pa.table({"code": contracts["CBFBM"], "since": contracts["CBQXQ"]})
        grouped = firsts.group_by("code").aggregate([("since", "min")])
        return Index(
            flat(grouped["code"]), flat(grouped["since_min"]).cast(pa.int32()).cast(pa.int64())
        )

    @cached_property
    def contract_of_parcel(self) -> tuple[pa.Array, pa.Array]:
        rights = self.package.tables["CBDKXX"]
        return flat(rights["DKBM"]), flat(rights["CBHTBM"])

    @cached_property
    def _earliest(self) -> date:
        first = pc.min(self.package.tables["CBHT"]["CBQXQ"]).as_py()
        return min(first or self.on, self.on)

    def since(self, days: pa.Array | pa.ChunkedArray | None, size: int) -> pa.Array:
        """When facts begin: with their contract on the first submission, else on the day itself."""
        start = self._earliest if self.is_first else self.on
        default = pa.scalar(start, pa.date32())
        if days is None or not self.is_first:
            return pa.repeat(default, size)
        known = pc.cast(pc.cast(flat(days), pa.int32()), pa.date32())
        # A contract may run from a coming day; the fact is known from today.
        return pc.min_element_wise(pc.fill_null(known, default), pa.scalar(self.on, pa.date32()))

    @cached_property
    def _successors(self) -> Mapping[str, str]:
        """Villages that became another village: where their records are kept today."""
        merged = Place.objects.filter(
            code__startswith=self.package.county_code[:4], successor__isnull=False
        ).select_related("successor")
        return {place.code: place.successor.code for place in merged if place.successor}

    def place(self, codes: pa.Array | pa.ChunkedArray) -> pa.Array:
        """The place of each code: the village it begins with, or what became of that village."""
        villages = flat(pc.utf8_slice_codeunits(pc.fill_null(codes, ""), 0, 12)).dictionary_encode()
        county = self.package.county_code
        places = [
            self._successors.get(code, code) or county for code in villages.dictionary.to_pylist()
        ]
        return pa.array(places, pa.string()).take(villages.indices)
