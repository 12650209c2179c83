"""Pages for people: thin, each calls one service and fills one template."""
