"""Prefect flows: order, retries, concurrency. No rule lives here, and nothing here is loaded until a flow is run."""
