"""What the lifter does: movements as data, sampled over time."""
