"""What was read of many reports in, a data package out that others can open, check and cite."""
