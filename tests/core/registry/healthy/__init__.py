"""Plugins without fault, to stand beside the sample plugin."""
