"""What the report says of each 三级指标: in rows of its tables and in running text."""
