"""Who the people of the crowd are and what they do, drawn from the ranges of ``data/crowd.toml``, always the same."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from hingewise_validation.crowd.numbers import is_lying
from hingewise_validation.lifter.body import Body, Phenotype
from hingewise_validation.motion.movement import Movement, Phase, Stance, Variability, load_movement
from hingewise_validation.picture.camera import Camera
from hingewise_validation.picture.clothes import Outfit, load_outfits
from hingewise_validation.picture.exposure import Exposure
from hingewise_validation.picture.film import FilmFormat
from hingewise_validation.picture.lifters import Colour, HairStyle
from hingewise_validation.picture.surroundings import Surroundings
from hingewise_validation.production import Recipe
from hingewise_validation.study.cast import parse_data
from hingewise_validation.study.plan import LANDSCAPE_PX

FAIR_SKIN, LIGHT_HAIR = (0.93, 0.76, 0.66), (0.60, 0.45, 0.30)
HAIR_STYLES: tuple[HairStyle, ...] = ("bald", "short", "bun", "ponytail", "long")
SWAY_DEG = 0.4


def draw_recipe(number: int) -> Recipe:
    """One person's film; every number has its own stream of random numbers."""
    ranges = parse_data("crowd.toml")
    stream = np.random.default_rng([2026, 11, number])
    lies = is_lying(number)
    movement = _draw_lying(ranges, stream) if lies else _draw_movement(ranges, stream)
    exposure = {name: _draw(limits, stream) for name, limits in ranges["exposure"].items()}
    return Recipe(
        phenotype=_draw_phenotype(ranges["body"], stream),
        outfit=_draw_outfit(ranges["look"], stream),
        movement=movement,
        camera=_for_lying(_draw_camera(ranges["camera"], stream), ranges["lying"], stream)
        if lies
        else _draw_camera(ranges["camera"], stream),
        surroundings=Surroundings(seed=number, busyness=float(stream.uniform(0, 1))),
        exposure=Exposure(**exposure),
        film=FilmFormat(rate_hz=ranges["rate_hz"]),
        seed=number + 1,
    )


def _draw(limits: Sequence[float], stream: np.random.Generator) -> float:
    low, high = limits
    return float(stream.uniform(low, high))


def _choose(entries: Sequence[Mapping[str, Any]], stream: np.random.Generator) -> Mapping[str, Any]:
    """One of the entries, by their shares."""
    shares = np.array([entry["share"] for entry in entries])
    return entries[int(stream.choice(len(entries), p=shares / shares.sum()))]


def _draw_phenotype(ranges: Mapping[str, Any], stream: np.random.Generator) -> Phenotype:
    names = ("age", "muscle", "weight", "height", "proportions")
    wanted = _draw(ranges["bmi"], stream)
    tried = [
        Phenotype(gender=float(stream.integers(0, 2)), **{name: _draw(ranges[name], stream) for name in names})
        for _ in range(ranges["n_tried"])
    ]
    return min(tried, key=lambda phenotype: abs(_mass_index(phenotype) - wanted))


def _mass_index(phenotype: Phenotype) -> float:
    body = Body(phenotype)
    return body.mass_kg / body.stature_m**2


def _draw_outfit(ranges: Mapping[str, Any], stream: np.random.Generator) -> Outfit:
    """Cut and fit of one of the study's outfits, in other colours."""
    loose = bool(stream.random() < ranges["loose_share"])
    outfits = [outfit for outfit in load_outfits().values() if (outfit.fit == "loose") == loose]
    shirt, shorts = _draw_colour(ranges["shirt"], stream), _draw_colour(ranges["shorts"], stream)
    return replace(
        outfits[int(stream.integers(len(outfits)))],
        shirt=shirt,
        shorts=shorts,
        skin=_shade(FAIR_SKIN, _draw(ranges["skin"], stream)),
        hair=_shade(LIGHT_HAIR, _draw(ranges["hair"], stream)),
        hair_style=HAIR_STYLES[int(stream.integers(len(HAIR_STYLES)))],
    )


def _draw_colour(limits: Sequence[float], stream: np.random.Generator) -> Colour:
    low, high = limits
    red, green, blue = stream.uniform(low, high, 3).tolist()
    return red, green, blue


def _shade(colour: Colour, factor: float) -> Colour:
    red, green, blue = colour
    return red * factor, green * factor, blue * factor


