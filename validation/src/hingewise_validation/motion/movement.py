"""A movement: postures, the phases that join them, what is special in single repetitions."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Literal

from hingewise_validation.lifter.footsteps import Walk

CHANNELS = (
    "trunk_inclination_deg",
    "knee_flexion_deg",
    "lumbar_flexion_deg",
    "neck_extension_deg",
    "arm_inclination_deg",
    "elbow_flexion_deg",
    "com_forward_m",
    "far_arm_inclination_deg",
    "far_elbow_flexion_deg",
    "valgus_deg",
    "shift_deg",
    "heading_deg",
    "grip_spread_m",
)
SAME_AS = {"far_arm_inclination_deg": "arm_inclination_deg", "far_elbow_flexion_deg": "elbow_flexion_deg"}
"""A channel that a posture leaves out follows another one ..."""
DEFAULTS = {"valgus_deg": 0.0, "shift_deg": 0.0, "heading_deg": 0.0, "grip_spread_m": 0.0}
"""... or has this value."""

PARTIAL_BELOW = 0.75
"""A repetition that goes less than this share of its way down or up is a partial one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """Travel to posture ``to``; ``ramp_fraction`` of the duration speeds up, the same slows down.

    Channels in ``lag_fractions`` wait for that share of the duration; a negative lag arrives that much earlier.
    ``walk`` (in the prelude and postlude alone) carries the lifter over the floor; it takes as long as it takes.
    ``quiet`` marks the stand that is the zero of the lumbar angle, where it is not at the begin of the film.
    """

    name: str
    to: str
    duration_s: float = 0.0
    ramp_fraction: float = 0.5
    lag_fractions: Mapping[str, float] = field(default_factory=dict)
    walk: Walk | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Variability:
    """Seeded differences between repetitions, uniform within these limits, and tiredness.

    Tiredness grows evenly from the first repetition to the last, where everything takes ``tired_tempo_fraction``
    longer and ``tired_depth_fraction`` of the depth is missing.
    """

    tempo_fraction: float = 0.0
    depth_deg: float = 0.0
    lockout_deg: float = 0.0
    sway_deg: float = 0.0
    tired_tempo_fraction: float = 0.0
    tired_depth_fraction: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """What stays the same through the set.

    ``hands`` says what the arms do: hang or reach as the arm channels say (``free``), keep a bar close to the legs
    (``legs``: the arm inclination is added), lie on the ``floor``, rest at the ``sides`` of the hips, or hold something
    on the ``back``, on the ``hips``, before the ``chest`` or along the spine (``dowel``). ``reach_m`` is the height of
    the grip to which a lifter bends at the bottom (0: as deep as the posture says).

    Whoever lies on a ``bench`` or the ``floor`` has the upper back pinned there and the feet planted so that the shanks
    have ``top_shank_deg`` in the highest posture; ``feet_forward_m`` puts them further away. Their trunk inclination is
    fitted: ``low_trunk_deg`` of the file is where the hip joints are ``low_hip_m`` above the floor, ``high_trunk_deg``
    where trunk and thigh are in line.
    """

    abduction_deg: float
    toe_out_deg: float
    grip_half_width_m: float
    far_grip_half_width_m: float | None = None
    hands: Literal["free", "legs", "back", "hips", "sides", "chest", "dowel", "floor"] = "free"
    far_hand: Literal["as_near", "hip"] = "as_near"
    reach_m: float = 0.0
    support: Literal["feet", "bench", "floor"] = "feet"
    support_height_m: float = 0.0
    low_trunk_deg: float = -60.0
    high_trunk_deg: float = -90.0
    low_hip_m: float = 0.17
    top_shank_deg: float = 0.0
    feet_forward_m: float = 0.0
    raised_leg: Literal["none", "near", "far"] = "none"
    raised_thigh_flexion_deg: float = 100.0
    raised_knee_flexion_deg: float = 85.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RepetitionChange:
    """What is different in one repetition.

    ``add`` goes to the channels of a posture, ``duration_factors`` and ``lag_adds`` to phases; ``pauses`` stop a phase
    after a share of its way for some seconds; ``humps`` come and go within a phase, ``tremors`` swing in it. The two
    fractions are how much of the way down and of the way up is made.
    """

    add: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    duration_factors: Mapping[str, float] = field(default_factory=dict)
    lag_adds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    pauses: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    humps: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    tremors: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    depth_fraction: float = 1.0
    lockout_fraction: float = 1.0

    @property
    def partial(self) -> bool:
        """Whether so much is missing that it is no whole repetition."""
        return min(self.depth_fraction, self.lockout_fraction) < PARTIAL_BELOW


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedFault:
    """A fault that was put into a movement, with its strength in each repetition."""

    id: str
    unit: str
    strengths: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A set of repetitions of one exercise.

    Repetitions that begin at the ``bottom`` end with the lockout hold and have no eccentric; from the ``floor`` each
    but the first owns the lowering before it.
    """

    id: str
    title: str
    equipment: tuple[str, ...]
    n_repetitions: int
    quiet_before_s: float
    quiet_after_s: float
    first_posture: str
    depth_posture: str
    stance: Stance
    variability: Variability
    postures: Mapping[str, Mapping[str, float]]
    phases: tuple[Phase, ...]
    opening_posture: str | None = None
    lockout_posture: str | None = None
    prelude: tuple[Phase, ...] = ()
    postlude: tuple[Phase, ...] = ()
    changes: Mapping[int, RepetitionChange] = field(default_factory=dict)
    faults: tuple[AppliedFault, ...] = ()
    settle_s: float = 0.0
    begins_at: Literal["lockout", "bottom", "floor"] = "lockout"
    grips_after_prelude: bool = False
    look_forward_m: float = -0.14

    def __post_init__(self) -> None:
        """Check that postures are complete and phases name known postures."""
        for name, posture in self.postures.items():
            if missing := set(CHANNELS) - set(SAME_AS) - set(DEFAULTS) - set(posture) | set(posture) - set(CHANNELS):
                raise ValueError(f"posture {name!r} of {self.id!r}: missing or unknown channels {sorted(missing)}")
        phases = (*self.prelude, *self.phases, *self.postlude)
        named = {self.first_posture, self.depth_posture, self.top, self.opening, *(phase.to for phase in phases)}
        if unknown := named - set(self.postures):
            raise ValueError(f"movement {self.id!r}: unknown postures {sorted(unknown)}")

    @property
    def opening(self) -> str:
        """Posture at the begin of the film."""
        return self.opening_posture or self.first_posture

    @property
    def top(self) -> str:
        """Posture at the lockout."""
        return self.lockout_posture or (self.first_posture if self.begins_at == "lockout" else self.depth_posture)

    @property
    def bottom(self) -> str:
        """Posture at the bottom."""
        return self.depth_posture if self.begins_at == "lockout" else self.first_posture

    @property
    def travels(self) -> bool:
        """Whether the lifter walks into the picture or out of it."""
        return any(phase.walk is not None for phase in (*self.prelude, *self.postlude))

    def change(self, number: int) -> RepetitionChange:
        """What is different in the repetition ``number`` (from 1)."""
        return self.changes.get(number, RepetitionChange())


def list_movements() -> list[str]:
    """Names of the movements in the package."""
    folder = files("hingewise_validation") / "data" / "movements"
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def load_movement(name: str) -> Movement:
    """Movement of the package by its name."""
    path = files("hingewise_validation") / "data" / "movements" / f"{name}.toml"
    if not path.is_file():
        raise ValueError(f"expected one of {list_movements()}, got {name!r}")
    return parse_movement(tomllib.loads(path.read_text("utf-8")))


def parse_movement(document: Mapping[str, Any]) -> Movement:
    """Movement from its TOML document."""
    fields = dict(document)
    changes = {int(entry["number"]): _parse_change(entry) for entry in fields.pop("repetition", ())}
    equipment = fields.pop("equipment")
    return Movement(
        equipment=(equipment,) if isinstance(equipment, str) else tuple(equipment),
        stance=Stance(**fields.pop("stance")),
        variability=Variability(**fields.pop("variability", {})),
        phases=tuple(_parse_phase(phase) for phase in fields.pop("phase", ())),
        prelude=tuple(_parse_phase(phase) for phase in fields.pop("prelude", ())),
        postlude=tuple(_parse_phase(phase) for phase in fields.pop("postlude", ())),
        postures=fields.pop("posture"),
        changes=changes,
        **fields,
    )


def _parse_phase(entry: Mapping[str, Any]) -> Phase:
    fields = dict(entry)
    walk = fields.pop("walk", None)
    if walk is not None:
        places = {key: (float(walk[key][0]), float(walk[key][1])) for key in ("from_m", "to_m")}
        walk = Walk(begin_s=0.0, **(walk | places))
    return Phase(walk=walk, **fields)


def _parse_change(entry: Mapping[str, Any]) -> RepetitionChange:
    fields = {key: value for key, value in entry.items() if key != "number"}
    pauses = {phase: (float(share), float(wait_s)) for phase, (share, wait_s) in fields.pop("pauses", {}).items()}
    return RepetitionChange(pauses=pauses, **fields)
