"""One module a gold set: ``predict(records)`` reads input fields only and yields predictions in the scorer's format.

A module may also name ``SCORER`` (the scorer file under ../shared/benchmarks/scorers), ``OPTIONS`` (its options) and
``GOLD`` (the folder of the gold, where it is not the module's own name, as for lgl_given).
"""
