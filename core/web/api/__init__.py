"""The JSON API under ``/api/v1``: the same services, checks and transactions as the pages."""
