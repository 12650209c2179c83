"""What pages and the API both do: one action of one person, in the work of the request."""
