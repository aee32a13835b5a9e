"""RTMPose from the command line to the results, with a stand-in for its extra and its models."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from hingewise.pose.skeletons import HALPE26_KEYPOINTS
from tests.builders import Camera, make_lifter
from tests.builders_sets import HINGE_BOTTOM, hinge
from tests.e2e.command import SOURCES, Run, everything_in, hingewise
from tests.films import FilmSpec, write_film

SIZE_PX = (480, 320)
MODELS = ("yolox_m_8xb8.onnx", "rtmpose-m_halpe26-256x192.onnx")

RTMLIB = '''"""Answers as if it saw the lifter in the picture whose number it reads there."""

from pathlib import Path

import numpy as np

from tests.films import read_index

POINTS = np.load(Path(__file__).with_name("points.npy"))


class YOLOX:
    def __init__(self, path, **options):
        print("load", path)

    def __call__(self, image):
        return np.array([[0, 0, image.shape[1], image.shape[0]]])


class RTMPose(YOLOX):
    def __call__(self, image, bboxes=((0, 0, 0, 0),)):
        points = POINTS[[read_index(image) % len(POINTS)] * len(bboxes)]
        return points[..., :2], points[..., 2]
'''
ONNXRUNTIME = """class SessionOptions:
    pass


class InferenceSession:
    def __init__(self, path, options, providers):
        if b"broken" in open(path, "rb").read():
            raise Exception("Protobuf parsing failed")
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a film, the models and, in ``extra``, the packages: read only."""
    folder = tmp_path_factory.mktemp("rtmpose")
    camera = Camera(px_per_m=125.0, centre_px=(240.0, 165.0), image_size_px=SIZE_PX)
    track = make_lifter(hinge(2), camera, depth=False, outline=False)
    points = np.zeros((track.n_frames, len(HALPE26_KEYPOINTS), 3))
    for column, name in enumerate(HALPE26_KEYPOINTS):
        if name in track.keypoints:
            points[:, column, :2] = track.keypoint(name)
            points[:, column, 2] = track.confidence[:, track.keypoints.index(name)]
    write_film(folder / "set.mp4", FilmSpec(n_frames=track.n_frames, size_px=SIZE_PX))
    for part in ("extra", "models", "broken"):
        (folder / part).mkdir()
        for name in MODELS if part != "extra" else ():
            (folder / part / name).write_text(part)
    np.save(folder / "extra" / "points.npy", points)
    (folder / "extra" / "rtmlib.py").write_text(RTMLIB)
    (folder / "extra" / "onnxruntime.py").write_text(ONNXRUNTIME)
    return folder


def _analyze(source: Path, place: Path, cwd: Path, models: str, *options: str) -> Run:
    estimator = ("--estimator", "RTMPose", "--models", str(place / models))
    path = os.pathsep.join(map(str, (SOURCES, SOURCES.parent, place / "extra")))
    return hingewise(
        *("analyze", str(source), *estimator, "--out", "results", "--no-film", *options),
        cwd=cwd,
        env={"PYTHONPATH": path},
    )


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_set_is_measured(place: Path, tmp_path: Path, workers: str) -> None:
    film = place / "set.mp4"
    run = _analyze(film, place, tmp_path, "models", "--workers", workers, "--json")
    assert (run.code, run.err) == (0, "")
    assert run.document["provenance"]["estimator"] == "rtmpose-halpe26"
    assert run.document["summary"]["n_repetitions"] == 2
    for repetition in run.document["repetitions"]:
        fold = repetition["measures"]["trunk_thigh_flexion_at_bottom"]["value"]
        assert fold == pytest.approx(HINGE_BOTTOM.hip_deg, abs=2.0)
        assert repetition["measures"]["lumbar_flexion_at_bottom"]["value"] is None


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_broken_model_is_told_in_one_line(place: Path, tmp_path: Path, workers: str) -> None:
    """Whichever process loads it."""
    run = _analyze(place / "set.mp4", place, tmp_path, "broken", "--workers", workers)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"hingewise: {MODELS[0]}: expected an ONNX model")
    assert run.err.count("\n") == 1
    assert everything_in(tmp_path) == set()


def test_a_stored_track_is_not_given_another_estimator(place: Path, tmp_path: Path) -> None:
    track = tmp_path / "pose.trc"
    track.touch()
    run = _analyze(track, place, tmp_path, "models")
    assert run.code == 2
    assert "--estimator: expected only with films, but pose.trc is a stored track" in run.err
    assert everything_in(tmp_path) == {"pose.trc"}
