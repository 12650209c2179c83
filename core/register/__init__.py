"""The register of children and households (sổ quản lý trẻ em)."""
