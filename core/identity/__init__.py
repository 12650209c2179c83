"""Accounts, roles, sign-in, and what a signed-in person may do and reach."""
