"""Children from workbooks: read apart, checked as the form checks them, stored chunk by chunk."""
