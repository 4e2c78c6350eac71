"""A small web of our own on loopback, with known content, to show and to test the whole of Jejak on."""
