"""The papers of a case: official forms 01 to 06 and what stands beside them."""
