"""The faults. Each is a function that does it, asserts what must hold, and returns its numbers as text."""
