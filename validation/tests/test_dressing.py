from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from hingewise_validation.lifter.body import Body, Phenotype, SkinnedFrame
from hingewise_validation.lifter.rotations import rotation_x
from hingewise_validation.lifter.skeleton import compute_poses
from hingewise_validation.lifter.surface import Float32Array
from hingewise_validation.picture.camera import Camera
from hingewise_validation.picture.clothes import Outfit, load_outfits, wear
from hingewise_validation.picture.drape import Drape, hang_shirt
from hingewise_validation.picture.dressing import dress
from hingewise_validation.picture.lifters import HairStyle, load_bodies
from hingewise_validation.picture.scene import Look, Scene
from hingewise_validation.picture.surroundings import Surroundings


@pytest.fixture(scope="module")
def body() -> Body:
    return Body(Phenotype())


@pytest.fixture(scope="module")
def frames(body: Body) -> tuple[SkinnedFrame, SkinnedFrame]:
    """Upright, and hinged by 70 degrees."""
    trunk = {"root": rotation_x(np.array([0.0, 70.0]))}
    legs = {bone: np.broadcast_to(np.eye(3), (2, 3, 3)) for bone in ("upperleg01.L", "upperleg01.R")}
    upright, hinged = body.frames(compute_poses(body.skeleton, trunk | legs, 2))
    return upright, hinged


def test_bodies_are_balanced_and_plausible() -> None:
    bodies = load_bodies()

    assert Counter(lifter.split for lifter in bodies.values()) == {"fit": 8, "test": 8}
    women = Counter(lifter.split for lifter in bodies.values() if lifter.phenotype.gender == 1)
    assert women == {"fit": 4, "test": 4}


@pytest.mark.parametrize("name", ["ines", "jonas", "liam"])
def test_the_extreme_bodies_have_the_size_they_should(name: str) -> None:
    made = Body(load_bodies()[name].phenotype)

    stature_m, mass_index = {"ines": (1.52, 19), "jonas": (1.95, 22), "liam": (1.78, 35)}[name]
    assert made.stature_m == pytest.approx(stature_m, abs=0.01)
    assert made.mass_kg / made.stature_m**2 == pytest.approx(mass_index, abs=0.7)


def test_there_are_outfits_of_every_fit() -> None:
    fits = Counter(outfit.fit for outfit in load_outfits().values())

    assert fits["tight"] >= 5
    assert fits["normal"] >= 6
    assert fits["loose"] >= 3


def test_skin_and_hair_are_the_lifters() -> None:
    lifter = load_bodies()["chloe"]
    worn = wear(load_outfits()["tight_black"], lifter)

    assert (worn.skin, worn.hair, worn.hair_style) == (lifter.skin, lifter.hair, lifter.hair_style)
    assert worn.shirt == load_outfits()["tight_black"].shirt


@pytest.mark.parametrize("name", list(load_outfits()))
def test_every_outfit_covers_the_trunk(body: Body, name: str, frames: tuple[SkinnedFrame, SkinnedFrame]) -> None:
    vertices_m = frames[0].vertices_m.astype(np.float32)
    normals = np.tile(np.array([0, 0, 1], dtype=np.float32), (len(vertices_m), 1))

    for sheet in dress(body, load_outfits()[name]):
        points_m, directions = sheet.shape(vertices_m, normals)
        assert len(points_m) == sheet.n_points > 20
        assert sheet.faces.max() < sheet.n_points
        assert np.isfinite(points_m).all()
        assert np.linalg.norm(directions, axis=1) == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize("style", ["bald", "short", "bun", "ponytail", "long"])
def test_every_hair_style_can_be_drawn(body: Body, frames: tuple[SkinnedFrame, SkinnedFrame], style: HairStyle) -> None:
    lifter = replace(load_bodies()["ben"], hair_style=style, beard=True)
    camera = Camera(width_px=48, height_px=64)
    scene = Scene(body, frames[0], Look(camera=camera, outfit=wear(Outfit(), lifter)))
    try:
        assert scene.draw(frames[0]).shape == (64, 48, 3)
    finally:
        scene.close()


