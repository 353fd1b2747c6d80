"""Annotated, made and unlabelled reports in; a model with its card out, every figure of it measured on reports left out."""
