"""The store's schema, step by step. Alembic runs these; ``tocsin.store.migrate`` calls it.

A change of ``tables.py`` needs a new file under ``versions/``, named and numbered after the last one, whose
``down_revision`` is the last one's ``revision``. A test holds the tables and the migrations equal.
"""
