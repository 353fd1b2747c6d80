"""Workbooks and comma-separated tables -> Document."""
