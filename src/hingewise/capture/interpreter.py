"""A loaded network: arrays in, arrays out, one thread."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from hingewise.errors import EstimatorError, EstimatorUnavailable
from hingewise.units import SampleArray

MODEL_FOLDER = Path(__file__).with_name("models")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """A model file that our wheel carries, with the SHA-256 it must have."""

    name: str
    sha256: str

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


DETECTOR_MODEL = ModelFile(
    name="pose_detection.tflite",
    sha256="9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
)
LANDMARK_MODEL = ModelFile(
    name="pose_landmark_full.tflite",
    sha256="e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
)


class Network:
    """One LiteRT model on one thread; the same input gives the same bits."""

    def __init__(self, model: ModelFile) -> None:
        path = model.verified_path()
        try:
            from ai_edge_litert.interpreter import Interpreter
        except ImportError as error:
            raise EstimatorUnavailable(
                "The runtime ai-edge-litert cannot be loaded.",
                hint="Install it with: pip install ai-edge-litert.",
            ) from error
        try:
            self._interpreter = Interpreter(str(path), num_threads=1)
            self._interpreter.allocate_tensors()
        except (RuntimeError, ValueError) as error:
            raise EstimatorError(f"The model {model.name} cannot be loaded: {error}.") from error
        self._input: int = self._interpreter.get_input_details()[0]["index"]
        self._outputs: list[int] = [
            detail["index"] for detail in self._interpreter.get_output_details()
        ]

    def run(self, value: SampleArray) -> list[SampleArray]:
        """Run the network once and return copies of its outputs in their order."""
        self._interpreter.set_tensor(self._input, value)
        self._interpreter.invoke()
        return [self._interpreter.get_tensor(index) for index in self._outputs]
