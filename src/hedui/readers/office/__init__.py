"""Legacy Office files -> Document, through LibreOffice."""
