"""Signing in by an identity provider of the tenant, over OpenID Connect."""
