"""The record as columns in memory: disposable, built from the record and brought up to date before each report."""
