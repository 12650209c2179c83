"""The web: pages, forms and the API over the same services; no business rules live here."""
