"""Nodes of different parcels that lie beside each other but not on each other."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from chengxiang.kernel.geometry import Nodes

# The parcels (with one node each) that stand on the one spot, those on the other, metres between.
NearMiss = tuple[list[tuple[int, int]], list[tuple[int, int]], float]


def near_misses(nodes: Nodes, *, same_m: float, near_m: float) -> Iterator[NearMiss]:
    """Pairs of spots more than `same_m` and at most `near_m` apart where parcels have nodes.

    A parcel that has nodes on both spots is left out: its own nodes are too close, which is
    another problem; spots are told only where parcels remain on either side.
    """
    if not len(nodes):
        return
    spot, x, y = _spots(nodes, same_m)
    one, two = _near(x, y, near_m)
    distance = np.hypot(x[one] - x[two], y[one] - y[two])
    apart = distance > same_m
    if not apart.any():
        return
    order = np.argsort(spot, kind="stable")
    start = np.searchsorted(spot[order], np.arange(len(x) + 1))
    for first, second, metres in zip(one[apart], two[apart], distance[apart], strict=True):
        here = _parcels(nodes, order[start[first] : start[first + 1]])
        there = _parcels(nodes, order[start[second] : start[second + 1]])
        mine = [(polygon, node) for polygon, node in here.items() if polygon not in there]
        others = [(polygon, node) for polygon, node in there.items() if polygon not in here]
        if mine and others:
            yield mine, others, float(metres)


def _parcels(nodes: Nodes, which: NDArray[np.intp]) -> dict[int, int]:
    return {int(nodes.polygon[node]): int(node) for node in which[::-1]}


def _spots(
    nodes: Nodes, same_m: float
) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
    """The spot each node stands on, and where the spots are; equal to a tenth of `same_m`."""
    step = same_m / 10
    x = np.rint((nodes.x - nodes.x.min()) / step).astype(np.int64)
    y = np.rint((nodes.y - nodes.y.min()) / step).astype(np.int64)
    order = np.lexsort((y, x))
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (x[order][1:] != x[order][:-1]) | (y[order][1:] != y[order][:-1])
    spot = np.empty(len(order), dtype=np.intp)
    spot[order] = np.cumsum(new) - 1
    first = order[new]
    return spot, nodes.x[first], nodes.y[first]


def _near(
    x: NDArray[np.float64], y: NDArray[np.float64], near_m: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """All pairs of points at most `near_m` apart, each once.

    Two such points share a square of twice that size in at least one of four grids, each
    shifted by half a square; so sorting four times finds them all, with no pairwise search.
    """
    size = 2 * near_m
    pairs: list[NDArray[np.int64]] = []
    for shift_x in (0.0, near_m):
        for shift_y in (0.0, near_m):
            column = np.floor((x - x.min() + shift_x) / size).astype(np.int64)
            line = np.floor((y - y.min() + shift_y) / size).astype(np.int64)
            square = column * (line.max() + 2) + line
            order = np.argsort(square, kind="stable")
            square = square[order]
            # Points of one square stand together: compare each with the next, the one after …
            step = 1
            while step < len(square):
                same = np.flatnonzero(square[step:] == square[:-step])
                if not len(same):
                    break
                pairs.append(np.sort(np.stack([order[same], order[same + step]]), axis=0))
                step += 1
    if not pairs:
        nothing = np.zeros(0, dtype=np.intp)
        return nothing, nothing
    one, two = np.unique(np.concatenate(pairs, axis=1), axis=1)
    close = np.hypot(x[one] - x[two], y[one] - y[two]) <= near_m
    return one[close], two[close]
