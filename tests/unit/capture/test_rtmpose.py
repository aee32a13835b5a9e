"""RTMPose through a stand-in for rtmlib: what we ask of it, and what we make of its answers."""

from __future__ import annotations

import os
import sys
import types
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hingewise.capture.picture import Picture
from hingewise.capture.rtmpose import RtmPose
from hingewise.errors import EstimatorUnavailable, OptionError
from hingewise.pose.people import find_people, pick_lifter
from hingewise.pose.skeletons import HALPE26_KEYPOINTS
from hingewise.pose.tracklets import trace
from hingewise.units import FloatArray

DETECTOR = "yolox_tiny_8xb8-300e_humanart-6f3252f9.onnx"
POSE = "rtmpose-m_simcc-body7_pt-body7-halpe26_700e-256x192-4d3e73dd_20230605.onnx"


class World:
    """Where people stand in each picture (upright pixels), and what was asked of the networks."""

    def __init__(self) -> None:
        self.people: dict[int, list[FloatArray]] = {}
        self.n_detections = 0
        self.made: list[tuple[str, dict[str, Any]]] = []
        self.threads: list[int] = []
        self.score = 0.9


def person(x_px: float, height_px: float = 600) -> FloatArray:
    """A box around somebody standing at ``x_px``."""
    return np.array([x_px - 100, 300, x_px + 100, 300 + height_px], dtype=np.float64)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()

    class Network:
        def __init__(self, path: str, **options: Any) -> None:
            sys.stdout.write(f"load {path}\n")
            world.made.append((Path(path).name, options))

    class YOLOX(Network):
        def __call__(self, image: np.ndarray) -> FloatArray:
            world.n_detections += 1
            return np.array([box * _shrink(image) for box in _shown(world, image)]).reshape(-1, 4)

    class RTMPose(Network):
        def __call__(
            self, image: np.ndarray, bboxes: list[FloatArray] | None = None
        ) -> tuple[Any, Any]:
            if bboxes is None:  # as when it is tried; then the real one takes the whole picture
                bboxes = [np.array([0, 0, *image.shape[1::-1]], dtype=np.float64)]
            # Of an empty list, the real one would make the whole picture too.
            assert len(bboxes) > 0
            points = [_points_in(_shown(world, image), box / _shrink(image)) for box in bboxes]
            scores = [np.full(26, 0.0 if np.isnan(p).any() else world.score) for p in points]
            return [np.nan_to_num(p) * _shrink(image) for p in points], scores

    class SessionOptions:
        intra_op_num_threads = 0
        inter_op_num_threads = 0

    def session(path: str, options: SessionOptions, providers: list[str]) -> str:
        assert providers == ["CPUExecutionProvider"]
        world.threads.append(options.intra_op_num_threads)
        return path

    extra: dict[str, dict[str, object]] = {
        "rtmlib": {"YOLOX": YOLOX, "RTMPose": RTMPose},
        "onnxruntime": {"SessionOptions": SessionOptions, "InferenceSession": session},
    }
    for name, content in extra.items():
        module = types.ModuleType(name)
        module.__spec__ = ModuleSpec(name, None)
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    return world


def _shrink(image: np.ndarray) -> float:
    return float(image.shape[0] / 1920)


def _shown(world: World, image: np.ndarray) -> list[FloatArray]:
    """The picture's brightness is its number."""
    return world.people.get(round(float(image.mean()) / 10), [])


def _points_in(people: list[FloatArray], box: FloatArray) -> FloatArray:
    """The keypoints of whoever stands nearest to the middle of the box, on a line down the body."""
    middle = (box[0] + box[2]) / 2
    near = [p for p in people if abs((p[0] + p[2]) / 2 - middle) < 150]
    if not near:
        return np.full((26, 2), np.nan)
    share = np.linspace(0, 1, 26)[:, np.newaxis]
    return np.asarray(near[0][:2] + share * (near[0][2:] - near[0][:2]))


def pictures(n: int) -> list[tuple[int, Picture]]:
    made = []
    for number in range(n):
        # Studio range: the brightness 10 * number after conversion to RGB.
        luma = np.full((1920, 1080), round(16 + 10 * number * 219 / 255), np.uint8)
        grey = np.full((960, 540), 128, np.uint8)
        made.append(
            (
                number,
                Picture(
                    luma=luma,
                    chroma_u=grey,
                    chroma_v=grey,
                    stored_from_upright=np.eye(2, 3),
                    upright_size_px=(1080, 1920),
                ),
            )
        )
    return made


@pytest.fixture
def models(tmp_path: Path) -> Path:
    (tmp_path / DETECTOR).write_bytes(b"detector")
    (tmp_path / POSE).write_bytes(b"pose")
    return tmp_path


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("package", ["rtmlib", "onnxruntime"])
def test_a_missing_extra_says_how_to_install_it(
    models: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    """Before the film is opened, and again where it is loaded: an extra can be broken."""
    monkeypatch.setitem(sys.modules, package, None)
    estimator = RtmPose(model_folder=models)
    for use in (estimator.check, lambda: estimator.make_tracker().track(pictures(1))):
        with pytest.raises(EstimatorUnavailable) as caught:
            use()
        line = caught.value.one_line()
        assert package in line
        assert 'pip install "hingewise[rtmpose]"' in line
        assert caught.value.exit_code == 4


@pytest.mark.parametrize("missing,found", [(DETECTOR, "0 and 1"), (POSE, "1 and 0")])
def test_a_missing_model_says_which_files_are_expected(
    world: World, models: Path, missing: str, found: str
) -> None:
    (models / missing).unlink()
    with pytest.raises(OptionError) as caught:
        RtmPose(model_folder=models).check()
    line = caught.value.one_line()
    assert line.startswith(f"{models}: expected a folder with one yolox*.onnx")
    assert "one rtmpose*halpe26*.onnx" in line
    assert f"found {found} of them" in line
    assert "downloads nothing" in line
    assert world.made == []


def test_two_detectors_are_one_too_many(models: Path) -> None:
    (models / "yolox_m.onnx").write_bytes(b"another detector")
    with pytest.raises(OptionError, match="found 2 and 1 of them"):
        RtmPose(model_folder=models).check()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="found no folder there"):
        RtmPose(model_folder=tmp_path / "nowhere").check()


