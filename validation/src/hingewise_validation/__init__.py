"""Synthetic lifter with exact ground truth, for validating hingewise (development only)."""
