"""Measures the server beside stated references; backend/benchmarks/run starts it."""
