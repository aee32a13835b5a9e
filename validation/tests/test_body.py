from dataclasses import asdict

import anny
import numpy as np
import pytest
import torch

from hingewise_validation.lifter.body import Body, Phenotype
from hingewise_validation.lifter.rotations import rotation_x, rotation_z
from hingewise_validation.lifter.skeleton import compute_poses


def test_skinning_agrees_with_the_model() -> None:
    phenotype = Phenotype(gender=1.0, weight=0.8)
    body = Body(phenotype)
    driven = {"root": rotation_x(np.array([35.0])), "upperarm01.L": rotation_z(np.array([20.0]))}
    poses = compute_poses(body.skeleton, driven, 1)
    frame = next(body.frames(poses))

    deltas = np.tile(np.eye(4), (1, len(body.skeleton.labels), 1, 1))
    deltas[..., :3, :3] = poses.local_rotations()
    deltas[:, 0, :3, 3] = poses.heads_m[:, 0]
    model = anny.Anny()
    output = model(pose_parameters=torch.from_numpy(deltas), phenotype_kwargs=asdict(phenotype))
    keypoints_m = anny.KeypointsRegressor.coco(model)(output)[0].numpy()

    assert frame.vertices_m == pytest.approx(output["vertices"][0].numpy(), abs=1e-5)
    assert frame.bone_heads_m == pytest.approx(output["bone_poses"][0, :, :3, 3].numpy(), abs=1e-9)
    assert np.stack(list(frame.keypoints_m.values())) == pytest.approx(keypoints_m, abs=1e-5)
