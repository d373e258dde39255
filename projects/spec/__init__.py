"""The typed description of an app: what a person asks for and what is understood of it."""
