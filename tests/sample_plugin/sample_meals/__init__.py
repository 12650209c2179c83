"""A complete partner plugin for the tests: meals served to children."""