def _profile_m(drape: Drape, frame: SkinnedFrame) -> tuple[Float32Array, Float32Array]:
    """Skin and cloth along the middle of the back, from the armpits to the hem: (N, 3) each."""
    vertices_m = frame.vertices_m.astype(np.float32)
    skin_m, (cloth_m, _) = drape.patch.carry(vertices_m), drape.shape(vertices_m, vertices_m)
    around = drape.n_points // 36
    back = np.argmax(skin_m.reshape(36, around, 3)[18, :, 1])
    return skin_m.reshape(36, around, 3)[:, back], cloth_m.reshape(36, around, 3)[:, back]


def test_a_loose_shirt_hides_the_hollow_of_the_back(body: Body, frames: tuple[SkinnedFrame, SkinnedFrame]) -> None:
    skin_m, cloth_m = _profile_m(hang_shirt(body, (1.0, 0.0, 0.0)), frames[0])

    def hollow_m(line_m: Float32Array) -> float:
        chord = np.linspace(line_m[4, 1], line_m[28, 1], 25)
        return float((chord - line_m[4:29, 1]).max())

    assert hollow_m(skin_m) > 0.015
    assert hollow_m(cloth_m) < 0.004


def test_a_loose_shirt_lies_outside_the_body(body: Body, frames: tuple[SkinnedFrame, SkinnedFrame]) -> None:
    drape = hang_shirt(body, (1.0, 0.0, 0.0))
    vertices_m = frames[0].vertices_m.astype(np.float32)
    skin_m = drape.patch.carry(vertices_m).reshape(36, -1, 3)
    cloth_m = drape.shape(vertices_m, vertices_m)[0].reshape(36, -1, 3)
    middle_m = skin_m.mean(axis=1, keepdims=True)

    reach_m = np.linalg.norm((skin_m - middle_m)[..., :2], axis=-1)
    cloth_reach_m = np.linalg.norm((cloth_m - middle_m)[..., :2], axis=-1)
    assert (cloth_reach_m - reach_m)[4:].min() > 0.0


def test_a_loose_shirt_hangs_from_the_belly_in_a_hinge(body: Body, frames: tuple[SkinnedFrame, SkinnedFrame]) -> None:
    drape = hang_shirt(body, (1.0, 0.0, 0.0))
    vertices_m = frames[1].vertices_m.astype(np.float32)
    skin_m = drape.patch.carry(vertices_m).reshape(36, -1, 3)[16:24]
    cloth_m = drape.shape(vertices_m, vertices_m)[0].reshape(36, -1, 3)[16:24]

    below_m = skin_m[..., 2].min(axis=1) - cloth_m[..., 2].min(axis=1)
    above_m = cloth_m[..., 2].max(axis=1) - skin_m[..., 2].max(axis=1)
    assert below_m.min() > 0.025
    assert above_m.max() < below_m.max()


def test_a_crowded_room_with_a_mirror_and_a_passer_by(body: Body, frames: tuple[SkinnedFrame, SkinnedFrame]) -> None:
    camera = Camera(width_px=96, height_px=96)

    def draw(surroundings: Surroundings, time_s: float) -> NDArray[np.uint8]:
        scene = Scene(body, frames[0], Look(camera=camera, surroundings=surroundings))
        try:
            return scene.draw(frames[0], time_s)
        finally:
            scene.close()

    full = Surroundings(seed=1, busyness=1.0, mirror=True, passer_by=True)
    pictures = [draw(full, 0.0), draw(full, 8.5), draw(full, 8.5), draw(Surroundings(seed=1), 0.0)]
    assert (pictures[1] == pictures[2]).all()
    assert (pictures[0] != pictures[1]).any()
    assert (pictures[0] != pictures[3]).any()
