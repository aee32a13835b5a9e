"""Training the network of ``hingewise.kinematics.lumbar`` (needs torch)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from hingewise.kinematics.lumbar import LumbarRule, Shapes, make_inputs, plain_inputs
from hingewise.units import FloatArray, IntArray

from hingewise_validation.crowd.networks import make_network, plain_layers, unlikely
from hingewise_validation.crowd.outlines import Outlines

N_CHANGE, N_STANDING = 10, 10
UNIT_DEG, MIN_SD_DEG = 15.0, 0.75
MAX_SD_DEG = 12.0
"""Less sure than this, an estimate cannot tell a round back (35 degrees and more) from a straight one: the checks weigh
the standard deviation themselves, up to here the area under the ROC for 20 degrees holds (0.975)."""

LOOSE_FROM_DEG = 40.0
"""A shirt is judged where the lifter is bent: there it hangs."""

SHIRT_SHARE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How the network is made and trained; others were as good on people left out (decision 0020)."""

    hidden: tuple[int, ...] = (48, 48)
    n_epochs: int = 40
    batch: int = 256
    rate: float = 4e-3
    decay: float = 0.03
    dropout: float = 0.1
    seed: int = 1


def train_rule(outlines: Outlines, schedule: Schedule | None = None) -> LumbarRule:
    """The rule that fits the crowd; its ``sd_factor`` is 1, and it takes no shirt for loose."""
    schedule = schedule or Schedule()
    torch.manual_seed(schedule.seed)
    torch.set_num_threads(1)
    rule = _untrained(outlines)
    standing = outlines.standing[outlines.person]
    inputs = make_inputs(rule, outlines.profile, standing, outlines.hip_deg)
    loose = np.array(outlines.fit)[outlines.person] == "loose"
    network = _train(inputs, np.column_stack([outlines.lumbar_deg / UNIT_DEG, loose]), schedule)
    return _with_layers(rule, network)


def people(outlines: Outlines, chosen: Sequence[int] | IntArray) -> Outlines:
    """Some of the people, numbered anew."""
    chosen = np.asarray(chosen)
    number = np.full(len(outlines.fit), -1)
    number[chosen] = np.arange(chosen.size)
    rows = number[outlines.person] >= 0
    return Outlines(
        person=number[outlines.person[rows]],
        profile=outlines.profile[rows],
        hip_deg=outlines.hip_deg[rows],
        lumbar_deg=outlines.lumbar_deg[rows],
        standing=outlines.standing[chosen],
        yaw_deg=outlines.yaw_deg[chosen],
        fit=tuple(outlines.fit[i] for i in chosen),
        equipment=tuple(outlines.equipment[i] for i in chosen),
    )


def _untrained(outlines: Outlines) -> LumbarRule:
    """Shapes and usual inputs."""
    standing = outlines.standing[outlines.person]
    rule = LumbarRule(
        change=_shapes(outlines.profile - standing, N_CHANGE),
        standing=_shapes(outlines.standing, N_STANDING),
        input_mean=np.zeros(0),
        input_sd=np.ones(0),
        layers=(),
        unit_deg=UNIT_DEG,
        min_sd_deg=MIN_SD_DEG,
        sd_factor=1.0,
        max_sd_deg=MAX_SD_DEG,
        loose_from_deg=LOOSE_FROM_DEG,
        max_loose=np.inf,
    )
    inputs = plain_inputs(rule, outlines.profile, standing, outlines.hip_deg)
    return replace(rule, input_mean=inputs.mean(axis=0), input_sd=inputs.std(axis=0))


def _shapes(profiles: FloatArray, count: int) -> Shapes:
    mean = profiles.mean(axis=0)
    _, directions = np.linalg.eigh(np.cov(profiles - mean, rowvar=False))
    directions = directions[:, ::-1].T[:count]
    return Shapes(mean=mean, directions=directions * np.sign(directions.sum(axis=1, keepdims=True)))


def _train(inputs: FloatArray, target: FloatArray, schedule: Schedule) -> torch.nn.Sequential:
    known = torch.tensor(inputs, dtype=torch.float32)
    wanted = torch.tensor(target, dtype=torch.float32)
    network = make_network(inputs.shape[1], schedule.hidden, 3, dropout=schedule.dropout)
    optimiser = torch.optim.AdamW(network.parameters(), lr=schedule.rate, weight_decay=schedule.decay)
    n_steps = schedule.n_epochs * -(-len(known) // schedule.batch)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimiser, schedule.rate, total_steps=n_steps)
    for _ in range(schedule.n_epochs):
        for rows in torch.randperm(len(known)).split(schedule.batch):
            optimiser.zero_grad()
            loss = _loss(network(known[rows]), wanted[rows])
            loss.backward()
            optimiser.step()
            rates.step()
    return network.eval()


def _loss(outputs: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """How unlikely the flexion is, and how unlikely that the shirt is loose or not."""
    flexion, spread, loose = outputs.T
    shirt = torch.nn.functional.binary_cross_entropy_with_logits(loose, wanted[:, 1])
    back = unlikely(flexion - wanted[:, 0], spread, min_sd=MIN_SD_DEG / UNIT_DEG)
    return back.mean() + SHIRT_SHARE * shirt


def _with_layers(rule: LumbarRule, network: torch.nn.Sequential) -> LumbarRule:
    return replace(rule, layers=tuple(plain_layers(network)))
