"""Training the network of ``hingewise.kinematics.leaning`` (needs torch)."""

from dataclasses import dataclass, replace

import numpy as np
import torch
from hingewise.kinematics.leaning import CORRECTED, N_POSTURE, WITH_SD, LeaningRule, make_inputs, plain_inputs
from hingewise.kinematics.network import Layer
from hingewise.units import FloatArray

from hingewise_validation.crowd.networks import make_network, plain_layers, unlikely
from hingewise_validation.crowd.postures import Postures

UNIT_DEG, MIN_SD_DEG = 10.0, 0.5
MAX_YAW_DEG = 40.0
"""A little further than the crowd's cameras stand; the estimate of their yaw has an error."""

LYING_FROM_DEG = -35.0
"""Nobody leans back so far on their feet (25 degrees at a strong fault's lockout); who sits before a bench does."""

MAX_SQUARE = 30.0
"""Errors of more than five standard deviations, where the lock is elsewhere, teach no more than these."""

HIP, KNEE = ((0, 1.0), (1, -1.0)), ((1, 1.0), (2, -1.0))
"""Joints as differences of the segments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How the network is made and trained.

    ``without_standing`` is the share of people who are shown without their standing, another one in every epoch;
    ``noise`` is added to the inputs, in their standard deviations.
    """

    hidden: tuple[int, ...] = (64, 64)
    n_epochs: int = 80
    n_sd_epochs: int = 12
    batch: int = 512
    rate: float = 5e-3
    decay: float = 0.01
    noise: float = 0.05
    without_standing: float = 0.2
    seed: int = 1


def train_leaning(postures: Postures, schedule: Schedule | None = None) -> LeaningRule:
    """The rule that fits the crowd; its ``sd_factor`` is 1."""
    schedule = schedule or Schedule()
    torch.manual_seed(schedule.seed)
    torch.set_num_threads(1)
    rule = _untrained(postures)
    shown = _Shown.of(rule, postures)
    network = make_network(shown.whole.shape[1], schedule.hidden, 2 * len(CORRECTED))
    _fit_segments(network, shown, postures, schedule)
    joints = torch.nn.Linear(schedule.hidden[-1], 2)
    _fit_joints(network, joints, shown, postures, schedule)
    return replace(rule, layers=_layers(network, joints))


