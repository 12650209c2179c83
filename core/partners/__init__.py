"""Children whom a partner's project serves, and the consent that this rests on."""
