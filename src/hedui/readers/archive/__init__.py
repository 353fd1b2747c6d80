"""Archives and mail walked with limits, and their members put together as cases."""
