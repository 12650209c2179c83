"""The yearly review of the register, ending in a locked snapshot."""
