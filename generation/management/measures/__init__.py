"""What `./codegen bench jobs` measures, each part in a process of its own that prints JSON."""
