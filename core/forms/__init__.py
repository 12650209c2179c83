"""Forms at work: answers are read, checked, stored once, and shown again."""
