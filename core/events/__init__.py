"""Telling people: events, materials, training; and urgent incidents with who was told when."""
