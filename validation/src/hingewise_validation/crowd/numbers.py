"""Who is who in the crowd, by number: those who stand, the strangers, those who lie."""

from hingewise_validation.study.cast import parse_data


def n_standing() -> int:
    """How many of the numbers, the first, belong to people who stand: the crowd and the strangers."""
    ranges = parse_data("crowd.toml")
    return int(ranges["n_films"] + ranges["n_strangers"])


def is_lying(number: int) -> bool:
    """Whether the person lies on a bench or on the floor."""
    return number >= n_standing()
