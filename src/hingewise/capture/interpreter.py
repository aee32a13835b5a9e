"""A loaded network: arrays in, arrays out, one thread."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from hingewise.capture.pruning import without_output
from hingewise.errors import EstimatorError, EstimatorUnavailable
from hingewise.units import SampleArray

MODEL_FOLDER = Path(__file__).with_name("models")


@cache
def _listed_sha256() -> dict[str, str]:
    """SHA-256 of every model file, from the list that the build hook works from."""
    table = tomllib.loads((MODEL_FOLDER / "models.toml").read_text(encoding="utf-8"))
    return {name: str(file["sha256"]) for name, file in table["files"].items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """A model file that our wheel carries; ``models.toml`` lists it.

    ``input_range`` is what the network expects black and white to be.
    """

    name: str
    input_range: tuple[float, float]

    @property
    def sha256(self) -> str:
        """The SHA-256 that the file must have."""
        return _listed_sha256()[self.name]

    @property
    def path(self) -> Path:
        """Where the file lies in the installed package."""
        return MODEL_FOLDER / self.name

    def verified_path(self) -> Path:
        """Return the path after checking that the file is there and is the right one.

        Raises
        ------
        EstimatorUnavailable
            If the file is missing or differs.
        """
        if not self.path.is_file():
            raise EstimatorUnavailable(
                f"The model file {self.name} is not installed.",
                hint="Install hingewise again (pip install --force-reinstall); building it from "
                "source fetches the models once.",
            )
        found = hashlib.sha256(self.path.read_bytes()).hexdigest()
        if found != self.sha256:
            raise EstimatorUnavailable(
                f"The model file {self.name} is damaged: expected SHA-256 {self.sha256[:16]}, "
                f"found {found[:16]}.",
                hint="Install hingewise again (pip install --force-reinstall).",
            )
        return self.path


DETECTOR_MODEL = ModelFile(name="pose_detection.tflite", input_range=(-1.0, 1.0))
LANDMARK_MODEL = ModelFile(name="pose_landmark_full.tflite", input_range=(0.0, 1.0))


class Network:
    """One LiteRT model on one thread; the same input gives the same bits.

    ``without`` is the number of an output that is left out, with the work that only it needs.
    """

    def __init__(self, model: ModelFile, *, without: int | None = None) -> None:
        path = model.verified_path()
        try:
            from ai_edge_litert.interpreter import Interpreter
        except ImportError as error:
            raise EstimatorUnavailable(
                "The runtime ai-edge-litert cannot be loaded.",
                hint="Install it with: pip install ai-edge-litert.",
            ) from error
        try:
            with _quiet_stderr():
                self._content = None if without is None else _read_without(path, without)
                self._interpreter = Interpreter(
                    model_path=None if self._content else str(path),
                    model_content=self._content,
                    num_threads=1,
                )
                self._interpreter.allocate_tensors()
        except (RuntimeError, ValueError) as error:
            raise EstimatorError(f"The model {model.name} cannot be loaded: {error}.") from error
        self._input = self._interpreter.tensor(self._interpreter.get_input_details()[0]["index"])
        self._outputs = [
            self._interpreter.tensor(detail["index"])
            for detail in self._interpreter.get_output_details()
        ]
        low, high = model.input_range
        self._scale, self._low = np.float32((high - low) / 255.0), np.float32(low)

    def run(self, crop: npt.NDArray[np.uint8]) -> list[SampleArray]:
        """Run the network once on an RGB crop of its input size.

        Returns
        -------
        The outputs in their order: views into the network's own memory, for copies of a megabyte
        cost time and cache. They must be dropped before the next run, which refuses to start while
        one of them is alive.
        """
        value = self._input()[0]
        np.multiply(crop, self._scale, out=value, dtype=np.float32)
        if self._low:
            value += self._low
        del value
        self._interpreter.invoke()
        return [output() for output in self._outputs]


def _read_without(path: Path, number: int) -> bytes:
    """Read a model without one output; the runtime works on these bytes, so keep them."""
    return without_output(path.read_bytes(), number)


@contextmanager
def _quiet_stderr() -> Iterator[None]:
    """Keep the runtime's own notes, which it writes past Python, off the user's terminal."""
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
