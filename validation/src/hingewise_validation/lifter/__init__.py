"""The parametric body: shape, bones, posing."""
