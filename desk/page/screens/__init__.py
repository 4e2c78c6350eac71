"""The screens of the page, one module each: what is asked for, turned into what its template shows."""
