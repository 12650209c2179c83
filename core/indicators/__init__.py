"""Measures counted into cells, indicators derived from them, and the one door for figures."""
