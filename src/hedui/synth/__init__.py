"""Reports with a known truth, rendered the ways in which offices send them."""
