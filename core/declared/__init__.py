"""Plugins without code: one file that declares them, and the tables that core makes from it."""
