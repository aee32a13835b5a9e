"""A network without one of its outputs, and without the work that only that output needs.

A LiteRT model lists its operators and outputs; those that nobody needs any more are struck off the
lists, in a copy in memory. All other outputs keep their bits. Of the landmark model the body mask
takes two fifths of the time.

References
----------
The FlatBuffers binary format, and LiteRT's schema: model (2: subgraphs), subgraph (2: outputs, 3:
operators), operator (1: inputs, 2: outputs).
"""

from __future__ import annotations

import struct

_SUBGRAPHS = 2
_OUTPUTS, _OPERATORS = 2, 3
_OPERATOR_INPUTS, _OPERATOR_OUTPUTS = 1, 2


def without_output(content: bytes, number: int) -> bytes:
    """Return a model without one of its outputs.

    Parameters
    ----------
    content
        A LiteRT model of one subgraph.
    number
        Which output, from 0 in their order.

    Raises
    ------
    ValueError
        If the model has not one subgraph, or no such output.
    """
    model = _Buffer(content)
    subgraphs = model.vector(model.table(0), _SUBGRAPHS)
    if len(subgraphs) != 1:
        raise ValueError(f"expected a model of one subgraph, got {len(subgraphs)}")
    graph = model.table(subgraphs[0])
    outputs = [model.number(at) for at in model.vector(graph, _OUTPUTS)]
    if not 0 <= number < len(outputs):
        raise ValueError(f"expected an output from 0 to {len(outputs) - 1}, got {number}")
    wanted = outputs[:number] + outputs[number + 1 :]
    model.write_numbers(graph, _OUTPUTS, wanted)
    model.keep_tables(graph, _OPERATORS, _needed(model, graph, wanted))
    return bytes(model.data)


def _needed(model: _Buffer, graph: int, wanted: list[int]) -> list[int]:
    """Numbers of the operators on which some tensors depend; they stand in the order of work."""
    needed, kept = set(wanted), []
    places = model.vector(graph, _OPERATORS)
    for number in range(len(places) - 1, -1, -1):
        operator = model.table(places[number])
        made = {model.number(at) for at in model.vector(operator, _OPERATOR_OUTPUTS)}
        if made & needed:
            kept.append(number)
            needed |= {model.number(at) for at in model.vector(operator, _OPERATOR_INPUTS)}
    return kept[::-1]


class _Buffer:
    """As much of the FlatBuffers format as is needed to strike entries off a list."""

    def __init__(self, content: bytes) -> None:
        self.data = bytearray(content)

    def number(self, at: int) -> int:
        """A signed number of 32 bits."""
        return int(struct.unpack_from("<i", self.data, at)[0])

    def table(self, at: int) -> int:
        """Where the table is that an offset points at."""
        return at + int(struct.unpack_from("<I", self.data, at)[0])

    def vector(self, table: int, field: int) -> list[int]:
        """Where the entries of a table's list stand; none if the table has no such list."""
        start = self._vector(table, field)
        if start is None:
            return []
        length = struct.unpack_from("<I", self.data, start)[0]
        return [start + 4 + 4 * entry for entry in range(length)]

    def write_numbers(self, table: int, field: int, numbers: list[int]) -> None:
        """Shorten a list of numbers to these."""
        places = self.vector(table, field)
        for at, number in zip(places, numbers, strict=False):
            struct.pack_into("<i", self.data, at, number)
        self._shorten(table, field, len(numbers))

    def keep_tables(self, table: int, field: int, kept: list[int]) -> None:
        """Shorten a list of tables to some of them, given by their numbers in order."""
        places = self.vector(table, field)
        targets = [self.table(places[number]) for number in kept]
        for at, target in zip(places, targets, strict=False):
            struct.pack_into("<I", self.data, at, target - at)
        self._shorten(table, field, len(kept))

    def _shorten(self, table: int, field: int, length: int) -> None:
        start = self._vector(table, field)
        if start is not None:
            struct.pack_into("<I", self.data, start, length)

    def _vector(self, table: int, field: int) -> int | None:
        layout = table - self.number(table)
        size = struct.unpack_from("<H", self.data, layout)[0]
        place = 4 + 2 * field
        offset = struct.unpack_from("<H", self.data, layout + place)[0] if place < size else 0
        return self.table(table + offset) if offset else None
