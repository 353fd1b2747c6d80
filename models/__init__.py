"""Trained weights and calibrators, one folder a model."""
