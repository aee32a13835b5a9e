"""Measures of technique, one file for each kind; ``registry`` lists them by name."""
