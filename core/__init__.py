"""An Nhi's core: tenants, areas, children, forms, figures and reports."""
