"""Evidence: WARC files, append-only, with a hash-chained manifest that counts every byte of them."""