def _draw_camera(ranges: Mapping[str, Any], stream: np.random.Generator) -> Camera:
    wide = bool(stream.random() < ranges["wide_yaw_share"])
    cover_m, distance_m = _draw(ranges["cover_m"], stream), _draw(ranges["distance_m"], stream)
    return Camera(
        yaw_deg=_draw(ranges["wide_yaw_deg" if wide else "yaw_deg"], stream),
        roll_deg=_draw(ranges["roll_deg"], stream),
        mirrored=bool(stream.random() < 0.5),
        distance_m=distance_m,
        height_m=_draw(ranges["height_m"], stream),
        look_height_m=cover_m * 0.5 - 0.22,
        vertical_field_deg=float(np.rad2deg(2 * np.arctan(cover_m / 2 / distance_m))),
    )


def _draw_movement(ranges: Mapping[str, Any], stream: np.random.Generator) -> Movement:
    """From standing through one posture after another; none is a repetition."""
    use = _choose(ranges["use"], stream)
    postures = {"standing": {name: _draw(limits, stream) for name, limits in ranges["standing"].items()}}
    for place in range(ranges["n_postures"]):
        postures[f"posture_{place}"] = _draw_posture(ranges, use["hands"], stream)
    travels = tuple(
        Phase(name="travel", to=name, duration_s=ranges["travel_s"]) for name in postures if name != "standing"
    )
    return Movement(
        id="postures",
        title="Random postures",
        equipment=tuple(use["equipment"]),
        n_repetitions=0,
        quiet_before_s=ranges["quiet_s"],
        quiet_after_s=0.2,
        first_posture="standing",
        depth_posture="posture_0",
        stance=_draw_stance(ranges["stance"], use, stream),
        variability=Variability(sway_deg=SWAY_DEG),
        postures=postures,
        phases=(),
        prelude=travels,
    )


def _draw_lying(ranges: Mapping[str, Any], stream: np.random.Generator) -> Movement:
    """From the hips' lowest place through one posture after another."""
    lying = ranges["lying"]
    names = lying["movements"]
    rest = load_movement(names[int(stream.integers(len(names)))])
    low, stance = rest.postures[rest.first_posture], rest.stance
    height_m = _draw(lying["bench_height_m"], stream) if stance.support == "bench" else stance.support_height_m
    postures = {"low": dict(low)}
    for place in range(lying["n_postures"]):
        share = _draw(lying["share_of_way"], stream)
        lean_deg = stance.low_trunk_deg + share * (stance.high_trunk_deg - stance.low_trunk_deg)
        drawn = {name: _draw(limits, stream) for name, limits in lying["posture"].items()}
        postures[f"posture_{place}"] = {**low, **drawn, "trunk_inclination_deg": lean_deg}
    return replace(
        rest,
        id="postures",
        title="Random postures, lying",
        n_repetitions=0,
        quiet_before_s=ranges["travel_s"],
        quiet_after_s=0.2,
        first_posture="low",
        depth_posture="posture_0",
        begins_at="lockout",
        stance=replace(
            stance,
            abduction_deg=_draw(lying["abduction_deg"], stream),
            toe_out_deg=_draw(lying["toe_out_deg"], stream),
            feet_forward_m=_draw(lying["feet_forward_m"], stream),
            support_height_m=height_m,
        ),
        variability=Variability(),
        postures=postures,
        phases=(),
        prelude=tuple(
            Phase(name="travel", to=name, duration_s=ranges["travel_s"]) for name in postures if name != "low"
        ),
    )


def _for_lying(camera: Camera, ranges: Mapping[str, Any], stream: np.random.Generator) -> Camera:
    """The same camera in landscape, closer to somebody who is lower and longer."""
    half = np.tan(np.deg2rad(camera.vertical_field_deg) / 2) * ranges["cover_share"]
    cover_m = 2 * camera.distance_m * float(half)
    return replace(
        camera,
        width_px=LANDSCAPE_PX[0],
        height_px=LANDSCAPE_PX[1],
        look_forward_m=_draw(ranges["look_forward_m"], stream),
        look_height_m=cover_m * 0.5 - 0.22,
        vertical_field_deg=float(np.rad2deg(2 * np.arctan(half))),
    )


def _draw_stance(ranges: Mapping[str, Any], use: Mapping[str, Any], stream: np.random.Generator) -> Stance:
    return Stance(
        hands=use["hands"],
        far_hand=use.get("far_hand", "as_near"),
        abduction_deg=_draw(ranges["abduction_deg"], stream),
        toe_out_deg=_draw(ranges["toe_out_deg"], stream),
        grip_half_width_m=_draw(ranges["grip_half_width_m"], stream),
    )


def _draw_posture(ranges: Mapping[str, Any], hands: str, stream: np.random.Generator) -> dict[str, float]:
    kind = {name: limits for name, limits in _choose(ranges["kind"], stream).items() if name != "share"}
    posture = {name: _draw(limits, stream) for name, limits in {**kind, **ranges["posture"]}.items()}
    return posture | {"arm_inclination_deg": _draw(ranges["arms"].get(hands, (0.0, 0.0)), stream)}
