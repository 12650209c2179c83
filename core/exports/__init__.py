"""Tables as files that people take away: CSV and XLSX, every cell through the one formula guard."""
