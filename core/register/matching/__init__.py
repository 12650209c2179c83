"""Likely duplicates, shown before creating and in a list; merging, and taking it back."""
