"""How pages are made of templates: everything that comes from outside is escaped."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined


def page_environment() -> Environment:
    """Return where the templates are; a name that a template misses is an error."""
    return Environment(
        loader=PackageLoader("hingewise.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def read_source(environment: Environment, name: str) -> str:
    """Return a file beside the templates as it is: a style or a script."""
    loader = environment.loader
    return "" if loader is None else loader.get_source(environment, name)[0]
