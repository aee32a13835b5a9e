"""Many films with known truth, and how right the product is on them."""
