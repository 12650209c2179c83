"""The plan of a year: what is to be done, what was done, who inspected, how units were scored."""
