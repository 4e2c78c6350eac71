"""Pages by the software that drew them: one engine a file, recognised by its marks and never by its address."""
