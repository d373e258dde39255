"""Measurements of the product's parts: `./codegen bench NAME`."""
