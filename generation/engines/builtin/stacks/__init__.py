"""The stacks the built-in engine can write."""
