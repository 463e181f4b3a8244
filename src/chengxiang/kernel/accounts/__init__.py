"""Accounts: who signs in, which office they hold where, what they may see and do."""
