"""Accounts and devices."""
