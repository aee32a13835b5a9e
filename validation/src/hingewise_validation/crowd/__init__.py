"""Random people in random postures, to fit on."""