def people(postures: Postures, chosen: np.ndarray) -> Postures:
    """Some of the people, numbered anew."""
    number = np.full(postures.oblique_deg.size, -1)
    number[chosen] = np.arange(chosen.size)
    rows = number[postures.person] >= 0
    return Postures(
        person=number[postures.person[rows]],
        posture=postures.posture[rows],
        confidence=postures.confidence[rows],
        lacking_deg=postures.lacking_deg[rows],
        standing=postures.standing[chosen],
        standing_confidence=postures.standing_confidence[chosen],
        standing_lacking_deg=postures.standing_lacking_deg[chosen],
        oblique_deg=postures.oblique_deg[chosen],
        tilt_deg=postures.tilt_deg[chosen],
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Shown:
    """Inputs of every posture with the person's standing and without, and of the standing itself (F, I)."""

    whole: torch.Tensor
    alone: torch.Tensor
    standing: torch.Tensor

    @classmethod
    def of(cls, rule: LeaningRule, p: Postures) -> "_Shown":
        nobody = np.full(N_POSTURE, np.nan)
        oblique_deg = p.oblique_deg[p.person]
        return cls(
            whole=_tensor(make_inputs(rule, p.posture, p.confidence, p.standing[p.person], oblique_deg)),
            alone=_tensor(make_inputs(rule, p.posture, p.confidence, nobody, oblique_deg)),
            standing=_tensor(make_inputs(rule, p.standing, p.standing_confidence, p.standing, p.oblique_deg)),
        )


def _untrained(postures: Postures) -> LeaningRule:
    standing = postures.standing[postures.person]
    inputs = plain_inputs(postures.posture, postures.confidence, standing, postures.oblique_deg[postures.person])
    return LeaningRule(
        input_mean=np.nanmean(inputs, axis=0),
        input_sd=np.maximum(np.nanstd(inputs, axis=0), 1e-3),
        layers=(),
        unit_deg=UNIT_DEG,
        min_sd_deg=MIN_SD_DEG,
        sd_factor=np.ones(len(WITH_SD)),
        max_yaw_deg=MAX_YAW_DEG,
        lying_from_deg=LYING_FROM_DEG,
    )


def _fit_segments(network: torch.nn.Sequential, shown: _Shown, postures: Postures, schedule: Schedule) -> None:
    """Teach corrections of the segments and their spread.

    Who is seen to stand shows how the camera is tilted: there the product measures from the vertical.
    """
    rows = np.isfinite(postures.lacking_deg).any(axis=1)
    person = torch.tensor(postures.person[rows])
    whole, alone = shown.whole[rows], shown.alone[rows]
    lacking = postures.lacking_deg[rows] / UNIT_DEG
    upright = lacking + postures.tilt_deg[postures.person[rows], np.newaxis] / UNIT_DEG
    seen, leaning, wanted = (_tensor(v) for v in (np.isfinite(lacking), np.nan_to_num(lacking), np.nan_to_num(upright)))
    optimiser = torch.optim.AdamW(network.parameters(), lr=schedule.rate, weight_decay=schedule.decay)
    n_steps = schedule.n_epochs * -(-len(whole) // schedule.batch)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimiser, schedule.rate, total_steps=n_steps)
    for _ in range(schedule.n_epochs):
        blank = torch.rand(int(person.max()) + 1) < schedule.without_standing
        inputs = torch.where(blank[person][:, None], alone, whole)
        aims = torch.where(blank[person][:, None], leaning, wanted)
        inputs = inputs + schedule.noise * torch.randn(inputs.shape)
        for part in torch.randperm(len(whole)).split(schedule.batch):
            optimiser.zero_grad()
            correction, spread = network(inputs[part]).chunk(2, dim=1)
            loss = _loss(aims[part] - correction, spread, seen[part])
            loss.backward()
            optimiser.step()
            rates.step()
    network.eval()


def _fit_joints(
    network: torch.nn.Sequential,
    joints: torch.nn.Linear,
    shown: _Shown,
    postures: Postures,
    schedule: Schedule,
) -> None:
    """Teach how far hip and knee are off: from standing where it is shown, else from straight."""
    with torch.no_grad():
        rest = [_lacking_still(network, i, postures.lacking_deg) for i in (shown.whole, shown.alone)]
        upright = _lacking_still(network, shown.standing, postures.standing_lacking_deg)
        hidden = torch.cat([network[:-1](shown.whole), network[:-1](shown.alone)])
    error = np.concatenate([_joints(rest[0]) - _joints(upright)[postures.person], _joints(rest[1])])
    rows = np.isfinite(error).any(axis=1)
    hidden, seen, wanted = hidden[rows], _tensor(np.isfinite(error[rows])), _tensor(np.nan_to_num(error[rows]))
    optimiser = torch.optim.AdamW(joints.parameters(), lr=schedule.rate)
    for _ in range(schedule.n_sd_epochs):
        for part in torch.randperm(len(hidden)).split(schedule.batch):
            optimiser.zero_grad()
            loss = _loss(wanted[part], joints(hidden[part]), seen[part])
            loss.backward()
            optimiser.step()


def _lacking_still(network: torch.nn.Sequential, inputs: torch.Tensor, lacking_deg: FloatArray) -> FloatArray:
    """What is lacking after the correction, in units. Shape (N, 3)."""
    correction = network(inputs)[:, : len(CORRECTED)].numpy()
    return np.asarray(lacking_deg / UNIT_DEG - correction)


def _joints(segment: FloatArray) -> FloatArray:
    """Hip and knee from trunk, thigh and shank. Shape (N, 2)."""
    return np.stack([sum(sign * segment[:, i] for i, sign in joint) for joint in (HIP, KNEE)], axis=1)


def _loss(error: torch.Tensor, spread: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
    """Of what was seen."""
    each = unlikely(error, spread, min_sd=MIN_SD_DEG / UNIT_DEG, max_square=MAX_SQUARE)
    return (each * seen).sum() / seen.sum()


def _layers(network: torch.nn.Sequential, joints: torch.nn.Linear) -> tuple[Layer, ...]:
    """The layers with the joints' outputs beside the others."""
    *hidden, segments = plain_layers(network)
    (beside,) = plain_layers([joints])
    last = Layer(
        weight=np.concatenate([segments.weight, beside.weight], axis=1),
        bias=np.concatenate([segments.bias, beside.bias]),
    )
    return (*hidden, last)


def _tensor(values: np.ndarray) -> torch.Tensor:
    return torch.tensor(np.asarray(values), dtype=torch.float32)
