"""Moving what is sealed to the current key, in the background and while everything goes on."""
