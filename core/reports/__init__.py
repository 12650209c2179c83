"""Periodic reports: assembled from sections, rendered, frozen and released."""
