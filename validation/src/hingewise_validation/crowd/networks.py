"""What the trainings of the product's small networks share (needs torch)."""

from collections.abc import Iterable, Sequence

import numpy as np
import torch
from hingewise.kinematics.network import Layer


def make_network(n_inputs: int, hidden: Sequence[int], n_outputs: int, *, dropout: float = 0.0) -> torch.nn.Sequential:
    """Hidden layers of sigmoid-weighted units, and a plain last one."""
    widths = (n_inputs, *hidden)
    layers: list[torch.nn.Module] = []
    for wide, next_wide in zip(widths, widths[1:], strict=False):
        layers += [torch.nn.Linear(wide, next_wide), torch.nn.SiLU()]
        layers += [torch.nn.Dropout(dropout)] if dropout else []
    return torch.nn.Sequential(*layers, torch.nn.Linear(widths[-1], n_outputs))


def unlikely(
    error: torch.Tensor, spread: torch.Tensor, *, min_sd: float, max_square: float = float("inf")
) -> torch.Tensor:
    """Gaussian likelihood of errors whose standard deviation grows with ``spread``, negative and logarithmic.

    Each is weighted by its standard deviation so that unsure ones are fitted as well (Seitzer 2022).
    """
    sd = torch.nn.functional.softplus(spread) + min_sd
    return (((error / sd) ** 2).clamp(max=max_square) / 2 + sd.log()) * sd.detach()


def plain_layers(network: Iterable[torch.nn.Module]) -> list[Layer]:
    """Weights and biases of a network as the product reads them."""
    linear = [layer for layer in network if isinstance(layer, torch.nn.Linear)]
    return [
        Layer(
            weight=layer.weight.detach().numpy().T.astype(np.float64),
            bias=layer.bias.detach().numpy().astype(np.float64),
        )
        for layer in linear
    ]
