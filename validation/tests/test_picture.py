import numpy as np
import pytest

from hingewise_validation.lifter.surface import Surface
from hingewise_validation.picture.camera import Camera
from hingewise_validation.picture.meshes import cut_patch


def test_the_target_is_in_the_middle_of_the_picture() -> None:
    camera = Camera(yaw_deg=20.0, height_m=0.9, look_height_m=0.9)

    assert camera.project_px(camera.target_m) == pytest.approx([camera.width_px / 2, camera.height_px / 2])


def test_side_view_faces_right_and_up_is_up() -> None:
    camera = Camera(look_forward_m=0.0, look_height_m=0.95, height_m=0.95)
    forward_px, up_px = camera.project_px(np.array([[0.0, -0.5, 0.95], [0.0, 0.0, 1.45]]))

    expected_px = camera.focal_px * 0.5 / camera.distance_m
    assert forward_px == pytest.approx([camera.width_px / 2 + expected_px, camera.height_px / 2])
    assert up_px == pytest.approx([camera.width_px / 2, camera.height_px / 2 - expected_px])


def test_positive_yaw_moves_the_camera_to_the_front() -> None:
    assert Camera(yaw_deg=30.0).position_m[1] < Camera().position_m[1]


def test_patch_ends_where_the_field_is_zero() -> None:
    square = np.array([[0.0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]])
    faces = np.array([[0, 1, 2], [0, 2, 3]])

    patch = cut_patch(faces, square[:, 0] - 0.25)
    points = patch.carry(square)

    assert points[:, 0].min() == pytest.approx(0.25)
    corners = points[patch.faces]
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1).sum() / 2
    assert area == pytest.approx(0.75)


def test_normals_point_outward_for_counterclockwise_faces() -> None:
    square = np.array([[0.0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], dtype=np.float32)

    normals = Surface(np.array([[0, 1, 2], [0, 2, 3]]), 4).normals(square)

    assert normals == pytest.approx(np.tile([0, 0, 1], (4, 1)))


def test_normals_are_weighted_by_area() -> None:
    points = np.array([[0, 0, 0], [3, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=np.float32)

    normal = Surface(np.array([[0, 1, 2], [0, 3, 1]]), 4).normals(points)[0]

    assert normal == pytest.approx(np.array([0, 1, 1]) / np.sqrt(2))
