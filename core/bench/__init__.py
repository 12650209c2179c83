"""Measures what the platform adds to a floor; ratios, because machines differ."""
