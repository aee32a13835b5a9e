"""Writing files whole or not at all."""

from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file; what stood there stays until everything is written."""
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)
