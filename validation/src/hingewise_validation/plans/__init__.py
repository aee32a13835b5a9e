"""Plans for any answers: drawn at random, and held against every bound that a plan promises."""
