"""The pages of the land register: each calls one query or one command."""
