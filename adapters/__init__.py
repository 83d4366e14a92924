"""Everything that knows a platform, and every raw id, ends here."""
