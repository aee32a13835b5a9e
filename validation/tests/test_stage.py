import numpy as np
import pytest
import pyvista as pv
from numpy.typing import NDArray

from hingewise_validation.picture.camera import Camera
from hingewise_validation.picture.stage import MIRROR_KEY, Stage

CAMERAS = [
    Camera(width_px=160, height_px=200, **place)
    for place in (
        {},
        {"yaw_deg": 35.0, "height_m": 1.6},
        {"yaw_deg": -20.0, "roll_deg": 8.0, "mirrored": True},
        {"yaw_deg": 70.0, "height_m": 0.3, "roll_deg": -15.0, "vertical_field_deg": 60.0, "distance_m": 2.2},
        {"mirrored": True, "distance_m": 6.0, "vertical_field_deg": 22.0, "look_height_m": 0.6, "height_m": 1.4},
    )
]
POINTS_M = np.array([[0.0, 0.0, 0.9], [0.3, -0.35, 1.3], [-0.2, 0.3, 0.5]])


@pytest.mark.parametrize("camera", CAMERAS)
@pytest.mark.parametrize("supersampling", [1, 2])
def test_projection_agrees_with_the_pixels(camera: Camera, supersampling: int) -> None:
    stage = Stage(camera, supersampling=supersampling)
    ball = stage.plotter.add_mesh(pv.Sphere(radius=0.03), color=(1.0, 1.0, 0.0), lighting=False)
    try:
        for point_m in POINTS_M:
            ball.position = point_m
            assert _middle_px(stage.take()) == pytest.approx(camera.project_px(point_m), abs=0.8)
    finally:
        stage.close()


def test_positive_roll_leans_upright_things_to_the_right() -> None:
    foot_px, head_px = Camera(roll_deg=10.0).project_px(np.array([[0.0, 0, 0.5], [0.0, 0, 1.5]]))
    level = Camera().project_px(np.array([[0.0, 0, 0.5], [0.0, 0, 1.5]]))

    assert head_px[0] - foot_px[0] > level[1, 0] - level[0, 0] + 10
    angle_deg = np.degrees(np.arctan2(head_px[0] - foot_px[0], foot_px[1] - head_px[1]))
    assert angle_deg == pytest.approx(10.0, abs=0.5)


def test_a_mirrored_picture_faces_left() -> None:
    forward_px = Camera(mirrored=True, look_forward_m=0.0).project_px(np.array([0.0, -0.5, 0.9]))

    assert forward_px[0] < Camera().width_px / 2


def test_what_stands_still_hides_what_moves_behind_it() -> None:
    stage = Stage(CAMERAS[0])
    stage.plotter.add_mesh(pv.Box((-0.1, 0.0, -3, 3, 0, 1)), color=(0.0, 0.0, 1.0), lighting=False)
    stage.keep_still()
    ball = stage.plotter.add_mesh(pv.Sphere(radius=0.1), color=(1.0, 1.0, 0.0), lighting=False)
    try:
        ball.position = (0.5, 0.0, 0.8)
        hidden = _bright(stage.take()).sum()
        ball.position = (-0.5, 0.0, 0.8)
        shown = _bright(stage.take()).sum()
    finally:
        stage.close()

    assert hidden == 0
    assert shown > 50


@pytest.mark.parametrize("camera", CAMERAS[:3])
def test_the_mirror_shows_the_reflection(camera: Camera) -> None:
    stage = Stage(camera)
    corners = np.array([[1.0, -4, -1], [1.0, 4, -1], [1.0, 4, 4], [1.0, -4, 4]])
    key = tuple(channel / 255 for channel in MIRROR_KEY)
    glass = stage.plotter.add_mesh(pv.PolyData(corners, [4, 0, 1, 2, 3]), color=key, lighting=False)
    stage.keep_still(mirror_x_m=1.0, not_reflected=(glass,))
    ball = stage.plotter.add_mesh(pv.Sphere(radius=0.05), color=(1.0, 1.0, 0.0), lighting=False)
    ball.position = (0.2, 0.1, 1.2)
    try:
        picture = stage.take()
    finally:
        stage.close()

    own_px, reflected_px = camera.project_px(np.array([[0.2, 0.1, 1.2], [1.8, 0.1, 1.2]]))
    bright = _bright(picture)
    x_px, y_px = np.meshgrid(np.arange(camera.width_px) + 0.5, np.arange(camera.height_px) + 0.5)
    own = np.hypot(x_px - own_px[0], y_px - own_px[1]) < 0.07 * camera.focal_px / camera.distance_m
    assert (bright & own).any()
    assert np.array([x_px[bright & ~own].mean(), y_px[bright & ~own].mean()]) == pytest.approx(reflected_px, abs=1.5)


def _bright(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray((picture[..., 0] > 190) & (picture[..., 2] < 90))


def _middle_px(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    weight = np.clip(picture[..., 0].astype(float) - picture[..., 2] - 20, 0, None)
    rows, columns = np.indices(weight.shape)
    return np.array([(weight * (columns + 0.5)).sum(), (weight * (rows + 0.5)).sum()]) / weight.sum()
