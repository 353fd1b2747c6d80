"""Sums, shares, growth, counts, differences and points, in running text and in tables."""
