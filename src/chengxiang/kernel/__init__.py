"""What every area stands on: subjects, places, accounts, history, exchange, documents, background."""
