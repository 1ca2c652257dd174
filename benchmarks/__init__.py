"""Measures Tocsin on public gold sets: one small file a set under ``sets/``. Run ``python -m benchmarks --help``."""
