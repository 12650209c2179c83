"""For authors of plugins: ``annhi plugin new`` writes one that works, ``check`` proves one."""
