"""Small networks of plain layers, whose weights are data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hingewise.units import FloatArray

BLOCK_FRAMES = 8192
"""Worked on at once, so that an hour of film needs no more memory than some minutes."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """Weights (inputs, outputs) and biases (outputs,) of one layer."""

    weight: FloatArray
    bias: FloatArray


def read_layers(tables: Sequence[Mapping[str, Any]]) -> tuple[Layer, ...]:
    """The layers of a data file."""
    return tuple(
        Layer(weight=np.array(table["weight"]), bias=np.array(table["bias"])) for table in tables
    )


def run_layers(layers: Sequence[Layer], inputs: FloatArray) -> FloatArray:
    """What the network makes of its inputs (T, I): sigmoid-weighted units, the last layer plain."""
    values = inputs
    for layer in layers[:-1]:
        values = _silu(values @ layer.weight + layer.bias)
    return np.asarray(values @ layers[-1].weight + layers[-1].bias)


def softplus(values: FloatArray) -> FloatArray:
    """A positive number that grows with the value; NaN stays."""
    with np.errstate(invalid="ignore"):
        return np.logaddexp(0.0, values)


def _silu(values: FloatArray) -> FloatArray:
    return np.asarray(values / (1.0 + np.exp(-np.clip(values, -80.0, 80.0))))
