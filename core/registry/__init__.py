"""The only caller of plugins: discovery, validation, enablement per tenant, every hook call."""
