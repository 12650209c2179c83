"""Prevention and reduction of child labour."""
