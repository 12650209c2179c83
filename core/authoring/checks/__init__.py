"""The checks, subject by subject; each takes the plugin at its stage and yields findings."""
