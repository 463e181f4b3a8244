"""Everything that changes the land register."""

from .adopt import adopt_package
from .unmask import unmask_number

__all__ = ["adopt_package", "unmask_number"]
