"""How likely figures taken at random would have fitted as well."""
