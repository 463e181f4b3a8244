"""Everything that changes the land register."""

from .adopt import adopt_package

__all__ = ["adopt_package"]
