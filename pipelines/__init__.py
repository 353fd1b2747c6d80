"""Prefect flows: order, retries, concurrency. No rule lives here."""
