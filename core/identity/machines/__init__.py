"""Accounts of programs, and the short-lived tokens that they work with."""
