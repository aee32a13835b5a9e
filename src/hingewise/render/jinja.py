"""Templates of pages, and what stands in them as it is."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


def make_environment() -> Environment:
    """Return what renders our templates: everything is escaped, and nothing may be missing."""
    return Environment(
        loader=_loader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def read_source(name: str) -> str:
    """Return a file that lies beside the templates."""
    return _loader().get_source(Environment(autoescape=True), name)[0]


def read_styles(*names: str) -> Markup:
    """Return style sheets one after the other, as they stand in a page."""
    return Markup("".join(read_source(name) for name in names))


@lru_cache(maxsize=1)
def _loader() -> PackageLoader:
    return PackageLoader("hingewise.render")
