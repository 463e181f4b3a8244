"""Exchange: files that come in are read, checked, previewed and then applied or refused."""
