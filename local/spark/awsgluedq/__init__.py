"""Glue Data Quality's Python API, evaluated by Deequ (com.amazon.deequ.dqdl)."""
