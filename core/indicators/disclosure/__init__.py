"""Disclosure control: what of a table may be shown, and the proof that it is safe.

Pure: no session, no model. The one door decides with it, and nothing else shows a protected figure.
"""
