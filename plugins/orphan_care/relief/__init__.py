"""Groups of children: residents of centres and those whom a disaster struck."""
