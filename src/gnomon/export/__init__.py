"""Sheets as files: CSV, XLSX and PDF."""