@pytest.mark.usefixtures("world")
def test_what_is_there_passes_and_is_not_loaded(world: World, models: Path) -> None:
    """Its threads would keep the workers from being forked."""
    estimator = RtmPose(model_folder=models)
    estimator.check()
    estimator.make_tracker()
    assert world.made == []


def test_the_networks_get_their_files_and_sizes_and_one_thread(
    world: World, models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    RtmPose(model_folder=models).make_tracker().track(pictures(1))
    sizes = {name: options["model_input_size"] for name, options in world.made}
    assert sizes == {DETECTOR: (416, 416), POSE: (192, 256)}
    assert world.threads == [1, 1]
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
    assert capsys.readouterr().out == ""


def test_unpacked_archives_name_their_folders(world: World, tmp_path: Path) -> None:
    for name in (DETECTOR.replace("tiny", "m"), POSE.replace("256x192", "384x288")):
        folder = tmp_path / "models 123x456" / name.removesuffix(".onnx")
        folder.mkdir(parents=True)
        (folder / "end2end.onnx").write_bytes(b"model")
    RtmPose(model_folder=tmp_path).make_tracker().track(pictures(1))
    sizes = [options["model_input_size"] for _, options in world.made]
    assert sizes == [(640, 640), (288, 384)]


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("network", ["YOLOX", "RTMPose"])
def test_a_model_that_cannot_be_used_is_told(
    models: Path, monkeypatch: pytest.MonkeyPatch, network: str
) -> None:
    """Even by an error of the runtime's own, which is only an Exception."""

    class InvalidProtobuf(Exception):
        pass

    def refuse(*_: object, **__: object) -> None:
        raise InvalidProtobuf("not\nONNX")

    monkeypatch.setattr(getattr(sys.modules["rtmlib"], network), "__call__", refuse)
    with pytest.raises(OptionError, match=r"rtmlib's model zoo, got .*not ONNX"):
        RtmPose(model_folder=models).make_tracker().track(pictures(1))


def test_the_estimator_names_its_model(models: Path) -> None:
    info = RtmPose(model_folder=models).info
    assert info.name == "rtmpose-halpe26"
    assert len(info.model_sha256) == 64


def test_somebody_is_followed_in_upright_pixels(world: World, models: Path) -> None:
    world.people = {n: [person(400 + 5 * n)] for n in range(20)}
    (tracklet,) = RtmPose(model_folder=models).make_tracker().track(pictures(20))
    np.testing.assert_array_equal(tracklet.frame, np.arange(20))
    assert tracklet.keypoints == HALPE26_KEYPOINTS
    expected = [person(400 + 5 * n)[:2] for n in range(20)]
    np.testing.assert_allclose(tracklet.position_px[:, 0], expected, atol=0.01)
    assert (tracklet.confidence == np.float32(0.9)).all()
    assert np.isnan(tracklet.world_m).all()
    assert np.isnan(tracklet.silhouette_px).all()
    assert world.n_detections == 1 + 2, "once to try the network"


def test_scores_above_one_are_one(world: World, models: Path) -> None:
    world.people = {n: [person(400)] for n in range(3)}
    world.score = 1.07
    (tracklet,) = RtmPose(model_folder=models).make_tracker().track(pictures(3))
    assert tracklet.confidence.max() == 1.0


def test_somebody_who_leaves_is_lost_and_found_again(world: World, models: Path) -> None:
    world.people = {n: [] if 5 <= n < 9 else [person(400)] for n in range(20)}
    tracklets = RtmPose(model_folder=models).make_tracker().track(pictures(20))
    assert [list(t.frame[[0, -1]]) for t in tracklets] == [[0, 4], [9, 19]]


def test_two_people_are_two_tracklets_and_two_boxes_of_one_are_one(
    world: World, models: Path
) -> None:
    twice = np.concatenate([person(400)[:2] + 5, person(400)[2:] + 5])
    world.people = {n: [person(400), twice, person(800)] for n in range(5)}
    tracklets = RtmPose(model_folder=models).make_tracker().track(pictures(5))
    assert len(tracklets) == 2


@pytest.mark.usefixtures("world")
def test_an_empty_film_has_nobody(models: Path) -> None:
    assert RtmPose(model_folder=models).make_tracker().track(pictures(4)) == []


def test_the_lifter_is_found_without_depth(world: World, models: Path) -> None:
    world.people = {n: [person(300), person(800, 1200)] for n in range(5)}
    tracklets = RtmPose(model_folder=models).make_tracker().track(pictures(5))
    people = find_people([trace(t) for t in tracklets], np.arange(5) / 30)
    lifter = pick_lifter(people)
    assert tracklets[lifter.pieces[0].tracklet].position_px[0, -1, 1] == pytest.approx(
        1500, abs=0.1
    )
